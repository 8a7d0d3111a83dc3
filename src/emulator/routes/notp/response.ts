/**
 * The responses of nOTP: a session, with its tokens in the body or in cookies, and errors.
 */

import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import * as v from 'valibot'
import { json } from '../../http/response.js'
import { Jwt, Seconds } from '../../http/shapes.js'
import { toSeconds } from '../../lib/clock.js'
import { asApiError } from '../../lib/errors.js'
import { MEANINGS } from '../../notp/errors.js'
import type { IssuedTokens } from '../../notp/sessions.js'
import { userView } from '../../notp/users.js'
import type { Service } from '../../service.js'

export const REFRESH_COOKIE = 'DSR'
const SESSION_COOKIE = 'DS'

const names = v.array(v.string())
/** A user. What a project can have besides, and the emulator has not, is empty or false. */
export const NotpUserShape = v.strictObject({
  userId: v.string(),
  loginIds: names,
  externalIds: names,
  name: v.string(),
  givenName: v.string(),
  middleName: v.string(),
  familyName: v.string(),
  email: v.string(),
  verifiedEmail: v.boolean(),
  phone: v.string(),
  verifiedPhone: v.boolean(),
  picture: v.string(),
  status: v.literal('enabled'),
  roleNames: names,
  permissions: names,
  userTenants: v.array(
    v.strictObject({ tenantId: v.string(), tenantName: v.string(), roleNames: names, permissions: names }),
  ),
  customAttributes: v.strictObject({}),
  createdTime: Seconds,
  TOTP: v.boolean(),
  SAML: v.boolean(),
  SCIM: v.boolean(),
  OIDC: v.boolean(),
  OAuth: v.strictObject({}),
  webauthn: v.boolean(),
  password: v.boolean(),
  push: v.boolean(),
  ssoAppIds: names,
  test: v.boolean(),
  editable: v.boolean(),
})

/** The tokens are in the body or in cookies, as the emulator was started. */
export const SessionResponse = v.strictObject({
  sessionJwt: v.optional(Jwt),
  refreshJwt: v.optional(Jwt),
  cookieDomain: v.string(),
  cookiePath: v.string(),
  cookieMaxAge: Seconds,
  cookieExpiration: Seconds,
  sessionExpiration: Seconds,
  user: NotpUserShape,
  firstSeen: v.boolean(),
})

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
