/**
 * What requests may contain, field by field.
 */

import * as v from 'valibot'

const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const longText = v.pipe(v.string(), v.maxLength(2048))

/** Contract 7. */
export const ActionCode = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/))
export const Id = shortText
/** E.164. */
export const PhoneNumber = v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/))
export const Email = v.pipe(v.string(), v.maxLength(254), v.email())
export const Code = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
export const SmsChannel = v.picklist(['DEFAULT', 'WHATSAPP'])
export const OtpMethodName = v.picklist(['SMS', 'WHATSAPP', 'EMAIL_OTP'])
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

const custom = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))
/** A page to return to, so not `javascript:` and the like. */
const webAddress = v.pipe(longText, v.url(), v.regex(/^https?:/i))
const host = v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d{1,5})?$/i))
const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number))

/** What the backend tells about the user's device; accepted for the rules a real tenant has. */
const device = {
  ipAddress: v.optional(longText),
  userAgent: v.optional(longText),
  deviceId: v.optional(longText),
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
export const ClientEnrolment = {
  phoneNumber: v.object({ phoneNumber: PhoneNumber, smsChannel: v.optional(SmsChannel) }),
  email: v.object({ email: Email }),
}

/** Server API (contract 4). */
export const Track = v.object({
  ...device,
  idempotencyKey: v.optional(Id),
  redirectUrl: v.optional(webAddress),
  redirectToSettings: v.optional(v.boolean()),
  email: v.optional(Email),
  phoneNumber: v.optional(PhoneNumber),
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
  verificationMethod: v.optional(OtpMethodName),
})
export const Validate = v.object({
  token: v.string(),
  action: v.optional(v.string()),
  userId: v.optional(v.string()),
})

export const UserUpdate = v.object({
  email: v.optional(Email),
  emailVerified: v.optional(v.boolean()),
  phoneNumber: v.optional(PhoneNumber),
  phoneNumberVerified: v.optional(v.boolean()),
  username: v.optional(shortText),
  displayName: v.optional(shortText),
  custom: v.optional(custom),
  locale: v.optional(shortText),
  defaultVerificationMethod: v.optional(OtpMethodName),
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
    verificationMethod: v.literal('EMAIL_OTP'),
    email: Email,
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

/** Control routes. */
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
