/**
 * Shapes that several channels answer with, in the words of the API.
 *
 * @module
 */

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

/** Each method as a type, such as `VerificationMethod.SMS`. For types only, as in `@authsignal/browser`. */
export declare namespace VerificationMethod {
  type SMS = 'SMS'
  type WHATSAPP = 'WHATSAPP'
  type EMAIL_OTP = 'EMAIL_OTP'
  type EMAIL_MAGIC_LINK = 'EMAIL_MAGIC_LINK'
  type AUTHENTICATOR_APP = 'AUTHENTICATOR_APP'
  type PASSKEY = 'PASSKEY'
  type SECURITY_KEY = 'SECURITY_KEY'
  type PUSH = 'PUSH'
  type DEVICE = 'DEVICE'
  type RECOVERY_CODE = 'RECOVERY_CODE'
  type VERIFF = 'VERIFF'
  type IPROOV = 'IPROOV'
  type IDVERSE = 'IDVERSE'
  type PALM_BIOMETRICS_RR = 'PALM_BIOMETRICS_RR'
}

/** A challenge was started: the user has been sent something to answer with. */
export type ChallengeResponse = {
  challengeId: string
}

/** An authenticator was created. It counts once the code that was sent to it has been verified. */
export type EnrollResponse = {
  userAuthenticatorId: string
  userId: string
}

/** Whether the user has proven who they are. A wrong code is no failure: it answers `isVerified: false`. */
export type VerifyResponse = {
  isVerified: boolean
  /** For your backend to validate. The client uses it from now on. Present when verified. */
  token?: string
  /** Why not: `"CODE_INVALID_OR_EXPIRED"` or `"MAX_ATTEMPTS_EXCEEDED"`. */
  failureReason?: string
  /** What was enrolled, when this code completed an enrolment. */
  userAuthenticator?: Authenticator
}

/** One of the user's ways to prove who they are, as the browser may see it: contact data is masked. */
export type Authenticator = {
  userAuthenticatorId: string
  verificationMethod: VerificationMethod
  /** ISO 8601, such as `2030-01-31T09:00:00.000Z`; so are the other times. */
  createdAt: string
  verifiedAt?: string
  lastVerifiedAt?: string
  isDefault?: boolean
  email?: string
  phoneNumber?: string
  username?: string
  displayName?: string
  authenticatorAttachment?: AuthenticatorAttachment
  previousSmsChannel?: 'DEFAULT' | 'WHATSAPP' | 'SMS'
  devicePlatform?: 'IOS' | 'ANDROID' | 'WEB'
  /** When a push message could last not be delivered. */
  erroredAt?: string
  errorCode?: string
  webauthnCredential?: WebauthnCredential
}

/** The passkey or security key behind an authenticator. */
export type WebauthnCredential = {
  credentialId: string
  deviceId: string
  name: string
  aaguid?: string
  aaguidMapping?: {
    name: string
    svgIconLight?: string
    svgIconDark?: string
  }
  credentialBackedUp: boolean
  credentialDeviceType?: 'singleDevice' | 'multiDevice'
  authenticatorAttachment?: AuthenticatorAttachment
  parsedUserAgent?: {
    ua: string
    browser: { name?: string; version?: string; major?: string }
    device: { model?: string; type?: string; vendor?: string }
    engine: { name?: string; version?: string }
    os: { name?: string; version?: string }
    cpu: { architecture?: string }
  }
  verifiedAt: string
}
