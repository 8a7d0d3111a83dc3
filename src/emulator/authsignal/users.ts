/**
 * Users, and the authenticators that are part of a user's record.
 *
 * The rules for authenticators are in `authenticators.ts`.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import { listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import {
  CustomData as Custom,
  Email,
  Id,
  RecordedPhoneNumber,
  SmsChannel as SmsChannelName,
  shortText,
  VerificationMethodName,
} from './fields.js'
import type { ContactMethodName, CredentialMethod, EnrollableMethod } from './methods.js'
import { type Totp, TotpState } from './totp-state.js'
import { type UserDevice, UserDeviceState } from './user-devices.js'

/** The channel that delivers a code of the method SMS. */
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
  /** The devices that the user was seen on, oldest first. */
  devices?: UserDevice[]
  /** The WebAuthn user handle of the user's passkeys. */
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

export interface CredentialAuthenticator extends AuthenticatorRecord {
  readonly verificationMethod: CredentialMethod
  readonly credential: Credential
  readonly username?: string | undefined
  readonly displayName?: string | undefined
}

/** The credential of a passkey or security key. */
export interface Credential {
  readonly id: string
  /** Base64url of the key in COSE. */
  readonly publicKey: string
  /** The signature counter, as the authenticator reports it. A counter that goes back hints at a copy. */
  counter: number
  readonly transports: readonly string[]
  readonly aaguid: string
  readonly deviceType: 'singleDevice' | 'multiDevice'
  isBackedUp: boolean
  readonly attachment?: 'platform' | 'cross-platform' | undefined
  deviceId: string
  /** The browser that registered it. */
  readonly userAgent?: string | undefined
}

export interface DeviceAuthenticator extends AuthenticatorRecord {
  readonly verificationMethod: 'PUSH'
  readonly device: Device
}

/** A phone that receives push challenges. */
export interface Device {
  readonly name: string
  readonly platform: 'ios' | 'android'
  /** Base64 of the key in DER. A simulated phone has none. */
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

interface UsersState {
  readonly users: readonly User[]
}

export interface Users extends Records<UsersState> {
  find(userId: string): User | undefined
  /** The user, created when unknown. */
  ensure(userId: string): User
  /** All users, in the order in which they were created. */
  all(): Iterable<User>
  forgetUser(userId: string): void
}

const CAPACITY = 50_000

const record = {
  userAuthenticatorId: Id,
  userId: Id,
  createdAt: Time,
  verifiedAt: maybe(Time),
  lastVerifiedAt: maybe(Time),
  isDefault: maybe(v.boolean()),
}

const contactRecord = { ...record, previousSmsChannel: maybe(SmsChannelName) }

const CredentialState = v.strictObject({
  id: Text,
  publicKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/, 'base64url')),
  counter: v.number(),
  transports: v.array(Text),
  aaguid: Text,
  deviceType: v.picklist(['singleDevice', 'multiDevice']),
  isBackedUp: v.boolean(),
  attachment: maybe(v.picklist(['platform', 'cross-platform'])),
  deviceId: Text,
  userAgent: maybe(Text),
})

const AuthenticatorState = v.variant('verificationMethod', [
  v.strictObject({
    ...contactRecord,
    verificationMethod: v.picklist(['SMS', 'WHATSAPP']),
    contact: RecordedPhoneNumber,
  }),
  v.strictObject({
    ...contactRecord,
    verificationMethod: v.picklist(['EMAIL_OTP', 'EMAIL_MAGIC_LINK']),
    contact: Email,
  }),
  v.strictObject({ ...record, verificationMethod: v.literal('AUTHENTICATOR_APP'), totp: TotpState }),
  v.strictObject({
    ...record,
    verificationMethod: v.picklist(['PASSKEY', 'SECURITY_KEY']),
    credential: CredentialState,
    username: maybe(Text),
    displayName: maybe(Text),
  }),
  v.strictObject({
    ...record,
    verificationMethod: v.literal('PUSH'),
    device: v.strictObject({
      name: Text,
      platform: v.picklist(['ios', 'android']),
      publicKey: maybe(Text),
    }),
  }),
])

const schema: Schemas<UsersState> = {
  users: listOf(
    v.strictObject({
      userId: Id,
      createdAt: Time,
      authenticators: v.array(AuthenticatorState),
      devices: maybe(v.array(UserDeviceState)),
      handle: maybe(Text),
      email: maybe(Email),
      emailVerified: maybe(v.boolean()),
      phoneNumber: maybe(RecordedPhoneNumber),
      phoneNumberVerified: maybe(v.boolean()),
      username: maybe(shortText),
      displayName: maybe(shortText),
      custom: maybe(Custom),
      locale: maybe(shortText),
      defaultVerificationMethod: maybe(VerificationMethodName),
    }),
    'userId',
  ),
}

export function createUsers(clock: Clock): Users {
  const users = new BoundedMap<string, User>(CAPACITY)
  return {
    find: userId => users.get(userId),
    ensure(userId) {
      const known = users.get(userId)
      if (known !== undefined) return known
      const user: User = { userId, createdAt: clock.now(), authenticators: [] }
      users.set(userId, user)
      return user
    },
    all: () => users.values(),
    get size() {
      return users.size
    },
    forgetUser(userId) {
      users.delete(userId)
    },
    clear: () => users.clear(),
    schema,
    save: () => ({ users: [...users.values()] }),
    load: state => users.replace(state.users.map(user => [user.userId, user])),
  }
}
