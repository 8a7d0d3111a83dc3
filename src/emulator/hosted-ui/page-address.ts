/**
 * What the page's own address says, and the address the user goes back to.
 *
 * Only text and URLs here; the token in it is first used by `session.ts`.
 *
 * @module
 */

export interface PageAddress {
  readonly token: string | undefined
  /** `popup` when `launch()` waits for messages, in a frame or in a window; `redirect` otherwise. */
  readonly mode: 'popup' | 'redirect'
  /** The app wants a further method set up, even if the action needs no challenge. */
  readonly forceEnrollment: boolean
}

export function readPageAddress(href: string): PageAddress {
  const { searchParams } = new URL(href)
  return {
    token: searchParams.get('token') || undefined,
    mode: searchParams.get('mode') === 'popup' ? 'popup' : 'redirect',
    forceEnrollment: searchParams.get('force_enrollment') === 'true',
  }
}

/** Whether the token can be in an `Authorization` header at all (RFC 6750), whatever is in it. */
export function isBearer(token: string): boolean {
  return /^[\w\-.~+/]+=*$/.test(token)
}

/**
 * The app's return address with `token` added to its query, or `undefined` when that is not a web
 * address. The other parameters stay exactly as the app wrote them: `URLSearchParams` would rewrite
 * their escapes.
 */
export function returnAddress(redirectUrl: string | undefined, token: string): string | undefined {
  if (!redirectUrl || !URL.canParse(redirectUrl)) return undefined
  const url = new URL(redirectUrl)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined

  const others = url.search
    .slice(1)
    .split('&')
    .filter(pair => pair !== '' && pair.split('=')[0] !== 'token')
  url.search = [...others, `token=${encodeURIComponent(token)}`].join('&')
  return url.href
}
