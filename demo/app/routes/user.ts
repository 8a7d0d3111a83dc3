/**
 * The demo's user: who it is, what it can be challenged with, and starting over as somebody new.
 *
 * @module
 */
import { Hono } from 'hono'
import { forgetAccounts } from '../accounts.js'
import { answer, type Env } from '../context.js'
import { becomeUser, currentUser, newUserId } from '../session.js'

/** @param forgetService Makes the service forget what the demo put there. */
export function user(forgetService: (userId: string) => Promise<void>) {
  return new Hono<Env>()
    .get('/', async c => {
      const userId = currentUser(c)
      const authenticators = await c.get('authsignal').getAuthenticators({ userId })
      return answer(c, { userId, authenticators })
    })

    .post('/start-over', async c => {
      await forgetService(currentUser(c))
      forgetAccounts()
      return answer(c, { userId: becomeUser(c, newUserId()) })
    })
}
