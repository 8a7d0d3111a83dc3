/**
 * Adding or changing the signed-in user's number or address for codes, from the backend.
 *
 * @module
 */
import { AuthScope } from '@authsignal/node'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { type Env, respond } from '../context.js'
import { challengeId, code, contact, readBody, verifiedContact } from '../input.js'
import { currentUser } from '../session.js'

/** Sends a code to the number or address of the request; its verification allows what the scope says. */
const sendCode = (action: string, scope: AuthScope) => async (c: Context<Env>) => {
  const to = await readBody(c, contact)
  return respond(c, await c.get('authsignal').challenge({ action, userId: currentUser(c), scope, ...to }))
}

export const enrolment = new Hono<Env>()
  .post('/start', sendCode('add-method', AuthScope.addAuthenticators))
  .post('/change', sendCode('change-method', AuthScope.updateAuthenticators))

  .post('/resend', async c => {
    const body = await readBody(c, v.object({ challengeId }))
    return respond(c, await c.get('authsignal').challenge(body))
  })

  .post('/verify', async c => {
    const body = await readBody(c, v.object({ challengeId, code }))
    const { challengeId: id, code: verificationCode } = body
    return respond(c, await c.get('authsignal').verify({ challengeId: id, verificationCode }))
  })

  // For a number that was verified elsewhere: at the counter, by a courier, in the old system.
  .post('/verified', async c => {
    const attributes = await readBody(c, verifiedContact)
    const userId = currentUser(c)
    return respond(c, await c.get('authsignal').enrollVerifiedAuthenticator({ userId, attributes }))
  })
