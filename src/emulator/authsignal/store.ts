/**
 * What the emulator remembers: records, and how they are found.
 *
 * No rules live here. Which state an action takes is `actions.ts`, what a code may do `challenges.ts`.
 */

import { BoundedMap } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import type { ContactMethodName, EnrollableMethod, VerificationMethod } from './methods.js'
import type { Scope } from './scopes.js'
import type { Totp } from './totp.js'
import type { UserDevice } from './user-devices.js'

export type ActionState =
  | 'ALLOW'
  | 'BLOCK'
  | 'CHALLENGE_REQUIRED'
  | 'CHALLENGE_SUCCEEDED'
  | 'CHALLENGE_FAILED'
  | 'REVIEW_REQUIRED'
  | 'REVIEW_SUCCEEDED'
  | 'REVIEW_FAILED'

export type Outcome = 'ALLOW' | 'CHALLENGE' | 'REVIEW' | 'BLOCK'

/** Where an SMS code is really sent. */
export type SmsChannel = 'DEFAULT' | 'WHATSAPP'

export type CustomData = Record<string, string | number | boolean>

export interface UserAttributes {
  email?: string | undefined
  emailVerified?: boolean | undefined
  phoneNumber?: string | undefined
  phoneNumberVerified?: boolean | undefined
  username?: string | undefined
  displayName?: string | undefined
  custom?: CustomData | undefined
  locale?: string | undefined
  defaultVerificationMethod?: string | undefined
}

export interface User extends UserAttributes {
  readonly userId: string
  readonly createdAt: number
  readonly authenticators: Authenticator[]
  recoveryCodeHashes?: readonly string[]
  /** By their ID. */
  devices?: Map<string, UserDevice>
  /** What passkeys know the user by. */
  handle?: string
}

interface AuthenticatorRecord {
  readonly userAuthenticatorId: string
  readonly userId: string
  readonly createdAt: number
  verifiedAt?: number
  lastVerifiedAt?: number
  isDefault?: boolean
}

export interface ContactAuthenticator extends AuthenticatorRecord {
  readonly verificationMethod: ContactMethodName
  /** The phone number or e-mail address. */
  contact: string
  previousSmsChannel?: SmsChannel
}

export interface AppAuthenticator extends AuthenticatorRecord {
  readonly verificationMethod: 'AUTHENTICATOR_APP'
  totp: Totp
}

export type CredentialMethod = 'PASSKEY' | 'SECURITY_KEY'

export interface CredentialAuthenticator extends AuthenticatorRecord {
  readonly verificationMethod: CredentialMethod
  readonly credential: Credential
  readonly username?: string | undefined
  readonly displayName?: string | undefined
}

/** What is known of a passkey or security key. */
export interface Credential {
  readonly id: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  /** How often it was used, as it says itself; a copy of it would lag behind. */
  counter: number
  readonly transports: readonly string[]
  readonly aaguid: string
  readonly deviceType: 'singleDevice' | 'multiDevice'
  isBackedUp: boolean
  readonly attachment?: 'platform' | 'cross-platform' | undefined
  deviceId: string
  /** Of the browser it was registered with. */
  readonly userAgent?: string | undefined
}

export interface DeviceAuthenticator extends AuthenticatorRecord {
  readonly verificationMethod: 'PUSH'
  readonly device: Device
}

/** A phone that is asked whether it is really its user. */
export interface Device {
  readonly name: string
  readonly platform: 'ios' | 'android'
  /** Base64 of its DER; a simulated phone has none. */
  readonly publicKey?: string
}

export type Authenticator =
  | ContactAuthenticator
  | AppAuthenticator
  | CredentialAuthenticator
  | DeviceAuthenticator

/** The kind of authenticator a method has. */
export type AuthenticatorOf<Method extends EnrollableMethod> = Method extends ContactMethodName
  ? ContactAuthenticator
  : Method extends CredentialMethod
    ? CredentialAuthenticator
    : Method extends 'PUSH'
      ? DeviceAuthenticator
      : AppAuthenticator

/** What the pre-built UI and the fallbacks take from a track call. */
export interface TrackedDetails {
  /** What the user was on. */
  readonly deviceId?: string | undefined
  readonly redirectUrl?: string | undefined
  readonly redirectToSettings?: boolean | undefined
  readonly email?: string | undefined
  readonly phoneNumber?: string | undefined
}

export interface Action {
  /** Tells this record from an earlier one under the same key, which a reset or deletion forgot. */
  readonly id: string
  readonly userId: string
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly outcome: Outcome
  readonly createdAt: number
  state: ActionState
  updatedAt: number
  stateUpdatedAt: number
  details: TrackedDetails
  verificationMethod?: VerificationMethod
  verifiedByAuthenticatorId?: string
  /** The challenge a client's verify call means, by method: always the latest. */
  readonly current: Map<ContactMethodName, Challenge>
}

/** What the right code, or following the link, does besides completing the action. */
export type Purpose =
  /** The user signs in and is not known yet: nothing. */
  | { readonly kind: 'sign-in' }
  /** It went to a verified authenticator, which was verified again. */
  | { readonly kind: 'step-up'; readonly authenticator: ContactAuthenticator }
  /** It went to an enrolment that waits for it. */
  | { readonly kind: 'add'; readonly authenticator: ContactAuthenticator }
  /** It went to the new contact of a verified authenticator. */
  | { readonly kind: 'replace'; readonly authenticator: ContactAuthenticator }
  /** It went to a contact the backend named: enrolled as far as the scopes allow. */
  | { readonly kind: 'contact' }

/** A code or a link that was sent. */
export interface Challenge {
  readonly challengeId: string
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly method: ContactMethodName
  readonly smsChannel?: SmsChannel | undefined
  /** The phone number or e-mail address it went to. */
  readonly contact: string
  readonly scopes: readonly Scope[]
  /** Whose limits it counts against: the user, or the contact while no user is known (contract 7). */
  readonly subject: string
  readonly purpose: Purpose
  /** Where the emulator is, as the link has to say. */
  readonly origin: string
  userId?: string | undefined
  /** The code, or what makes the link a secret. Absent once it was used. */
  code?: string
  expiresAt: number
  verifiedAt?: number
  /** What it enrolled when it was verified. */
  enrolled?: ContactAuthenticator
}

/** The action that a user who is not known yet is about to sign in for. */
export interface NamedAction {
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly expiresAt: number
}

/** A passkey or security key was asked for, and has not answered yet. */
export interface Ceremony {
  readonly kind: 'registration' | 'assertion'
  readonly challengeId: string
  /** What the authenticator has to sign. */
  readonly challenge: string
  readonly method: CredentialMethod
  /** The action of the token it began with; none while no user is known. */
  readonly actionId?: string | undefined
  readonly named?: NamedAction | undefined
  /** The browser it began in, when that keeps cookies. */
  readonly cookieId?: string | undefined
  readonly username?: string | undefined
  readonly displayName?: string | undefined
  readonly expiresAt: number
}

/** What the cookie of a browser stands for. */
export interface BrowserRecord {
  /** The action it named last. */
  challengeId?: string
  /** Who has signed in. */
  userId?: string
  readonly expiresAt: number
}

/** A question to a user on another device. */
export interface Approval {
  readonly challengeId: string
  readonly kind: 'PUSH' | 'QR_CODE'
  /** What the browser that shows a QR code asks with. */
  readonly deviceCode?: string | undefined
  /** The action of the token it was started with; none while no user is known. */
  readonly actionId?: string | undefined
  readonly actionCode: string
  readonly idempotencyKey: string
  /** As JSON text. */
  readonly custom?: string | undefined
  readonly userAgent?: string | undefined
  /** The only device that may answer. */
  readonly userAuthenticatorId?: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
  state: 'unclaimed' | 'claimed' | 'approved' | 'rejected'
  userId?: string | undefined
  /** What was answered for. */
  action?: Action
  /** Told of each new state. */
  readonly observers: Set<(approval: Approval) => void>
}

export interface Session {
  readonly sessionId: string
  readonly clientId: string
  readonly userId: string
  readonly verificationMethod: VerificationMethod
  readonly refreshToken: string
  readonly refreshExpiresAt: number
}

export interface Store {
  readonly users: Map<string, User>
  readonly challenges: Map<string, Challenge>
  readonly outcomes: Map<string, Outcome>
  readonly sessions: Map<string, Session>
  readonly approvals: Map<string, Approval>
  /** By what is to be signed. */
  readonly ceremonies: Map<string, Ceremony>
  /** By challenge ID. */
  readonly namedActions: Map<string, NamedAction>
  /** By cookie. */
  readonly browsers: Map<string, BrowserRecord>
  /** The user, created when unknown. */
  ensureUser(userId: string): User
  deleteUser(userId: string): void
  findAction(key: ActionKey): Action | undefined
  addAction(action: Action): void
  actionsOf(userId: string): Action[]
  sweep(): void
  clear(): void
}

export interface ActionKey {
  readonly userId: string
  readonly actionCode: string
  readonly idempotencyKey: string
}

const CAPACITY = {
  users: 50_000,
  actions: 20_000,
  challenges: 20_000,
  outcomes: 1000,
  sessions: 10_000,
  approvals: 10_000,
  ceremonies: 10_000,
  namedActions: 10_000,
  browsers: 10_000,
}

/** An expired challenge is remembered this long, so that it can be told from one that never was. */
const CHALLENGE_RETENTION_MS = 60 * 60_000

export function createStore(clock: Clock): Store {
  const users = new BoundedMap<string, User>(CAPACITY.users)
  const actions = new BoundedMap<string, Action>(CAPACITY.actions)
  const challenges = new BoundedMap<string, Challenge>(CAPACITY.challenges)
  const outcomes = new BoundedMap<string, Outcome>(CAPACITY.outcomes)
  const sessions = new BoundedMap<string, Session>(CAPACITY.sessions)
  const approvals = new BoundedMap<string, Approval>(CAPACITY.approvals)
  const ceremonies = new BoundedMap<string, Ceremony>(CAPACITY.ceremonies)
  const namedActions = new BoundedMap<string, NamedAction>(CAPACITY.namedActions)
  const browsers = new BoundedMap<string, BrowserRecord>(CAPACITY.browsers)
  const all = [users, actions, challenges, outcomes, sessions, approvals, ceremonies, namedActions, browsers]

  const keyOf = ({ userId, actionCode, idempotencyKey }: ActionKey) =>
    JSON.stringify([userId, actionCode, idempotencyKey])

  function deleteWhere<Value>(map: Map<string, Value>, unwanted: (value: Value) => boolean) {
    for (const [key, value] of map) if (unwanted(value)) map.delete(key)
  }

  return {
    users,
    challenges,
    outcomes,
    sessions,
    approvals,
    ceremonies,
    namedActions,
    browsers,
    ensureUser(userId) {
      const known = users.get(userId)
      if (known !== undefined) return known
      const user: User = { userId, createdAt: clock.now(), authenticators: [] }
      users.set(userId, user)
      return user
    },
    deleteUser(userId) {
      users.delete(userId)
      const isTheirs = (record: { readonly userId?: string | undefined }) => record.userId === userId
      deleteWhere(actions, isTheirs)
      deleteWhere(challenges, isTheirs)
      deleteWhere(sessions, isTheirs)
      deleteWhere(browsers, isTheirs)
      deleteWhere(approvals, isTheirs)
    },
    findAction: key => actions.get(keyOf(key)),
    addAction(action) {
      actions.set(keyOf(action), action)
    },
    actionsOf: userId => [...actions.values()].filter(action => action.userId === userId),
    sweep() {
      const now = clock.now()
      const isForgotten = (record: { readonly expiresAt: number }) =>
        record.expiresAt + CHALLENGE_RETENTION_MS <= now
      deleteWhere(challenges, isForgotten)
      deleteWhere(approvals, isForgotten)
      deleteWhere(sessions, session => session.refreshExpiresAt <= now)
      const isOver = (record: { readonly expiresAt: number }) => record.expiresAt <= now
      deleteWhere(ceremonies, isOver)
      deleteWhere(namedActions, isOver)
      deleteWhere(browsers, isOver)
    },
    clear() {
      for (const records of all) records.clear()
    },
  }
}
