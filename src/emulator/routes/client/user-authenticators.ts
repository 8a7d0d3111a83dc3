/**
 * `/user-authenticators`: what the user has enrolled, and enrolling more (contract 3.2, 3.4, 3.5 and 3.7).
 */

import { Hono } from 'hono'
import {
  addPending,
  newContact,
  permittedChange,
  remove,
  requireRoom,
  verified,
} from '../../authsignal/authenticators.js'
import { CONTACT_METHODS, type ContactMethod, MAGIC_LINK } from '../../authsignal/methods.js'
import type { User } from '../../authsignal/store.js'
import { type BearerEnv, bearer, callerOrTenant } from '../../http/authorization.js'
import { ClientEnrolment } from '../../http/fields.js'
import { originOf, readBody } from '../../http/request.js'
import { clientAuthenticator } from '../../http/views.js'
import { forbidden, json, notFound, unauthorized } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { readBrowser } from './browser-cookie.js'

export function userAuthenticatorRoutes(service: Service): Hono<BearerEnv> {
  const routes = new Hono<BearerEnv>()
  routes.get('/', async c => json(verified(await readerOf(service, c.req.raw)).map(clientAuthenticator)))

  // CHOOSE: the contract knows the scope, and not the call.
  routes.delete('/:userAuthenticatorId', bearer(service), c => {
    const { user, scopes } = c.var.caller
    if (!scopes.includes('remove:authenticators'))
      throw forbidden('Removing an authenticator needs the scope remove:authenticators.')
    const { userAuthenticatorId } = c.req.param()
    const unwanted = verified(user).find(each => each.userAuthenticatorId === userAuthenticatorId)
    if (unwanted === undefined) throw notFound('authenticator')
    remove(user, unwanted)
    return json({ success: true })
  })

  for (const method of CONTACT_METHODS.filter(({ clientEnrolment }) => clientEnrolment))
    routes.post(`/${method.path}`, bearer(service), async c => {
      const { user, action, scopes } = c.var.caller
      const { contact, smsChannel } = await readContact(c.req.raw, method)
      const change = permittedChange(user, method.name, contact, scopes)
      if (change === undefined)
        throw forbidden('The user has an authenticator already, and the token lacks the scope to change it.')

      if (change.kind === 'add') requireRoom(user)
      const authenticator =
        change.kind === 'replace'
          ? change.authenticator
          : newContact(user, method.name, contact, service.clock.now())
      const purpose = { kind: change.kind, authenticator }
      const origin = originOf(c.req.raw)
      const input = { method, contact, smsChannel, scopes, purpose, origin }
      const { challengeId } = service.challenges.startFor(action, input)
      if (change.kind === 'add') addPending(user, authenticator)
      const { userAuthenticatorId, userId } = authenticator
      return json({ userAuthenticatorId, userId, ...(method === MAGIC_LINK && { challengeId }) })
    })
  return routes
}

/** Whose authenticators are listed: the token's user, or the one who signed in where the cookie is from. */
async function readerOf(service: Service, request: Request): Promise<User> {
  const caller = await callerOrTenant(service, request)
  if (caller !== undefined) {
    if (!caller.scopes.includes('read:authenticators'))
      throw forbidden('Listing authenticators needs the scope read:authenticators.')
    return caller.user
  }
  const userId = readBrowser(service, request)?.record.userId
  const user = userId === undefined ? undefined : service.store.users.get(userId)
  if (user === undefined) throw unauthorized()
  return user
}

async function readContact(request: Request, { contact: field }: ContactMethod) {
  if (field === 'email') return { contact: (await readBody(request, ClientEnrolment.email)).email }
  const { phoneNumber, smsChannel } = await readBody(request, ClientEnrolment.phoneNumber)
  return { contact: phoneNumber, smsChannel }
}
