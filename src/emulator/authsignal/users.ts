/**
 * Users, and the authenticators that are part of a user's record.
 *
 * The rules for authenticators are in `authenticators.ts`.
 */

import { BoundedMap, type Records } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import type { ContactMethodName, CredentialMethod, EnrollableMethod } from './methods.js'
import type { Totp } from './totp.js'
import type { UserDevice } from './user-devices.js'

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

export interface Users extends Records {
  find(userId: string): User | undefined
  /** The user, created when unknown. */
  ensure(userId: string): User
  /** All users, in the order in which they were created. */
  all(): Iterable<User>
  forgetUser(userId: string): void
}

const CAPACITY = 50_000

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
  }
}
