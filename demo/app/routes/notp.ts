/**
 * Sessions of nOTP. Descope's own server SDK validates the tokens.
 *
 * A real app gets the session token with each request, as a header or a cookie.
 *
 * @module
 */
import { Hono } from 'hono'
import * as v from 'valibot'
import { type Descope, type Env, respond } from '../context.js'
import { InputError, readBody } from '../input.js'

export const notp = new Hono<Env>()
  .post('/session', async c => {
    const { sessionJwt } = await readBody(c, v.object({ sessionJwt: v.string() }))
    const descope = existing(c.get('descope'))
    try {
      const { token } = await descope.validateSession(sessionJwt)
      return respond(c, { claims: token })
    } catch {
      return respond(c, { errorCode: 'invalid_session' }, 401)
    }
  })

  .post('/sign-out', async c => {
    const { refreshJwt } = await readBody(c, v.object({ refreshJwt: v.string() }))
    const { ok } = await existing(c.get('descope')).logout(refreshJwt)
    return respond(c, { signedOut: ok })
  })

function existing(descope: Descope | undefined): Descope {
  if (descope) return descope
  throw new InputError('This demo has no Descope project.')
}
