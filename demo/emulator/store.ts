/**
 * What the emulator remembers: records, and how they are found.
 *
 * No rules live here. Which state an action takes is `actions.ts`, what a code may do `challenges.ts`.
 */

import { BoundedMap } from './bounded-map.js'
import type { Clock } from './clock.js'
import type { VerificationMethod } from './methods.js'
import type { Scope } from './scopes.js'

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
}

export interface Authenticator {
  readonly userAuthenticatorId: string
  readonly userId: string
  readonly verificationMethod: VerificationMethod
  readonly createdAt: number
  /** The phone number or e-mail address. */
  contact: string
  verifiedAt?: number
  lastVerifiedAt?: number
  isDefault?: boolean
  previousSmsChannel?: SmsChannel
}

/** What the pre-built UI and the fallbacks take from a track call. */
export interface TrackedDetails {
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
  readonly current: Map<VerificationMethod, Challenge>
}

/** What the right code does, besides completing the action. */
export type Purpose =
  /** The user signs in and is not known yet: nothing. */
  | { readonly kind: 'sign-in' }
  /** The code went to a verified authenticator: it was verified again. */
  | { readonly kind: 'step-up'; readonly authenticator: Authenticator }
  /** The code went to an enrolment that waits for it. */
  | { readonly kind: 'add'; readonly authenticator: Authenticator }
  /** The code went to the new contact of a verified authenticator. */
  | { readonly kind: 'replace'; readonly authenticator: Authenticator }
  /** The code went to a contact the backend named: enrolled as far as the scopes allow. */
  | { readonly kind: 'contact' }

export interface Challenge {
  readonly challengeId: string
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly method: VerificationMethod
  readonly smsChannel?: SmsChannel | undefined
  /** The phone number or e-mail address the code went to. */
  readonly contact: string
  readonly scopes: readonly Scope[]
  /** Whose limits it counts against: the user, or the contact while no user is known (contract 7). */
  readonly subject: string
  readonly purpose: Purpose
  userId?: string | undefined
  /** Absent once it was used. */
  code?: string
  expiresAt: number
  verifiedAt?: number
  claimed?: boolean
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

const CAPACITY = { users: 50_000, actions: 20_000, challenges: 20_000, outcomes: 1000, sessions: 10_000 }

/** An expired challenge is remembered this long, so that it can be told from one that never was. */
const CHALLENGE_RETENTION_MS = 60 * 60_000

export function createStore(clock: Clock): Store {
  const users = new BoundedMap<string, User>(CAPACITY.users)
  const actions = new BoundedMap<string, Action>(CAPACITY.actions)
  const challenges = new BoundedMap<string, Challenge>(CAPACITY.challenges)
  const outcomes = new BoundedMap<string, Outcome>(CAPACITY.outcomes)
  const sessions = new BoundedMap<string, Session>(CAPACITY.sessions)

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
    },
    findAction: key => actions.get(keyOf(key)),
    addAction(action) {
      actions.set(keyOf(action), action)
    },
    actionsOf: userId => [...actions.values()].filter(action => action.userId === userId),
    sweep() {
      const now = clock.now()
      deleteWhere(challenges, challenge => challenge.expiresAt + CHALLENGE_RETENTION_MS <= now)
      deleteWhere(sessions, session => session.refreshExpiresAt <= now)
    },
    clear() {
      for (const records of [users, actions, challenges, outcomes, sessions]) records.clear()
    },
  }
}
