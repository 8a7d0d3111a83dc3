/**
 * The track token: holding it, reading when it expires, getting a new one once.
 *
 * The token is opaque to the client. Its claims are read for one purpose only, to know its lifetime
 * without a request; what it grants is up to the server.
 *
 * @module
 */
import { jwtDecode } from 'jwt-decode'
import { matches } from '../options.js'
import { report } from './notify.js'

/** A token, and what is known about it. */
export interface HeldToken {
  readonly value: string
  /** What is left of its lifetime, in milliseconds. `Infinity` when only the server knows. */
  lifetime(): number
  /** The one attempt to replace this token, shared by every call that found it expired. */
  renewal?: Promise<unknown>
}

export interface TokenHolder {
  readonly current: HeldToken | undefined
  set(token: string): void
  /** Uses `token` from now on, unless `usedToken` has been replaced in the meantime. */
  replace(usedToken: HeldToken | undefined, token: string): void
  /**
   * Calls `onTokenExpired` for a replacement, once per token. Only a JWT counts as one: handlers written
   * for `@authsignal/browser` return anything, such as the ID of a toast.
   *
   * @returns The token to try again with, or `undefined` when there is none.
   * @throws What `onTokenExpired` has thrown, after it was reported.
   */
  renew(expired: HeldToken): Promise<HeldToken | undefined>
}

/** Whether this can be sent as a token: printable ASCII without spaces, which any header holds as it is. */
export function isToken(value: unknown): value is string {
  return matches(value, /^[!-~]+$/)
}

export function holdToken(onTokenExpired?: () => unknown): TokenHolder {
  let current: HeldToken | undefined

  const holder: TokenHolder = {
    get current() {
      return current
    },
    set(token) {
      current = { value: token, lifetime: lifetimeOf(token) }
    },
    replace(usedToken, token) {
      if (current === usedToken) holder.set(token)
    },
    async renew(expired) {
      expired.renewal ??= (async () => {
        const token = await onTokenExpired?.()
        // Three parts in base64url, the first one a JSON object: `eyJ` is `{"`.
        if (matches(token, /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)) holder.replace(expired, token)
      })().catch(error => {
        report(error)
        throw error
      })
      await expired.renewal
      // A handler may also have called setToken() itself.
      return current === expired ? undefined : current
    },
  }
  return holder
}

/**
 * What is left of a token's own lifetime (`exp - iat`), measured from now on a clock that only goes
 * forward: a device whose date is wrong, or is changed meanwhile, makes no difference.
 */
function lifetimeOf(token: string): () => number {
  let end = Infinity
  try {
    const { exp, iat } = jwtDecode(token)
    if (exp && iat) end = performance.now() + (exp - iat) * 1000
  } catch {
    // Not a JWT.
  }
  return () => end - performance.now()
}
