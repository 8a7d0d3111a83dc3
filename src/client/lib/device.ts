/**
 * The anonymous ID of this browser: made once, kept in a cookie, known to the backend by its name.
 *
 * Your backend passes it to the track call as `deviceId`, so that rules can distinguish a known device from a
 * new one. It is the only thing the client keeps between two visits.
 *
 * @module
 */

/** For how long the cookie is kept: the longest that browsers allow. Each visit starts the time anew. */
const MAX_AGE = 400 * 24 * 60 * 60

export interface DeviceCookie {
  readonly name: string
  readonly domain: string
}

/** Host name that the cookie is shared under: `www.shop.example` and `shop.example` are one device. */
export function defaultCookieDomain(): string {
  return globalThis.location?.hostname.replace(/^www\./, '') ?? ''
}

/** The ID that this page has made, if any. Where cookies are not kept it is the page's only one. */
const ofPage: { id?: string } = {}

/**
 * Starts the time of the cookie anew, making the ID on a first visit.
 *
 * @returns The ID, read from the cookie each time. Of two tabs that start at once, each may find no cookie and
 *   write one: the last one stays, and both read that. Without a cookie jar (server, worker, sandbox) the ID
 *   lives in memory.
 */
export function openDevice(cookie: DeviceCookie): () => string {
  // A server has many users, and must not give all of them the ID of one.
  const memory = typeof document === 'undefined' ? {} : ofPage
  const made = () => {
    memory.id ??= randomId()
    return memory.id
  }
  const read = (renew?: boolean) => {
    let id: string | undefined
    try {
      id = readCookie(cookie.name)
      if (renew || !id) writeCookie(cookie, id ?? made())
    } catch {
      // No document, or a sandboxed one where touching document.cookie throws.
    }
    return id ?? made()
  }
  read(true)
  return () => read()
}

function readCookie(name: string): string | undefined {
  const start = `${encodeURIComponent(name)}=`
  const cookie = document.cookie.split('; ').find(cookie => cookie.startsWith(start))
  return cookie?.slice(start.length) || undefined
}

export function writeCookie({ name, domain }: DeviceCookie, id: string): void {
  const secure = location.protocol === 'http:' ? '' : '; Secure'
  const cookie = `${encodeURIComponent(name)}=${id}; Path=/; Max-Age=${MAX_AGE}; SameSite=Lax${secure}`
  // Browsers refuse a Domain that is an IP address or a single label such as localhost.
  const takesDomain = /\.[a-z][^.]*$/i.test(domain)
  document.cookie = takesDomain ? `${cookie}; Domain=${domain}` : cookie
  // Refused all the same, as for a public suffix: keep it for this host alone.
  if (takesDomain && !readCookie(name)) document.cookie = cookie
}

/** A random UUID, version 4. `crypto.randomUUID()` is missing on plain http: pages. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(36))
  // In the template `x` is any digit, `y` one of 8, 9, a and b: the variant of RFC 9562.
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (letter, index) =>
    (letter === 'x' ? bytes[index]! & 15 : (bytes[index]! & 3) | 8).toString(16),
  )
}
