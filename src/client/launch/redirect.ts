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
 * The user may also have come back without verifying, or by an address that somebody made up: only your
 * backend's validate call tells.
 *
 * @returns The token, the first one if there are several; `undefined` when the address holds none.
 */
export type HandleRedirect = () => string | undefined

export function handleRedirect(context: ChannelContext): HandleRedirect {
  return () => {
    if (typeof location === 'undefined') return undefined
    const url = new URL(location.href)
    const token = takeToken(url)
    if (url.search !== location.search) history.replaceState(history.state, '', url)
    // Anybody can make up the address: what no header can hold is not a token.
    if (!isToken(token)) return undefined
    context.setToken(token)
    return token
  }
}
