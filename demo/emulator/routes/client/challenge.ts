/**
 * `POST /challenge/*`: a code for a user who is known (contract 3.2 to 3.4).
 */

import { Hono } from 'hono'
import { type BearerEnv, bearer } from '../../auth.js'
import { isEnrolled, preferred, verifiedOf } from '../../authenticators.js'
import { forbidden, invalidRequest, json, notFound } from '../../errors.js'
import { OTP_METHODS, type OtpMethod } from '../../methods.js'
import { readBody } from '../../request.js'
import { ClientChallenge } from '../../schemas.js'
import type { Scope } from '../../scopes.js'
import type { Service } from '../../service.js'
import type { Purpose } from '../../store.js'
import type { Caller } from '../../tokens.js'

interface Target {
  readonly contact: string
  readonly purpose: Purpose
  readonly scopes: readonly Scope[]
}

export function challengeRoutes(service: Service): Hono<BearerEnv> {
  const routes = new Hono<BearerEnv>()
  for (const method of OTP_METHODS)
    routes.post(`/${method.path}`, bearer(service), async c => {
      const { caller } = c.var
      const { userAuthenticatorId, smsChannel } = await readBody(c.req.raw, ClientChallenge)
      const target = targetOf(caller, method, userAuthenticatorId)
      const { challengeId } = service.challenges.startFor(caller.action, {
        ...target,
        method,
        smsChannel: method.name === 'SMS' ? smsChannel : undefined,
      })
      return json({ challengeId })
    })
  return routes
}

/** Where the code goes, and what typing it will do. */
function targetOf(caller: Caller, method: OtpMethod, userAuthenticatorId: string | undefined): Target {
  const { user, action, scopes } = caller
  const authenticator =
    userAuthenticatorId === undefined
      ? preferred(user, method.name)
      : verifiedOf(user, method.name).find(each => each.userAuthenticatorId === userAuthenticatorId)
  if (userAuthenticatorId !== undefined && authenticator === undefined) throw notFound('authenticator')

  // The code of an enrolment, once more.
  const latest = action.current.get(method.name)
  if (authenticator === undefined && latest?.purpose.kind === 'add') {
    const { purpose, contact } = latest
    if (user.authenticators.includes(purpose.authenticator))
      return { purpose, contact, scopes: latest.scopes }
  }

  if (!scopes.includes('read:authenticators'))
    throw forbidden('Completing a challenge needs the scope read:authenticators.')
  if (authenticator !== undefined)
    return { contact: authenticator.contact, purpose: { kind: 'step-up', authenticator }, scopes }

  const contact = fallbackContact(caller, method)
  if (contact === undefined)
    throw invalidRequest(`The user has no ${method.name} authenticator and nothing else to send a code to.`)
  return { contact, purpose: { kind: 'contact' }, scopes }
}

/**
 * The contact of the track call or user record. CHOOSE: only while nothing is enrolled (contract 4.5), save
 * that WhatsApp takes the number of the track call whenever there is no WhatsApp authenticator (3.3).
 */
function fallbackContact({ user, action }: Caller, { name, contact }: OtpMethod): string | undefined {
  const tracked = action.details[contact]
  if (!isEnrolled(user)) return tracked ?? user[contact]
  return name === 'WHATSAPP' ? tracked : undefined
}
