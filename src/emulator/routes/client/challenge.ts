/**
 * `POST /challenge/*`: a code or link for a user who is known (contract 3.2 to 3.5).
 */

import { Hono } from 'hono'
import { isEnrolled, preferred, verifiedOf } from '../../authsignal/authenticators.js'
import { CONTACT_METHODS, type ContactMethod } from '../../authsignal/methods.js'
import { requireReadScope, type Scope } from '../../authsignal/scopes.js'
import type { Purpose } from '../../authsignal/store.js'
import type { Caller } from '../../authsignal/tokens.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { ClientChallenge } from '../../http/fields.js'
import { originOf, readBody } from '../../http/request.js'
import { invalidRequest, json, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

interface Target {
  readonly contact: string
  readonly purpose: Purpose
  readonly scopes: readonly Scope[]
}

export function challengeRoutes(service: Service): Hono<BearerEnv> {
  const routes = new Hono<BearerEnv>()
  for (const method of CONTACT_METHODS)
    routes.post(`/${method.path}`, bearer(service), async c => {
      const { caller } = c.var
      const { userAuthenticatorId, smsChannel } = await readBody(c.req.raw, ClientChallenge)
      const target = targetOf(caller, method, userAuthenticatorId)
      const { challengeId } = service.challenges.startFor(caller.action, {
        ...target,
        method,
        smsChannel: method.name === 'SMS' ? smsChannel : undefined,
        origin: originOf(c.req.raw),
      })
      return json({ challengeId })
    })
  return routes
}

/** Where it is sent, and what it will do there. */
function targetOf(caller: Caller, method: ContactMethod, userAuthenticatorId: string | undefined): Target {
  const { user, action, scopes } = caller
  const authenticator =
    userAuthenticatorId === undefined
      ? preferred(user, method.name)
      : verifiedOf(user, method.name).find(each => each.userAuthenticatorId === userAuthenticatorId)
  if (userAuthenticatorId !== undefined && authenticator === undefined) throw notFound('authenticator')

  // The code or link of an enrolment, once more.
  const latest = action.current.get(method.name)
  if (authenticator === undefined && latest?.purpose.kind === 'add') {
    const { purpose, contact } = latest
    if (user.authenticators.includes(purpose.authenticator))
      return { purpose, contact, scopes: latest.scopes }
  }

  requireReadScope(scopes)
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
function fallbackContact({ user, action }: Caller, { name, contact }: ContactMethod): string | undefined {
  const tracked = action.details[contact]
  if (!isEnrolled(user)) return tracked ?? user[contact]
  return name === 'WHATSAPP' ? tracked : undefined
}
