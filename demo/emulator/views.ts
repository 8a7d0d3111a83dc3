/**
 * Records as the API shows them.
 */

import { enrolledMethods, isEnrolled, verifiedOf } from './authenticators.js'
import { toIso } from './clock.js'
import { maskEmail, maskPhoneNumber } from './mask.js'
import { OTP_METHODS, otpMethod } from './methods.js'
import type { Action, Authenticator, User } from './store.js'

/** An authenticator as its user's browser sees it, contact data masked (contract 3.1). */
export function clientAuthenticator(authenticator: Authenticator) {
  const { contact, isDefault } = authenticator
  return {
    ...common(authenticator),
    ...(isDefault !== undefined && { isDefault }),
    ...(otpMethod(authenticator.verificationMethod).contact === 'email'
      ? { email: maskEmail(contact) }
      : { phoneNumber: maskPhoneNumber(contact) }),
  }
}

/** An authenticator as the backend sees it (contract 4.2). */
export function serverAuthenticator(authenticator: Authenticator) {
  const { userId, contact, verificationMethod } = authenticator
  return { userId, ...common(authenticator), [otpMethod(verificationMethod).contact]: contact }
}

function common(authenticator: Authenticator) {
  const { userAuthenticatorId, verificationMethod, createdAt } = authenticator
  const { verifiedAt, lastVerifiedAt, previousSmsChannel } = authenticator
  return {
    userAuthenticatorId,
    verificationMethod,
    createdAt: toIso(createdAt),
    ...(verifiedAt !== undefined && { verifiedAt: toIso(verifiedAt) }),
    ...(lastVerifiedAt !== undefined && { lastVerifiedAt: toIso(lastVerifiedAt) }),
    ...(previousSmsChannel !== undefined && { previousSmsChannel }),
  }
}

/** How a user is enrolled, as several answers carry it. */
export function enrolment(user: User) {
  const chosen =
    user.defaultVerificationMethod ?? verifiedOf(user).find(each => each.isDefault)?.verificationMethod
  return {
    isEnrolled: isEnrolled(user),
    enrolledVerificationMethods: enrolledMethods(user),
    allowedVerificationMethods: OTP_METHODS.map(({ name }) => name),
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
