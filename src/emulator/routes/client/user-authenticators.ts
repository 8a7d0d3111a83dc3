/**
 * `/user-authenticators`: listing and removing the user's authenticators.
 */

import { Hono, type MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { verified } from '../../authsignal/authenticators.js'
import type { Caller } from '../../authsignal/tokens.js'
import type { User } from '../../authsignal/users.js'
import { bearer, callerOrTenant } from '../../http/authorization.js'
import { operation, secured } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { ClientAuthenticator, Success } from '../../http/shapes.js'
import { clientAuthenticator } from '../../http/views.js'
import { forbidden, notFound, unauthorized } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { readBrowser } from './browser-cookie.js'

const LIST = operation({
  id: 'getUserAuthenticators',
  summary: 'The authenticators of the user',
  response: v.array(ClientAuthenticator),
  errors: [403],
})
const REMOVE = operation({
  id: 'removeUserAuthenticator',
  summary: 'Removes an authenticator of the user',
  response: Success,
  errors: [403, 404],
})

interface ReaderEnv {
  Variables: { user: User }
}

/** The token's user, or for a tenant ID the user who has signed in to the browser of the cookie. */
function reader(service: Service): MiddlewareHandler<ReaderEnv> {
  return secured(['token', 'tenant'], async (c, next) => {
    c.set('user', userOf(await callerOrTenant(service, c.req.raw), readBrowser(service, c)?.userId))
    await next()
  })

  function userOf(caller: Caller | undefined, browserUserId: string | undefined): User {
    if (caller !== undefined) {
      if (!caller.scopes.includes('read:authenticators'))
        throw forbidden('Listing authenticators needs the scope read:authenticators.')
      return caller.user
    }
    const user = browserUserId === undefined ? undefined : service.users.find(browserUserId)
    if (user === undefined) throw unauthorized()
    return user
  }
}

export function userAuthenticatorRoutes(service: Service): Hono {
  const routes = new Hono()
  routes.get('/user-authenticators', reader(service), LIST, c =>
    json(verified(c.var.user).map(clientAuthenticator)),
  )
  // Upstream documents the scope for it, but not the call.
  routes.delete('/user-authenticators/:userAuthenticatorId', bearer(service), REMOVE, c => {
    const { user, scopes } = c.var.caller
    if (!scopes.includes('remove:authenticators'))
      throw forbidden('Removing an authenticator needs the scope remove:authenticators.')
    const { userAuthenticatorId } = c.req.param()
    const unwanted = verified(user).find(each => each.userAuthenticatorId === userAuthenticatorId)
    if (unwanted === undefined) throw notFound('authenticator')
    service.enrolments.remove(user, unwanted)
    return json({ success: true })
  })
  return routes
}
