/**
 * The cookie of the `/web` passkey calls: which browser began a ceremony, and who signed in there (contract 3.8).
 */

import type { BrowserRecord } from '../../authsignal/store.js'
import { newId } from '../../lib/secrets.js'
import { lifetimeMs } from '../../options.js'
import type { Service } from '../../service.js'

// CHOOSE: the name, the attributes and the lifetime; contract 3.8.
const NAME = 'as_pk'

export interface Browser {
  readonly cookieId: string
  readonly record: BrowserRecord
}

/** The browser that sent the request, when its cookie is a valid one. */
export function readBrowser({ clock, store }: Service, request: Request): Browser | undefined {
  const pairs = (request.headers.get('Cookie') ?? '').split(';').map(pair => pair.trim())
  const cookieId = pairs.find(pair => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1)
  const record = cookieId === undefined ? undefined : store.browsers.get(cookieId)
  if (cookieId === undefined || record === undefined || record.expiresAt <= clock.now()) return undefined
  return { cookieId, record }
}

export const newBrowser = ({ clock, config }: Service): Browser => ({
  cookieId: newId(),
  record: { expiresAt: clock.now() + lifetimeMs(config) },
})

/** Remembers a browser from here on; the answer's headers give it its cookie. */
export function keepBrowser({ config, store }: Service, { cookieId, record }: Browser, request: Request) {
  store.browsers.set(cookieId, record)
  const isSecure = new URL(request.url).protocol === 'https:'
  const attributes = [
    `${NAME}=${cookieId}`,
    'Path=/v1/client',
    `Max-Age=${Math.floor(lifetimeMs(config) / 1000)}`,
    'HttpOnly',
    isSecure ? 'SameSite=None; Secure' : 'SameSite=Lax',
  ]
  return { 'Set-Cookie': attributes.join('; ') }
}
