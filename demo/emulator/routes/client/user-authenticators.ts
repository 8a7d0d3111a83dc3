/**
 * `/user-authenticators`: what the user has enrolled, and enrolling more (contract 3.2, 3.4 and 3.7).
 */

import { Hono } from 'hono'
import { type BearerEnv, bearer } from '../../auth.js'
import { addPending, newAuthenticator, permittedChange, verifiedOf } from '../../authenticators.js'
import { forbidden, json } from '../../errors.js'
import { OTP_METHODS, type OtpMethod } from '../../methods.js'
import { readBody } from '../../request.js'
import { ClientEnrolment } from '../../schemas.js'
import type { Service } from '../../service.js'
import { clientAuthenticator } from '../../views.js'

export function userAuthenticatorRoutes(service: Service): Hono<BearerEnv> {
  const routes = new Hono<BearerEnv>()
  routes.get('/', bearer(service), c => {
    const { user, scopes } = c.var.caller
    if (!scopes.includes('read:authenticators'))
      throw forbidden('Listing authenticators needs the scope read:authenticators.')
    return json(verifiedOf(user).map(clientAuthenticator))
  })

  for (const method of OTP_METHODS.filter(({ clientEnrolment }) => clientEnrolment))
    routes.post(`/${method.path}`, bearer(service), async c => {
      const { user, action, scopes } = c.var.caller
      const { contact, smsChannel } = await readContact(c.req.raw, method)
      const change = permittedChange(user, method.name, contact, scopes)
      if (change === undefined)
        throw forbidden('The user has an authenticator already, and the token lacks the scope to change it.')

      const authenticator =
        change.kind === 'replace'
          ? change.authenticator
          : newAuthenticator(user, method.name, contact, service.clock.now())
      const purpose = { kind: change.kind, authenticator }
      service.challenges.startFor(action, { method, contact, smsChannel, scopes, purpose })
      if (change.kind === 'add') addPending(user, authenticator)
      const { userAuthenticatorId, userId } = authenticator
      return json({ userAuthenticatorId, userId })
    })
  return routes
}

async function readContact(request: Request, { contact: field }: OtpMethod) {
  if (field === 'email') return { contact: (await readBody(request, ClientEnrolment.email)).email }
  const { phoneNumber, smsChannel } = await readBody(request, ClientEnrolment.phoneNumber)
  return { contact: phoneNumber, smsChannel }
}
