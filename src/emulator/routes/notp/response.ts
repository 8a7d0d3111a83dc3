/**
 * The responses of nOTP: a session, with its tokens in the body or in cookies, and errors.
 */

import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { json } from '../../http/response.js'
import { toSeconds } from '../../lib/clock.js'
import { asApiError } from '../../lib/errors.js'
import { MEANINGS } from '../../notp/errors.js'
import type { IssuedTokens } from '../../notp/sessions.js'
import { userView } from '../../notp/users.js'
import type { Service } from '../../service.js'

export const REFRESH_COOKIE = 'DSR'
const SESSION_COOKIE = 'DS'

export function sessionResponse(
  { config, clock, notp }: Service,
  c: Context,
  { session, sessionJwt, sessionExpiresAt }: IssuedTokens,
  firstSeen: boolean,
): Response {
  const { refreshJwt, refreshExpiresAt } = session
  const secondsUntil = (ms: number) => toSeconds(ms) - toSeconds(clock.now())
  const isInBody = config.notpTokenDelivery === 'body'
  c.res = json({
    ...(isInBody && { sessionJwt, refreshJwt }),
    cookieDomain: '',
    cookiePath: '/',
    cookieMaxAge: secondsUntil(refreshExpiresAt),
    cookieExpiration: toSeconds(refreshExpiresAt),
    sessionExpiration: toSeconds(sessionExpiresAt),
    user: userView(notp.sessions.userOf(session)),
    firstSeen,
  })
  if (!isInBody) {
    setTokenCookie(c, REFRESH_COOKIE, refreshJwt, secondsUntil(refreshExpiresAt))
    setTokenCookie(c, SESSION_COOKIE, sessionJwt, secondsUntil(sessionExpiresAt))
  }
  return c.res
}

/** The response of a logout. It deletes the cookies. */
export function logoutResponse({ config }: Service, c: Context): Response {
  c.res = json({})
  if (config.notpTokenDelivery === 'cookies')
    for (const name of [REFRESH_COOKIE, SESSION_COOKIE]) setTokenCookie(c, name, '', 0)
  return c.res
}

function setTokenCookie(c: Context, name: string, value: string, maxAge: number) {
  const secure = new URL(c.req.url).protocol === 'https:'
  setCookie(c, name, value, { path: '/', maxAge, httpOnly: true, sameSite: 'Strict', secure })
}

/** The response for anything that was thrown. */
export function notpErrorResponse(error: unknown): Response {
  const { status, code, description, headers } = asApiError(error)
  return json(
    { errorCode: code, errorDescription: MEANINGS[code] ?? description, errorMessage: description },
    { status, headers },
  )
}
