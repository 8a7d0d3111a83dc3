/**
 * The way back from a launch in redirect mode.
 *
 * @module
 */
import type { ChannelContext } from '../context.js'
import { isToken } from '../lib/token.js'
import { takeToken } from './url.js'

/**
 * Picks up the token that the hosted page has put into this page's address, and takes every parameter
 * `token` out of the address and out of the history. The client uses the token from now on.
 *
 * The user may also have come back without verifying, or by an address that was made up: only your
 * backend's validate call proves it.
 *
 * @returns The token, the first one if there are several; `undefined` when the address holds none.
 *
 * @example
 * const token = authsignal.handleRedirect()
 * if (token) await sendToBackend(token)
 */
export type HandleRedirect = () => string | undefined

/**
 * Makes `handleRedirect()`. With `createClient`, put it among the channels.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { handleRedirect } })
 * const token = client.handleRedirect()
 * if (token) await sendToBackend(token)
 */
export function handleRedirect(context: ChannelContext): HandleRedirect {
  return () => {
    if (typeof location === 'undefined') return undefined
    const url = new URL(location.href)
    const token = takeToken(url)
    if (url.search !== location.search) history.replaceState(history.state, '', url)
    // The address may be made up: only what a header can hold is a token.
    if (!isToken(token)) return undefined
    context.setToken(token)
    return token
  }
}
