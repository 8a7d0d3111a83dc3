/**
 * The tokens of a session as they are handed over: in the body or as cookies (nOTP contract 7 and 8).
 */

import { toSeconds } from '../../lib/clock.js'
import { json } from '../../lib/errors.js'
import type { IssuedTokens } from '../../notp/sessions.js'
import { userView } from '../../notp/users.js'
import type { Service } from '../../service.js'

export const REFRESH_COOKIE = 'DSR'
export const SESSION_COOKIE = 'DS'

export function sessionAnswer(
  { config, clock }: Service,
  request: Request,
  { session, sessionJwt, sessionExpiresAt }: IssuedTokens,
  firstSeen: boolean,
): Response {
  const { user, refreshJwt, refreshExpiresAt } = session
  const secondsUntil = (ms: number) => toSeconds(ms) - toSeconds(clock.now())
  const isInBody = config.notpTokenDelivery === 'body'
  const response = json({
    ...(isInBody && { sessionJwt, refreshJwt }),
    cookieDomain: '',
    cookiePath: '/',
    cookieMaxAge: secondsUntil(refreshExpiresAt),
    cookieExpiration: toSeconds(refreshExpiresAt),
    sessionExpiration: toSeconds(sessionExpiresAt),
    user: userView(user),
    firstSeen,
  })
  if (!isInBody) {
    setCookie(response, request, REFRESH_COOKIE, refreshJwt, secondsUntil(refreshExpiresAt))
    setCookie(response, request, SESSION_COOKIE, sessionJwt, secondsUntil(sessionExpiresAt))
  }
  return response
}

/** An answer after which the browser has no cookies any more. */
export function farewell({ config }: Service, request: Request): Response {
  const response = json({})
  if (config.notpTokenDelivery === 'cookies')
    for (const name of [REFRESH_COOKIE, SESSION_COOKIE]) setCookie(response, request, name, '', 0)
  return response
}

function setCookie(response: Response, request: Request, name: string, value: string, maxAge: number) {
  const isSecure = new URL(request.url).protocol === 'https:'
  const attributes = [`${name}=${value}`, 'Path=/', `Max-Age=${maxAge}`, 'HttpOnly', 'SameSite=Strict']
  response.headers.append('Set-Cookie', [...attributes, ...(isSecure ? ['Secure'] : [])].join('; '))
}
