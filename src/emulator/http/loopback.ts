/**
 * Host names of this machine.
 */

import { forbidden } from '../lib/errors.js'

/** Whether a host name, as `URL` writes it, always means this machine. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(hostname)

/**
 * The host that a request names. Over HTTP it is the `Host` header, which a page cannot set; a proxy or an adapter
 * can change the URL. A request inside the process has only the URL.
 */
export const hostOf = ({ headers, url }: Request) => headers.get('Host') ?? new URL(url).host

/** Whether a host as `Host` names it, with or without a port, can only be this machine. */
export function isLoopbackHost(host: string): boolean {
  try {
    const { href, origin, hostname } = new URL(`http://${host}`)
    // Otherwise it contains more than a host.
    return href === `${origin}/` && isLoopback(hostname)
  } catch {
    return false
  }
}

/** Against DNS rebinding: any web page could reach the emulator by a host name that resolves to 127.0.0.1. */
export function requireLoopback(host: string): void {
  if (!isLoopbackHost(host)) throw forbidden('The emulator serves requests to a loopback host name only.')
}

const trusted = new WeakSet<Request>()

/** Lets a request use the control routes by any host name: its caller has the token for them. */
export const trust = (request: Request) => void trusted.add(request)

export const isTrusted = (request: Request) => trusted.has(request)
