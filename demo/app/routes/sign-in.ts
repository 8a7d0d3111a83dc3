/**
 * Signing in. With a code alone, the backend sends it, checks it and claims the challenge.
 *
 * @module
 */
import { Hono } from 'hono'
import * as v from 'valibot'
import { accountFor } from '../accounts.js'
import { type Env, respond } from '../context.js'
import { challengeId, code, contact, readBody } from '../input.js'
import { becomeUser, currentUser } from '../session.js'

export const signIn = new Hono<Env>()
  .post('/start', async c => {
    const to = await readBody(c, contact)
    return respond(c, await c.get('authsignal').challenge({ action: 'sign-in', ...to }))
  })

  .post('/resend', async c => {
    const body = await readBody(c, v.object({ challengeId }))
    return respond(c, await c.get('authsignal').challenge(body))
  })

  .post('/verify', async c => {
    const body = await readBody(c, v.object({ challengeId, code }))
    const authsignal = c.get('authsignal')

    const verified = await authsignal.verify({ challengeId: body.challengeId, verificationCode: body.code })
    if (!verified.isVerified) return respond(c, verified)

    // The code has verified the number or address. Only now does the backend know the account.
    const userId = accountFor(verified.phoneNumber ?? verified.email ?? '', currentUser(c))
    const { token } = await authsignal.claimChallenge({ challengeId: body.challengeId, userId })
    const { state } = await authsignal.validateChallenge({ token, action: 'sign-in', userId })

    becomeUser(c, userId)
    return respond(c, { ...verified, userId, state })
  })

  // A passkey or a phone has identified the user, so the backend gets the user from the service.
  .post('/finish', async c => {
    const { token } = await readBody(c, v.object({ token: v.string() }))
    const validated = await c.get('authsignal').validateChallenge({ token, action: 'sign-in' })
    if (validated.isValid && validated.userId) becomeUser(c, validated.userId)
    return respond(c, validated)
  })
