/**
 * What the control routes return, as far as this page shows it. Records that they return as they are kept have one
 * type, that of the service.
 *
 * @module
 */
import type { MessageDelivery } from '../authsignal/delivery.js'
import type { Message as SentMessage } from '../lib/inbox.js'

export type { MessageDelivery } from '../authsignal/delivery.js'
export type { Fault } from '../lib/faults.js'
export type { RecordedRequest } from '../lib/request-log.js'
export type { AsynchronousEvent, Webhook, WebhookDelivery } from '../webhooks/types.js'

export interface Message extends SentMessage {
  /** Whether its code or link still works, and if not, why. */
  readonly state: 'valid' | 'used' | 'replaced' | 'expired'
  /** Absent when the message is in the inbox only. */
  readonly delivery?: MessageDelivery
}

export interface User {
  readonly userId: string
  readonly email?: string
  readonly emailVerified: boolean
  readonly phoneNumber?: string
  readonly phoneNumberVerified: boolean
  readonly displayName?: string
  readonly isEnrolled: boolean
  readonly enrolledVerificationMethods: readonly string[]
  readonly createdAt: string
  readonly authenticators: readonly Authenticator[]
  readonly devices: readonly { readonly deviceId: string; readonly authenticatedAt?: string }[]
}

export interface Authenticator {
  readonly userAuthenticatorId: string
  readonly verificationMethod: string
  readonly isDefault: boolean
  readonly email?: string
  readonly phoneNumber?: string
  readonly displayName?: string
  readonly webauthnCredential?: { readonly name: string }
  /** Absent until it was verified. */
  readonly verifiedAt?: string
  readonly lastVerifiedAt?: string
  /** The current code of an authenticator app. */
  readonly code?: string
  readonly codeExpiresAt?: string
}

export interface Action {
  readonly userId: string
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly state: string
  readonly outcome: string
  readonly verificationMethod?: string
  readonly createdAt: string
  readonly history: readonly { readonly state: string; readonly since: string }[]
}

export interface Challenge {
  readonly challengeId: string
  readonly verificationMethod: string
  readonly state: string
  readonly userId?: string
  readonly actionCode?: string
  readonly idempotencyKey?: string
  readonly purpose?: string
  readonly to?: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly verifiedAt?: string
}

/** A push or QR code challenge that waits for the user. */
export interface Approval {
  readonly challengeId: string
  readonly state: string
  readonly userId?: string
  readonly actionCode: string
  readonly createdAt: string
}

export interface Session {
  readonly sessionId: string
  readonly userId: string
  readonly clientId?: string
  readonly verificationMethod?: string
  readonly amr?: readonly string[]
  readonly expiresAt: string
}

export interface NotpLogin {
  readonly code: string
  readonly flow: string
  readonly loginId: string
  readonly state: string
  readonly userId?: string
  readonly errorCode?: string
  readonly errorDescription?: string
  readonly expiresAt: string
}

export interface NotpUser {
  readonly userId: string
  readonly loginIds: readonly string[]
  readonly phone: string
  readonly name?: string
  readonly createdAt: string
}

export interface Tenant {
  readonly tenantId: string
  readonly url: string
  readonly expiresAt: string
}

export interface Outcome {
  readonly action: string
  readonly outcome: string
}
