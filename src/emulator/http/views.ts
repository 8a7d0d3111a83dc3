/**
 * Records as the API shows them.
 */

import { UAParser } from 'ua-parser-js'
import { enrolledMethods, hasContact, isEnrolled, verified } from '../authsignal/authenticators.js'
import { contactMethod, ENROLLABLE_METHODS } from '../authsignal/methods.js'
import type { Action, Authenticator, CredentialAuthenticator, User } from '../authsignal/store.js'
import type { UserDevice } from '../authsignal/user-devices.js'
import { productName } from '../authsignal/webauthn/aaguids.js'
import { toIso } from '../lib/clock.js'
import { maskEmail, maskPhoneNumber } from './mask.js'

/** An authenticator as its user's browser sees it, contact data masked (contract 3.1). */
export function clientAuthenticator(authenticator: Authenticator) {
  const { isDefault } = authenticator
  const { email, phoneNumber, ...rest } = shown(authenticator)
  return {
    ...rest,
    ...(isDefault !== undefined && { isDefault }),
    ...(email !== undefined && { email: maskEmail(email) }),
    ...(phoneNumber !== undefined && { phoneNumber: maskPhoneNumber(phoneNumber) }),
  }
}

/** An authenticator as the backend sees it (contract 4.2). */
export const serverAuthenticator = (authenticator: Authenticator) => ({
  userId: authenticator.userId,
  ...shown(authenticator),
})

function shown(authenticator: Authenticator): Shown {
  const record = common(authenticator)
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

type Shown = ReturnType<typeof common> & {
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
  const { browser, os } = parsed ?? {}
  const webauthnCredential = {
    credentialId: id,
    deviceId,
    name: product ?? ([browser?.name, os?.name].filter(Boolean).join(' on ') || 'Unknown'),
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

function common(authenticator: Authenticator) {
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

/** How a user is enrolled, as several answers carry it. */
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

/** A user as `GET /users/{userId}` answers; `JSON.stringify` omits what is not known. */
export function userDetails(user: User) {
  const { email, phoneNumber, username, displayName, custom } = user
  return { ...enrolment(user), ...verifiedFlags(user), email, phoneNumber, username, displayName, custom }
}

/** A user as `GET /users` lists it. */
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

/** A device as `GET .../devices` lists it. */
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

/** An action as `GET .../actions` lists it. */
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

/** An action as `GET .../actions/{action}/{idempotencyKey}` answers. */
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

/** A user as `POST /sessions/validate` answers. */
export function userAttributes(user: User) {
  const { userId, email, phoneNumber, username, displayName, custom, locale } = user
  return { userId, email, phoneNumber, username, displayName, custom, locale, ...verifiedFlags(user) }
}
