/**
 * What requests may contain, field by field.
 */

import * as v from 'valibot'
import { ENROLLABLE_METHODS } from '../authsignal/methods.js'
import { readTotp, type Totp } from '../authsignal/totp.js'
import { decodeBase64 } from '../lib/base64.js'
import { asText, boundedRecord } from '../lib/bounded-json.js'

const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const longText = v.pipe(v.string(), v.maxLength(2048))

/** Contract 7. */
export const ActionCode = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/))
export const Id = shortText
/** E.164. */
export const PhoneNumber = v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/))
/** What a backend knows of a user, which is kept as it was written: E.164, or digits alone. */
const KnownPhoneNumber = v.pipe(v.string(), v.regex(/^(\+[1-9]\d{6,14}|\d{6,15})$/))
export const Email = v.pipe(v.string(), v.maxLength(254), v.email())
export const Code = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
export const SmsChannel = v.picklist(['DEFAULT', 'WHATSAPP'])
export const VerificationMethodName = v.picklist([...ENROLLABLE_METHODS, 'DEVICE'])
export const MessageChannel = v.picklist(['SMS', 'WHATSAPP', 'EMAIL'])
export const Outcome = v.picklist(['ALLOW', 'CHALLENGE', 'REVIEW', 'BLOCK'])
export const ActionState = v.picklist([
  'ALLOW',
  'BLOCK',
  'CHALLENGE_REQUIRED',
  'CHALLENGE_SUCCEEDED',
  'CHALLENGE_FAILED',
  'REVIEW_REQUIRED',
  'REVIEW_SUCCEEDED',
  'REVIEW_FAILED',
])

const custom = boundedRecord(v.union([v.string(), v.number(), v.boolean()]))
/** A page to return to, so not `javascript:` and the like. */
const webAddress = v.pipe(longText, v.url(), v.regex(/^https?:/i))
const host = v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d{1,5})?$/i))
const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number))

const OtpUri = v.pipe(
  longText,
  v.transform(readTotp),
  v.custom<Totp>(totp => totp !== undefined),
)

/** What the backend tells about the user's device; accepted for the rules a real tenant has. */
const device = {
  ipAddress: v.optional(longText),
  userAgent: v.optional(longText),
  deviceId: v.optional(v.pipe(v.string(), v.maxLength(256))),
  custom: v.optional(custom),
  locale: v.optional(shortText),
}

export const Nothing = v.object({})

/** Client API (contract 3). */
export const ClientChallenge = v.object({
  smsChannel: v.optional(SmsChannel),
  userAuthenticatorId: v.optional(Id),
})
export const ClientVerify = v.object({ verificationCode: Code })
export const Finalize = v.object({ challengeId: v.optional(Id) })
export const ClientEnrolment = {
  phoneNumber: v.object({ phoneNumber: PhoneNumber, smsChannel: v.optional(SmsChannel) }),
  email: v.object({ email: Email }),
}

/** Passkeys and security keys (contract 3.8 and 3.9): as browsers write credentials in JSON. */
const base64Url = v.pipe(v.string(), v.maxLength(16_384), v.regex(/^[A-Za-z0-9_-]*$/))
/** Browsers write null for what they do not know. */
const orNull = <Output>(schema: v.GenericSchema<Output>) =>
  v.pipe(
    v.nullish(schema),
    v.transform(value => value ?? undefined),
  )
const attachment = v.picklist(['platform', 'cross-platform'])
const credential = {
  id: v.pipe(base64Url, v.minLength(1), v.maxLength(2048)),
  rawId: base64Url,
  type: v.literal('public-key'),
  authenticatorAttachment: orNull(attachment),
  clientExtensionResults: v.optional(v.record(v.string(), v.unknown()), {}),
}
export const RegistrationResponse = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: v.optional(v.pipe(v.array(shortText), v.maxLength(16))),
  }),
})
export const AuthenticationResponse = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: orNull(base64Url),
  }),
})
export type RegistrationResponse = v.InferOutput<typeof RegistrationResponse>
export type AuthenticationResponse = v.InferOutput<typeof AuthenticationResponse>
export const NamedAction = v.object({ action: ActionCode, idempotencyKey: v.optional(Id) })
export const PasskeyRegistrationOptions = v.object({
  username: v.optional(shortText),
  displayName: v.optional(shortText),
  authenticatorAttachment: orNull(attachment),
})
export const PasskeyRegistration = v.object({
  registrationCredential: RegistrationResponse,
  conditionalCreate: v.optional(v.boolean(), false),
  challengeId: v.optional(Id),
  deviceId: v.optional(Id),
})
// CHOOSE: a `username` is accepted and has no effect, so that nobody learns who has a passkey; contract 3.8.
export const PasskeyAssertionOptions = v.object({
  challengeId: v.optional(Id),
  username: v.optional(longText),
})
export const PasskeyAssertion = v.object({
  authenticationCredential: AuthenticationResponse,
  deviceId: v.optional(Id),
  challengeId: v.optional(Id),
})
export const CredentialQuery = v.object({
  credentialIds: v.optional(v.string(), ''),
  credentialId: v.optional(v.string(), ''),
})

/** Push and QR codes (contract 3.9 to 3.11). */
export const PushChallenge = v.object({
  // CHOOSE: that of the token counts.
  action: v.optional(ActionCode),
  userAuthenticatorId: v.optional(Id),
})
export const PushVerify = v.object({ challengeId: Id })
export const QrChallenge = v.object({
  action: v.optional(ActionCode),
  custom: v.optional(asText(custom)),
})
export const QrVerify = v.object({ challengeId: Id, deviceCode: Id })
/** What a browser says over WebSocket. */
export const QrMessage = v.object({
  type: v.literal('CREATE_CHALLENGE'),
  data: v.object({
    challengeType: v.literal('QR_CODE'),
    actionCode: v.optional(ActionCode),
    custom: v.optional(asText(custom)),
  }),
})
const publicKey = v.pipe(longText, v.regex(/^[A-Za-z0-9+/]+=*$/))
const signature = v.pipe(v.string(), v.maxLength(256))
export const DeviceEnrolment = v.object({
  publicKey,
  deviceName: shortText,
  devicePlatform: v.picklist(['ios', 'android']),
  pushToken: v.optional(longText),
})
/** In an address the key is encoded once more, which keeps its `+` from being read as a space. */
export const DeviceQuery = v.object({
  publicKey: v.pipe(
    longText,
    v.transform(text => decodeBase64(text) ?? ''),
    publicKey,
  ),
})
export const DeviceRemoval = v.object({ publicKey, signature })
export const DeviceAnswer = v.object({ challengeId: Id, publicKey, signature, approved: v.boolean() })

/** Server API (contract 4). */
export const Track = v.object({
  ...device,
  idempotencyKey: v.optional(Id),
  redirectUrl: v.optional(webAddress),
  redirectToSettings: v.optional(v.boolean()),
  email: v.optional(Email),
  phoneNumber: v.optional(KnownPhoneNumber),
  username: v.optional(shortText),
  scope: v.optional(shortText),
  // CHOOSE: accepted and without effect, which is unknown; contract 9.
  challengeId: v.optional(Id),
  customDomain: v.optional(host),
})

const serverChallenge = {
  ...device,
  action: ActionCode,
  idempotencyKey: v.optional(Id),
  userId: v.optional(Id),
  scope: v.optional(shortText),
}
const Resend = v.object({ challengeId: Id })
export const NewChallenge = v.variant('verificationMethod', [
  v.object({
    ...serverChallenge,
    verificationMethod: v.literal('SMS'),
    phoneNumber: PhoneNumber,
    smsChannel: v.optional(SmsChannel),
  }),
  v.object({ ...serverChallenge, verificationMethod: v.literal('WHATSAPP'), phoneNumber: PhoneNumber }),
  v.object({ ...serverChallenge, verificationMethod: v.literal('EMAIL_OTP'), email: Email }),
])
/** CHOOSE: a `challengeId` means sending that challenge's code again, and the rest is not looked at; contract 4.5. */
export const ServerChallenge = v.lazy(input =>
  typeof input === 'object' && input !== null && 'challengeId' in input ? Resend : NewChallenge,
)
export const ServerVerify = v.object({ challengeId: Id, verificationCode: Code })
export const Claim = v.object({
  challengeId: Id,
  userId: Id,
  skipVerificationCheck: v.optional(v.boolean()),
})
export const ChallengeQuery = v.object({
  challengeId: v.optional(Id),
  userId: v.optional(Id),
  action: v.optional(ActionCode),
  verificationMethod: v.optional(VerificationMethodName),
})
export const Validate = v.object({
  token: v.string(),
  action: v.optional(v.string()),
  userId: v.optional(v.string()),
})

export const UserUpdate = v.object({
  email: v.optional(Email),
  emailVerified: v.optional(v.boolean()),
  phoneNumber: v.optional(KnownPhoneNumber),
  phoneNumberVerified: v.optional(v.boolean()),
  username: v.optional(shortText),
  displayName: v.optional(shortText),
  custom: v.optional(custom),
  locale: v.optional(shortText),
  defaultVerificationMethod: v.optional(VerificationMethodName),
})
/** CHOOSE: 50 users unless `limit` says otherwise, at most 100; contract 7. */
export const UserQuery = v.object({
  username: v.optional(v.string()),
  email: v.optional(v.string()),
  phoneNumber: v.optional(v.string()),
  token: v.optional(v.string()),
  limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(100)), '50'),
  lastEvaluatedUserId: v.optional(v.string()),
})
export const VerifiedEnrolment = v.variant('verificationMethod', [
  v.object({
    verificationMethod: v.picklist(['SMS', 'WHATSAPP']),
    phoneNumber: PhoneNumber,
    isDefault: v.optional(v.boolean()),
  }),
  v.object({
    verificationMethod: v.picklist(['EMAIL_OTP', 'EMAIL_MAGIC_LINK']),
    email: Email,
    isDefault: v.optional(v.boolean()),
  }),
  v.object({
    verificationMethod: v.literal('AUTHENTICATOR_APP'),
    otpUri: OtpUri,
    isDefault: v.optional(v.boolean()),
  }),
])
export const ActionQuery = v.object({
  fromDate: v.optional(v.pipe(v.string(), v.transform(Date.parse), v.number(), v.finite())),
  codes: v.optional(v.string()),
  state: v.optional(ActionState),
})
export const ActionUpdate = v.object({ state: ActionState })

export const NewSession = v.object({ clientId: Id, token: v.string(), action: v.optional(v.string()) })
export const SessionCheck = v.object({ accessToken: v.string(), clientIds: v.optional(v.array(v.string())) })
export const SessionRefresh = v.object({ refreshToken: v.string() })
export const SessionRevocation = v.object({ accessToken: v.string() })
export const UserRevocation = v.object({ userId: Id })

/** nOTP (nOTP contract 5, 7 and 11); Go writes what it does not know as an empty string. */
const text = v.pipe(v.string(), v.maxLength(256))
const orEmpty = <Output extends string>(schema: v.GenericSchema<Output>) =>
  v.pipe(
    v.optional(v.union([v.literal(''), schema])),
    v.transform(value => value || undefined),
  )
const notpMessage = {
  providerId: v.optional(text),
  templates: v.optional(v.record(v.string(), v.unknown())),
}
const loginOptions = {
  customClaims: v.optional(asText(boundedRecord(v.unknown()))),
  templateId: v.optional(text),
  templateOptions: v.optional(v.record(v.string(), v.string())),
  tenantId: orEmpty(shortText),
  locale: v.optional(text),
}
export const NotpSignUp = v.object({
  ...notpMessage,
  loginId: v.optional(text, ''),
  user: v.optional(
    v.object({
      name: v.optional(text),
      givenName: v.optional(text),
      middleName: v.optional(text),
      familyName: v.optional(text),
      email: orEmpty(Email),
      phone: orEmpty(PhoneNumber),
    }),
    {},
  ),
  /** Go repeats the login ID here, whatever that is. */
  phone: v.optional(text),
  loginOptions: v.optional(v.object(loginOptions), {}),
})
export const NotpSignUpOrIn = v.object({
  ...notpMessage,
  loginId: v.optional(text, ''),
  loginOptions: v.optional(v.object(loginOptions), {}),
})
export const NotpSignIn = v.object({
  ...notpMessage,
  loginId: v.optional(text, ''),
  loginOptions: v.optional(
    v.object({
      ...loginOptions,
      stepup: v.optional(v.boolean(), false),
      mfa: v.optional(v.boolean(), false),
      revokeOtherSessions: v.optional(v.boolean()),
      // CHOOSE: there is one type, so without effect; nOTP contract 5.
      revokeOtherSessionsTypes: v.optional(v.array(text)),
    }),
    {},
  ),
})
export const NotpUpdate = v.object({
  ...notpMessage,
  templateOptions: v.optional(v.record(v.string(), v.string())),
  locale: v.optional(text),
  loginId: v.optional(text, ''),
  phone: orEmpty(PhoneNumber),
  addToLoginIDs: v.optional(v.boolean(), false),
  onMergeUseExisting: v.optional(v.boolean()),
  failOnConflict: v.optional(v.boolean()),
})
export const NotpPoll = v.object({ pendingRef: text })

/** Control routes. */
export const NotpMessage = v.pipe(
  v.object({ phone: PhoneNumber, pendingRef: v.optional(shortText), code: v.optional(longText) }),
  v.check(({ pendingRef, code }) => (pendingRef === undefined) !== (code === undefined)),
)
export const PhoneEnrolment = v.object({ userId: Id, deviceName: v.optional(shortText) })
export const PhoneQuery = v.object({ userId: v.optional(Id) })
export const PhoneClaim = v.object({ challengeId: Id, userId: Id })
export const PhoneAnswer = v.object({ challengeId: Id, approved: v.boolean() })
export const MessageQuery = v.object({
  to: v.optional(v.string()),
  channel: v.optional(MessageChannel),
  challengeId: v.optional(v.string()),
  wait: v.optional(v.pipe(wholeNumber, v.maxValue(60_000)), '0'),
})
export const ClockChange = v.union([
  v.strictObject({ advance: v.number() }),
  v.strictObject({ reset: v.literal(true) }),
])
export const OutcomeChange = v.object({ action: ActionCode, outcome: Outcome })
