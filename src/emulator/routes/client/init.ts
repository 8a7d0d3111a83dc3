/**
 * `POST /init`: what the hosted page needs for its first screen.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { enrolledMethods, isEnrolled, verified } from '../../authsignal/authenticators.js'
import { CONTACT_METHODS, type EnrollableMethod } from '../../authsignal/methods.js'
import type { Caller } from '../../authsignal/tokens.js'
import type { UserAttributes } from '../../authsignal/users.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { NoFields, VerificationMethodName } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { ActionState, ClientAuthenticator, EnrollableMethodName, Jwt, Seconds } from '../../http/shapes.js'
import { clientAuthenticator, enrolment } from '../../http/views.js'
import type { Service } from '../../service.js'

const ChallengeOptions = v.strictObject({
  token: Jwt,
  defaultVerificationMethod: v.optional(VerificationMethodName),
  verificationMethods: v.array(EnrollableMethodName),
  user: v.strictObject({ email: v.optional(v.string()), phoneNumber: v.optional(v.string()) }),
  redirectUrl: v.optional(v.string()),
  redirectToSettings: v.boolean(),
  scopes: v.array(v.string()),
  actionCode: v.string(),
  state: ActionState,
  isEnrolled: v.boolean(),
  authenticators: v.array(ClientAuthenticator),
  smsOptIn: v.boolean(),
  expiresAt: Seconds,
})
const INIT = operation({
  id: 'init',
  summary: 'What the hosted page needs for its first screen',
  body: NoFields,
  response: v.strictObject({ challengeOptions: ChallengeOptions }),
})

export function initRoutes(service: Service): Hono<BearerEnv> {
  return new Hono<BearerEnv>().post('/init', bearer(service), INIT, c => {
    const { caller } = c.var
    const { user, action, scopes, token, expiresAt } = caller
    const { redirectUrl, redirectToSettings = false } = action.details
    const challengeOptions = {
      token,
      defaultVerificationMethod: enrolment(user).defaultVerificationMethod,
      verificationMethods: offeredMethods(caller),
      user: prefill(caller),
      redirectUrl,
      redirectToSettings,
      scopes,
      actionCode: action.actionCode,
      state: action.state,
      isEnrolled: isEnrolled(user),
      authenticators: verified(user).map(clientAuthenticator),
      smsOptIn: service.config.smsOptIn,
      expiresAt,
    }
    return json({ challengeOptions })
  })
}

/** The user's methods. Before the first enrolment all that can be enrolled; WhatsApp needs a tracked number. */
function offeredMethods(caller: Caller): readonly EnrollableMethod[] {
  if (isEnrolled(caller.user)) return enrolledMethods(caller.user)
  const { phoneNumber } = prefill(caller)
  const contactMethods = CONTACT_METHODS.filter(
    ({ clientEnrolment, name }) => clientEnrolment || (name === 'WHATSAPP' && phoneNumber !== undefined),
  )
  return [...contactMethods.map(({ name }) => name), 'AUTHENTICATOR_APP', 'PASSKEY', 'SECURITY_KEY']
}

/** Contact data to fill into a form. For an enrolled user only that of the track call. */
function prefill({ user, action: { details } }: Caller) {
  const known: UserAttributes = isEnrolled(user) ? {} : user
  return { email: details.email ?? known.email, phoneNumber: details.phoneNumber ?? known.phoneNumber }
}
