/**
 * `/user-authenticators`: listing and removing the user's authenticators.
 */

import { Hono } from 'hono'
import { remove, verified } from '../../authsignal/authenticators.js'
import type { User } from '../../authsignal/users.js'
import { type BearerEnv, bearer, callerOrTenant } from '../../http/authorization.js'
import { json } from '../../http/response.js'
import { clientAuthenticator } from '../../http/views.js'
import { forbidden, notFound, unauthorized } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { readBrowser } from './browser-cookie.js'

export function userAuthenticatorRoutes(service: Service): Hono<BearerEnv> {
  /** The token's user, or for a tenant ID the user who has signed in to the browser of the cookie. */
  async function reader(request: Request, browserUserId: string | undefined): Promise<User> {
    const caller = await callerOrTenant(service, request)
    if (caller !== undefined) {
      if (!caller.scopes.includes('read:authenticators'))
        throw forbidden('Listing authenticators needs the scope read:authenticators.')
      return caller.user
    }
    const user = browserUserId === undefined ? undefined : service.users.find(browserUserId)
    if (user === undefined) throw unauthorized()
    return user
  }

  return (
    new Hono<BearerEnv>()
      .get('/user-authenticators', async c => {
        const user = await reader(c.req.raw, readBrowser(service, c)?.userId)
        return json(verified(user).map(clientAuthenticator))
      })
      // Upstream documents the scope for it, but not the call.
      .delete('/user-authenticators/:userAuthenticatorId', bearer(service), c => {
        const { user, scopes } = c.var.caller
        if (!scopes.includes('remove:authenticators'))
          throw forbidden('Removing an authenticator needs the scope remove:authenticators.')
        const { userAuthenticatorId } = c.req.param()
        const unwanted = verified(user).find(each => each.userAuthenticatorId === userAuthenticatorId)
        if (unwanted === undefined) throw notFound('authenticator')
        remove(user, unwanted)
        return json({ success: true })
      })
  )
}
