/**
 * Shapes that several channels answer with, in the words of the API.
 *
 * @module
 */
import { milliseconds } from '../options.js'

/** Something to prove who one is with, as the API names it. */
export type VerificationMethod =
  | 'SMS'
  | 'WHATSAPP'
  | 'EMAIL_OTP'
  | 'EMAIL_MAGIC_LINK'
  | 'AUTHENTICATOR_APP'
  | 'PASSKEY'
  | 'SECURITY_KEY'
  | 'PUSH'
  | 'DEVICE'
  | 'RECOVERY_CODE'
  | 'VERIFF'
  | 'IPROOV'
  | 'IDVERSE'
  | 'PALM_BIOMETRICS_RR'

/** Options that every call takes. */
export type CallOptions = {
  /** Ends the wait: the call then resolves with `errorCode: "aborted"`. */
  readonly signal?: AbortSignal | undefined
}

/** Options of calls that poll. */
export type WaitOptions = CallOptions & {
  /** Delay between a response and the next poll, in milliseconds. Default `1_000`. */
  readonly pollInterval?: number | undefined
}

/** The options of a `poll` with the interval that the caller chose. */
export const waiting = (options: WaitOptions | undefined) => ({
  interval: milliseconds(options?.pollInterval, '"pollInterval"', 1000),
  signal: options?.signal,
})

/** A challenge was started: the user has been sent something to answer with. */
export type ChallengeResponse = {
  readonly challengeId: string
}

/** An authenticator was created. It counts once the code that was sent to it has been verified. */
export type EnrollResponse = {
  readonly userAuthenticatorId: string
  readonly userId: string
}

/** Whether the user has proven who they are. A wrong code is no failure: it answers `isVerified: false`. */
export type VerifyResponse = {
  readonly isVerified: boolean
  /** For your backend to validate. The client uses it from now on. Present when verified. */
  readonly token?: string
  /** Why not: `"CODE_INVALID_OR_EXPIRED"` or `"MAX_ATTEMPTS_EXCEEDED"`. */
  readonly failureReason?: string
  /** What was enrolled, when this code completed an enrolment. */
  readonly userAuthenticator?: Authenticator
}

/** One of the user's ways to prove who they are, as the browser may see it: contact data is masked. */
export type Authenticator = {
  readonly userAuthenticatorId: string
  readonly verificationMethod: VerificationMethod
  /** ISO 8601, such as `2030-01-31T09:00:00.000Z`; so are the other times. */
  readonly createdAt: string
  readonly verifiedAt?: string
  readonly lastVerifiedAt?: string
  readonly isDefault?: boolean
  readonly email?: string
  readonly phoneNumber?: string
  readonly username?: string
  readonly displayName?: string
  readonly authenticatorAttachment?: AuthenticatorAttachment
  readonly previousSmsChannel?: 'DEFAULT' | 'WHATSAPP' | 'SMS'
  readonly devicePlatform?: 'IOS' | 'ANDROID' | 'WEB'
  /** When a push message could last not be delivered. */
  readonly erroredAt?: string
  readonly errorCode?: string
  readonly webauthnCredential?: WebauthnCredential
}

/** The passkey or security key behind an authenticator. */
export type WebauthnCredential = {
  readonly credentialId: string
  readonly deviceId: string
  readonly name: string
  readonly aaguid?: string
  readonly aaguidMapping?: {
    readonly name: string
    readonly svgIconLight?: string
    readonly svgIconDark?: string
  }
  readonly credentialBackedUp: boolean
  readonly credentialDeviceType?: 'singleDevice' | 'multiDevice'
  readonly authenticatorAttachment?: AuthenticatorAttachment
  readonly parsedUserAgent?: {
    readonly ua: string
    readonly browser: { readonly name?: string; readonly version?: string; readonly major?: string }
    readonly device: { readonly model?: string; readonly type?: string; readonly vendor?: string }
    readonly engine: { readonly name?: string; readonly version?: string }
    readonly os: { readonly name?: string; readonly version?: string }
    readonly cpu: { readonly architecture?: string }
  }
  readonly verifiedAt: string
}
