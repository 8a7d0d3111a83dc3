/**
 * Who may use the control routes of an emulator that other machines can reach: callers on this machine, and those who
 * have the token that is printed at the start.
 */

import { credentials } from '../http/authorization.js'
import { hostOf, isLoopback, isLoopbackHost, trust } from '../http/loopback.js'
import { splitAddress } from '../http/tenant-path.js'
import { forbidden } from '../lib/errors.js'
import { createRandom } from '../lib/random.js'
import { equalSecrets } from '../lib/secrets.js'

const COOKIE = 'emulator-control'
const PARAMETER = 'control-token'

export interface ControlAccess {
  readonly token: string
  /**
   * Lets a request pass, or throws `forbidden`. Returns a response for the address with the token, which a browser opens
   * once: the token becomes a cookie and leaves the address.
   */
  check(request: Request, remoteAddress: string | undefined): Response | undefined
}

export function createControlAccess(token = createRandom().base64Url(24)): ControlAccess {
  const isToken = (given: string | null | undefined) => given != null && equalSecrets(given, token)

  return {
    token,
    check(request, remoteAddress = '') {
      const url = new URL(request.url)
      if (request.method === 'GET' && isToken(url.searchParams.get(PARAMETER))) return enter(url, token)
      if (!/^\/emulator(\/|$)/.test(splitAddress(request.url).path)) return undefined
      const isLocal = isLoopbackAddress(remoteAddress) && isLoopbackHost(hostOf(request))
      if (isToken(credentials(request, 'Bearer')) || isToken(cookieOf(request))) trust(request)
      else if (!isLocal) throw forbidden('The control routes need the token that was printed at the start.')
      return undefined
    },
  }
}

/** The address that a browser opens once. */
export const entryOf = (url: string, token: string) => `${url}/?${PARAMETER}=${token}`

function enter(url: URL, token: string): Response {
  url.searchParams.delete(PARAMETER)
  return new Response(null, {
    status: 303,
    headers: {
      Location: url.pathname + url.search,
      'Set-Cookie': `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict`,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  })
}

const cookieOf = (request: Request) =>
  new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(request.headers.get('Cookie') ?? '')?.[1]

/** An IPv4 address can be written as one of IPv6. */
const isLoopbackAddress = (address: string) =>
  address === '::1' || isLoopback(address.replace(/^::ffff:/, ''))
