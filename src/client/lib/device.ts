/**
 * The anonymous ID of this browser: made once, kept in a cookie, known to the backend by its name.
 *
 * Your backend hands it to the track call as `deviceId`, so that rules can tell a known device from a
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
    try {
      const id = readCookie(cookie.name)
      if (id && !renew) return id
      writeCookie(cookie, id ?? made())
      const kept = readCookie(cookie.name)
      if (kept) return kept
    } catch {
      // No document, or a sandboxed one where touching document.cookie throws.
    }
    return made()
  }
  read(true)
  return () => read()
}

function readCookie(name: string): string | undefined {
  const start = `${encodeURIComponent(name)}=`
  for (const cookie of document.cookie.split('; ')) {
    if (cookie.startsWith(start)) return cookie.slice(start.length) || undefined
  }
  return undefined
}

export function writeCookie({ name, domain }: DeviceCookie, id: string): void {
  const secure = location.protocol === 'http:' ? '' : '; Secure'
  const cookie = `${encodeURIComponent(name)}=${id}; Path=/; Max-Age=${MAX_AGE}; SameSite=Lax${secure}`
  // Browsers refuse a Domain that is an IP address or a single label such as localhost.
  const takesDomain = /\.[^.\d]*[a-z][^.]*$/i.test(domain)
  document.cookie = takesDomain ? `${cookie}; Domain=${domain}` : cookie
  // Refused all the same, as for a public suffix: keep it for this host alone.
  if (takesDomain && !readCookie(name)) document.cookie = cookie
}

export function randomId(): string {
  // crypto.randomUUID() is missing on plain http: pages.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
