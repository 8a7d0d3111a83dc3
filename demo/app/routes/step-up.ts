/**
 * Adaptive MFA: track an action, and later validate its challenge.
 *
 * What happens in between is between the browser and the service.
 *
 * @module
 */
import { type TrackResponse, UserActionState } from '@authsignal/node'
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
    return respond(c, nextStep(tracked, scope !== undefined))
  })

  .post('/validate', async c => {
    const { token, action } = await readBody(c, v.object({ token: v.string(), action: actionCode }))
    return respond(c, await c.get('authsignal').validateChallenge({ token, action, userId: currentUser(c) }))
  })

/** What the page gets for each state. Without a token it can send no code. */
function nextStep({ state, token, url }: TrackResponse, addsMethod: boolean) {
  switch (state) {
    case UserActionState.CHALLENGE_REQUIRED:
      return { state, token, url }
    case UserActionState.ALLOW:
      // A real app performs the action here. To add a method, the page still needs the token.
      return addsMethod ? { state, token } : { state }
    case UserActionState.REVIEW_REQUIRED:
      // A real app keeps the action here, until a person has reviewed it.
      return { state }
    default:
      // BLOCK, and every state that a new action cannot have: the action is refused.
      return { state }
  }
}
