/**
 * The user of the page: one invented user per browser, stored in a cookie.
 *
 * A real app has its own sign-in and its own sessions; here the cookie alone is the session.
 *
 * @module
 */
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

const COOKIE = 'demo_user'

/** The browser's user, created when there is none. */
export function currentUser(c: Context): string {
  const known = getCookie(c, COOKIE)
  return known && /^user-[0-9a-f]{8}$/.test(known) ? known : becomeUser(c, newUserId())
}

export function becomeUser(c: Context, userId: string): string {
  setCookie(c, COOKIE, userId, { httpOnly: true, sameSite: 'Lax', path: '/' })
  return userId
}

export function newUserId(): string {
  return `user-${crypto.randomUUID().slice(0, 8)}`
}
