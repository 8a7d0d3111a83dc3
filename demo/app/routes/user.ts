/**
 * The demo's user: the ID, the authenticators, and starting over as a new user.
 *
 * @module
 */
import { Hono } from 'hono'
import { forgetAccounts } from '../accounts.js'
import { type Env, respond } from '../context.js'
import { forgetEvents } from '../events.js'
import { becomeUser, currentUser, newUserId } from '../session.js'

/** @param forgetService Deletes the demo's records in the service. */
export function user(forgetService: (userId: string) => Promise<void>) {
  return new Hono<Env>()
    .get('/', async c => {
      const userId = currentUser(c)
      const authenticators = await c.get('authsignal').getAuthenticators({ userId })
      return respond(c, { userId, authenticators })
    })

    .post('/start-over', async c => {
      await forgetService(currentUser(c))
      forgetAccounts()
      forgetEvents()
      return respond(c, { userId: becomeUser(c, newUserId()) })
    })
}
