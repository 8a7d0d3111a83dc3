/**
 * Shapes of responses that several channels share, with the names of the API.
 *
 * @module
 */

/** A way to verify the user, as the API names it. */
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

/**
 * Each method as a type, such as `VerificationMethod.SMS`. For types only, as in `@authsignal/browser`.
 *
 * @hidden
 */
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

/** A challenge was started: the user has been sent a code or a link. */
export type ChallengeResponse = {
  /** The ID of the challenge. */
  challengeId: string
}

/** An authenticator was created. It counts once the code that was sent to it has been verified. */
export type EnrollResponse = {
  /** The ID of the new authenticator. */
  userAuthenticatorId: string
  /** The user it belongs to. */
  userId: string
}

/** Whether the user has proven who they are. A wrong code is no failure: it resolves with `isVerified: false`. */
export type VerifyResponse = {
  /** Whether the user is verified. */
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
  /** The ID of the authenticator. */
  userAuthenticatorId: string
  /** What kind of authenticator it is. */
  verificationMethod: VerificationMethod
  /** ISO 8601, such as `2030-01-31T09:00:00.000Z`; so are the other times. */
  createdAt: string
  /** When it was first verified. */
  verifiedAt?: string
  /** When it was last verified. */
  lastVerifiedAt?: string
  /** Whether the user is challenged with it first. */
  isDefault?: boolean
  /** Masked e-mail address. */
  email?: string
  /** Masked phone number. */
  phoneNumber?: string
  /** User name of a passkey. */
  username?: string
  /** Display name of a passkey. */
  displayName?: string
  /** `"platform"` (this device) or `"cross-platform"` (a phone or key). */
  authenticatorAttachment?: AuthenticatorAttachment
  /** How the last code was sent to the number. */
  previousSmsChannel?: 'DEFAULT' | 'WHATSAPP' | 'SMS'
  /** The system of a device that gets push messages. */
  devicePlatform?: 'IOS' | 'ANDROID' | 'WEB'
  /** When a push message could last not be delivered. */
  erroredAt?: string
  /** Why it could not be delivered. */
  errorCode?: string
  /** The passkey or security key. */
  webauthnCredential?: WebauthnCredential
}

/** The passkey or security key behind an authenticator. */
export type WebauthnCredential = {
  /** The ID of the credential, in base64url. */
  credentialId: string
  /** The browser that made it, see `ClientCore.anonymousId`. */
  deviceId: string
  /** What the user sees it as. */
  name: string
  /** The model of the authenticator. */
  aaguid?: string
  /** Name and icons (`data:` URLs) of that model. */
  aaguidMapping?: {
    name: string
    svgIconLight?: string
    svgIconDark?: string
  }
  /** Whether it is synchronized to other devices. */
  credentialBackedUp: boolean
  /** Whether it can be synchronized to other devices (`"multiDevice"`). */
  credentialDeviceType?: 'singleDevice' | 'multiDevice'
  /** `"platform"` (this device) or `"cross-platform"` (a phone or key). */
  authenticatorAttachment?: AuthenticatorAttachment
  /** The browser that made it. */
  parsedUserAgent?: {
    ua: string
    browser: { name?: string; version?: string; major?: string }
    device: { model?: string; type?: string; vendor?: string }
    engine: { name?: string; version?: string }
    os: { name?: string; version?: string }
    cpu: { architecture?: string }
  }
  /** When it was last used. ISO 8601. */
  verifiedAt: string
}
