/**
 * Adaptive MFA: track an action, and later validate its challenge.
 *
 * What happens in between is between the browser and the service.
 *
 * @module
 */
import { Hono } from 'hono'
import * as v from 'valibot'
import { type Env, respond } from '../context.js'
import { actionCode, readBody } from '../input.js'
import { currentUser } from '../session.js'

const tracking = v.object({
  action: actionCode,
  /** What the browser may do to the user's authenticators with the token. */
  scope: v.optional(v.picklist(['add:authenticators', 'update:authenticators'])),
  /** The fragment of the page that the hosted UI returns to in `redirect` mode. */
  returnTo: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]+$/))),
})

export const stepUp = new Hono<Env>()
  .post('/track', async c => {
    const { action, scope, returnTo } = await readBody(c, tracking)
    const tracked = await c.get('authsignal').track({
      userId: currentUser(c),
      action,
      attributes: {
        userAgent: c.req.header('user-agent') ?? '',
        ...(scope && { scope }),
        ...(returnTo && { redirectUrl: new URL(`/#${returnTo}`, c.req.url).href }),
      },
    })
    return respond(c, tracked)
  })

  .post('/validate', async c => {
    const { token, action } = await readBody(c, v.object({ token: v.string(), action: actionCode }))
    return respond(c, await c.get('authsignal').validateChallenge({ token, action, userId: currentUser(c) }))
  })
