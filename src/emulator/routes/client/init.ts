/**
 * `POST /init`: everything the hosted UI has to know before its first screen (contract 3.11).
 */

import { Hono } from 'hono'
import { enrolledMethods, isEnrolled, verified } from '../../authsignal/authenticators.js'
import { CONTACT_METHODS, type EnrollableMethod } from '../../authsignal/methods.js'
import type { UserAttributes } from '../../authsignal/store.js'
import type { Caller } from '../../authsignal/tokens.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { Nothing } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { clientAuthenticator, enrolment } from '../../http/views.js'
import { json } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function initRoutes(service: Service): Hono<BearerEnv> {
  return new Hono<BearerEnv>().post('/', bearer(service), async c => {
    await readBody(c.req.raw, Nothing)
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

/** The user's methods, or those they can start with; WhatsApp needs a number the backend gave. */
function offeredMethods(caller: Caller): readonly EnrollableMethod[] {
  if (isEnrolled(caller.user)) return enrolledMethods(caller.user)
  const { phoneNumber } = prefill(caller)
  const contactMethods = CONTACT_METHODS.filter(
    ({ clientEnrolment, name }) => clientEnrolment || (name === 'WHATSAPP' && phoneNumber !== undefined),
  )
  return [...contactMethods.map(({ name }) => name), 'AUTHENTICATOR_APP', 'PASSKEY', 'SECURITY_KEY']
}

/** Contact data to start a form with. Of an enrolled user only what this track call brought itself. */
function prefill({ user, action: { details } }: Caller) {
  const known: UserAttributes = isEnrolled(user) ? {} : user
  return { email: details.email ?? known.email, phoneNumber: details.phoneNumber ?? known.phoneNumber }
}
