/**
 * Records as the Authsignal APIs return them. Contact data is masked for browsers.
 */

import { UAParser } from 'ua-parser-js'
import type { Action } from '../authsignal/actions.js'
import { enrolledMethods, hasContact, isEnrolled, verified } from '../authsignal/authenticators.js'
import { contactMethod, ENROLLABLE_METHODS } from '../authsignal/methods.js'
import type { UserDevice } from '../authsignal/user-devices.js'
import type { Authenticator, CredentialAuthenticator, User } from '../authsignal/users.js'
import { productName } from '../authsignal/webauthn/aaguids.js'
import { credentialName } from '../authsignal/webauthn/credential-name.js'
import { toIso } from '../lib/clock.js'

/** `+64211234000` becomes `+64*****000`; the number of asterisks does not depend on the length. */
export const maskPhoneNumber = (phoneNumber: string) =>
  `${phoneNumber.slice(0, 3)}*****${phoneNumber.slice(-3)}`

/** `jane@example.com` becomes `j***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}

/** An authenticator in the Client API, with its contact masked. */
export function clientAuthenticator(authenticator: Authenticator) {
  const { isDefault } = authenticator
  const { email, phoneNumber, ...rest } = authenticatorFields(authenticator)
  return {
    ...rest,
    ...(isDefault !== undefined && { isDefault }),
    ...(email !== undefined && { email: maskEmail(email) }),
    ...(phoneNumber !== undefined && { phoneNumber: maskPhoneNumber(phoneNumber) }),
  }
}

/** An authenticator in the Server API. */
export const serverAuthenticator = (authenticator: Authenticator) => ({
  userId: authenticator.userId,
  ...authenticatorFields(authenticator),
})

function authenticatorFields(authenticator: Authenticator): AuthenticatorFields {
  const record = commonFields(authenticator)
  if ('credential' in authenticator) return { ...record, ...credentialFields(authenticator) }
  if ('device' in authenticator) {
    const { name, platform } = authenticator.device
    return { ...record, displayName: name, devicePlatform: platform.toUpperCase() }
  }
  if (!hasContact(authenticator)) return record
  const { verificationMethod, contact, previousSmsChannel } = authenticator
  return {
    ...record,
    ...(previousSmsChannel !== undefined && { previousSmsChannel }),
    [contactMethod(verificationMethod).contact]: contact,
  }
}

type AuthenticatorFields = ReturnType<typeof commonFields> & {
  readonly email?: string
  readonly phoneNumber?: string
  readonly previousSmsChannel?: string
  readonly displayName?: string | undefined
  readonly devicePlatform?: string
}

function credentialFields({ username, displayName, credential, verifiedAt }: CredentialAuthenticator) {
  const { id, deviceId, aaguid, isBackedUp, deviceType, attachment, userAgent } = credential
  const product = productName(aaguid)
  const parsed = userAgent === undefined ? undefined : UAParser(userAgent)
  const webauthnCredential = {
    credentialId: id,
    deviceId,
    name: credentialName(credential),
    aaguid,
    ...(product !== undefined && { aaguidMapping: { name: product } }),
    credentialBackedUp: isBackedUp,
    credentialDeviceType: deviceType,
    authenticatorAttachment: attachment,
    parsedUserAgent: parsed,
    ...(verifiedAt !== undefined && { verifiedAt: toIso(verifiedAt) }),
  }
  return { username, displayName, authenticatorAttachment: attachment, webauthnCredential }
}

function commonFields(authenticator: Authenticator) {
  const { userAuthenticatorId, verificationMethod, createdAt } = authenticator
  const { verifiedAt, lastVerifiedAt } = authenticator
  return {
    userAuthenticatorId,
    verificationMethod,
    createdAt: toIso(createdAt),
    ...(verifiedAt !== undefined && { verifiedAt: toIso(verifiedAt) }),
    ...(lastVerifiedAt !== undefined && { lastVerifiedAt: toIso(lastVerifiedAt) }),
  }
}

/** The enrolment of a user, part of several responses. */
export function enrolment(user: User) {
  const chosen =
    user.defaultVerificationMethod ?? verified(user).find(each => each.isDefault)?.verificationMethod
  return {
    isEnrolled: isEnrolled(user),
    enrolledVerificationMethods: enrolledMethods(user),
    allowedVerificationMethods: ENROLLABLE_METHODS,
    ...(chosen !== undefined && { defaultVerificationMethod: chosen }),
  }
}

/** A user in `GET /users/{userId}`. `JSON.stringify` omits undefined fields. */
export function userDetails(user: User) {
  const { email, phoneNumber, username, displayName, custom } = user
  return { ...enrolment(user), ...verifiedFlags(user), email, phoneNumber, username, displayName, custom }
}

/** A user in the list of `GET /users`. */
export function userSummary(user: User) {
  const { userId, email, phoneNumber, username, displayName } = user
  return {
    userId,
    email,
    phoneNumber,
    username,
    displayName,
    ...verifiedFlags(user),
    isEnrolled: isEnrolled(user),
    enrolledVerificationMethods: enrolledMethods(user),
    createdAt: toIso(user.createdAt),
  }
}

const verifiedFlags = ({ emailVerified = false, phoneNumberVerified = false }: User) => ({
  emailVerified,
  phoneNumberVerified,
})

/** A device in the list of `GET .../devices`. */
export function userDevice(userId: string, device: UserDevice) {
  const { deviceId, createdAt, authenticatedAt, invalidatedAt, lastVerificationMethod } = device
  return {
    userId,
    deviceId,
    createdAt: toIso(createdAt),
    ...(authenticatedAt !== undefined && { authenticatedAt: toIso(authenticatedAt) }),
    ...(invalidatedAt !== undefined && { invalidatedAt: toIso(invalidatedAt) }),
    lastVerificationMethod,
  }
}

/** An action in the list of `GET .../actions`. */
export function actionSummary(action: Action) {
  const { actionCode, idempotencyKey, state, verificationMethod, verifiedByAuthenticatorId } = action
  return {
    actionCode,
    idempotencyKey,
    createdAt: toIso(action.createdAt),
    updatedAt: toIso(action.updatedAt),
    state,
    stateUpdatedAt: toIso(action.stateUpdatedAt),
    verificationMethod,
    verifiedByAuthenticatorId,
  }
}

/** An action in `GET .../actions/{action}/{idempotencyKey}`. */
export function actionDetails(action: Action) {
  return {
    state: action.state,
    stateUpdatedAt: toIso(action.stateUpdatedAt),
    createdAt: toIso(action.createdAt),
    verificationMethod: action.verificationMethod,
    rules: [],
    output: { outcome: action.outcome },
  }
}

/** The user in `POST /sessions/validate`. */
export function userAttributes(user: User) {
  const { userId, email, phoneNumber, username, displayName, custom, locale } = user
  return { userId, email, phoneNumber, username, displayName, custom, locale, ...verifiedFlags(user) }
}
