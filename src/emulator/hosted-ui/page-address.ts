/**
 * The parameters in the address of the page, and the address that the user returns to.
 *
 * @module
 */

import { jwtDecode } from 'jwt-decode'

export interface PageAddress {
  readonly token: string | undefined
  /** `popup` if `launch()` listens for messages, in a frame or a window; otherwise `redirect`. */
  readonly mode: 'popup' | 'redirect'
  /** Whether the user has to add a method, even if the action needs no challenge. */
  readonly forceEnrollment: boolean
  /** The language that the app wants. Without one, that of the browser. */
  readonly lang: string | undefined
}

export function readPageAddress(href: string): PageAddress {
  const { searchParams } = new URL(href)
  return {
    token: searchParams.get('token') || undefined,
    mode: searchParams.get('mode') === 'popup' ? 'popup' : 'redirect',
    forceEnrollment: searchParams.get('force_enrollment') === 'true',
    lang: searchParams.get('lang') || undefined,
  }
}

/** The tenant in the token. The service checks whether the token is valid. */
export function tenantOf(token = ''): string {
  try {
    const { other } = jwtDecode<{ other?: { tenantId?: string } }>(token)
    return other?.tenantId || 'unknown'
  } catch {
    return 'unknown'
  }
}

/**
 * The app's return address with `token` added to its query; `undefined` when it is not a web address. The
 * other parameters stay exactly as the app wrote them: `URLSearchParams` would rewrite their escapes.
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
