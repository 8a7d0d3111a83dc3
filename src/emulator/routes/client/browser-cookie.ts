/**
 * The cookie of passkey calls that end in `/web`: it ties a ceremony to a browser.
 */

import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import type { Browser } from '../../authsignal/webauthn/browsers.js'
import { lifetimeMs } from '../../options.js'
import type { Service } from '../../service.js'

// Upstream documents neither the name nor the attributes.
const NAME = 'as_pk'

/** The browser that sent the request, if its cookie is valid. */
export const readBrowser = ({ browsers }: Service, c: Context) => browsers.find(getCookie(c, NAME))

/** Stores a browser; returns the headers that set its cookie. */
export function keepBrowser({ browsers, config }: Service, browser: Browser, request: Request) {
  browsers.add(browser)
  const { protocol, pathname } = new URL(request.url)
  const isSecure = protocol === 'https:'
  const cookie = generateCookie(NAME, browser.cookieId, {
    // With the path of a tenant, if the request has it.
    path: pathname.replace(/(?<=\/v1\/client)\/.*/, ''),
    maxAge: Math.floor(lifetimeMs(config) / 1000),
    httpOnly: true,
    ...(isSecure ? { sameSite: 'None', secure: true } : { sameSite: 'Lax' }),
  })
  return { 'Set-Cookie': cookie }
}
