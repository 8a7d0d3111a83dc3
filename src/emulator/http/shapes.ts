/**
 * The form of what responses share. The form of a whole response is beside its route.
 *
 * The objects are strict: a test that gets a field more, or one too few, fails.
 */

import * as v from 'valibot'
import { ACTION_STATES } from '../authsignal/actions.js'
import { CustomData, VerificationMethodName } from '../authsignal/fields.js'
import { ENROLLABLE_METHODS } from '../authsignal/methods.js'

const isoTime = v.pipe(v.string(), v.isoTimestamp())
/** Seconds since 1970. */
const seconds = v.pipe(v.number(), v.integer())
const text = v.string()
const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(schema)

export const IsoTime = isoTime
export const Seconds = seconds
/** A signed token. Its parts are not part of the API. */
export const Jwt = v.pipe(v.string(), v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/))

export const Success = v.strictObject({ success: v.literal(true) })
export const Nothing = v.strictObject({})

export const ActionState = v.picklist(ACTION_STATES)
export const EnrollableMethodName = v.picklist(ENROLLABLE_METHODS)

export const FailedVerification = v.strictObject({
  isVerified: v.literal(false),
  failureReason: v.picklist(['CODE_INVALID_OR_EXPIRED', 'MAX_ATTEMPTS_EXCEEDED']),
})

/** The state of a user's enrolment. */
export const enrolment = {
  isEnrolled: v.boolean(),
  enrolledVerificationMethods: v.array(EnrollableMethodName),
  allowedVerificationMethods: v.array(EnrollableMethodName),
  defaultVerificationMethod: maybe(VerificationMethodName),
}

const verifiedFlags = { emailVerified: v.boolean(), phoneNumberVerified: v.boolean() }

const contacts = {
  email: maybe(text),
  phoneNumber: maybe(text),
  username: maybe(text),
  displayName: maybe(text),
}

export const UserDetails = v.strictObject({
  ...enrolment,
  ...verifiedFlags,
  ...contacts,
  custom: maybe(CustomData),
})

export const UserSummary = v.strictObject({
  userId: text,
  ...contacts,
  ...verifiedFlags,
  isEnrolled: v.boolean(),
  enrolledVerificationMethods: v.array(EnrollableMethodName),
  createdAt: isoTime,
})

export const UserOfSession = v.strictObject({
  userId: text,
  ...contacts,
  ...verifiedFlags,
  custom: maybe(CustomData),
  locale: maybe(text),
})

/** A device that a user was seen on. */
export const UserDevice = v.strictObject({
  userId: text,
  deviceId: text,
  createdAt: isoTime,
  authenticatedAt: maybe(isoTime),
  invalidatedAt: maybe(isoTime),
  lastVerificationMethod: maybe(VerificationMethodName),
})

const Attachment = v.picklist(['platform', 'cross-platform'])

const WebauthnCredential = v.strictObject({
  credentialId: text,
  deviceId: text,
  name: text,
  aaguid: text,
  aaguidMapping: maybe(v.strictObject({ name: text })),
  credentialBackedUp: v.boolean(),
  credentialDeviceType: v.picklist(['singleDevice', 'multiDevice']),
  authenticatorAttachment: maybe(Attachment),
  /** As the library `ua-parser-js` describes a browser. */
  parsedUserAgent: maybe(v.looseObject({})),
  verifiedAt: maybe(isoTime),
})

const authenticator = {
  userAuthenticatorId: text,
  verificationMethod: EnrollableMethodName,
  createdAt: isoTime,
  verifiedAt: maybe(isoTime),
  lastVerifiedAt: maybe(isoTime),
  email: maybe(text),
  phoneNumber: maybe(text),
  previousSmsChannel: maybe(v.picklist(['DEFAULT', 'WHATSAPP'])),
  displayName: maybe(text),
  devicePlatform: maybe(v.picklist(['IOS', 'ANDROID'])),
  username: maybe(text),
  authenticatorAttachment: maybe(Attachment),
  webauthnCredential: maybe(WebauthnCredential),
}

/** An authenticator in the Client API, with its contact masked. */
export const ClientAuthenticator = v.strictObject({ ...authenticator, isDefault: maybe(v.boolean()) })

/** An authenticator in the Server API. */
export const ServerAuthenticator = v.strictObject({ userId: text, ...authenticator })

/** A completed verification in the Client API. */
export const verified = {
  isVerified: v.literal(true),
  accessToken: Jwt,
  /** The authenticator that the verification enrolled. */
  userAuthenticator: maybe(ClientAuthenticator),
}

export const Verification = v.union([v.strictObject(verified), FailedVerification])

/** Options of a WebAuthn ceremony, as `navigator.credentials` takes them. */
export const RegistrationOptions = v.looseObject({
  challenge: text,
  rp: v.looseObject({ id: text, name: text }),
})
export const AuthenticationOptions = v.looseObject({ challenge: text, rpId: text })

/** Public keys that verify tokens, RFC 7517. */
export const Jwks = v.strictObject({
  keys: v.array(v.looseObject({ kty: text, kid: text, alg: text })),
})

/** An error of the Authsignal APIs. */
export const ErrorResponse = v.strictObject({ error: text, errorCode: text, errorDescription: text })

/** An error of nOTP. */
export const NotpErrorResponse = v.strictObject({
  errorCode: text,
  errorDescription: text,
  errorMessage: text,
})
