/**
 * The tenant's signing key, and the JSON Web Tokens it signs and checks.
 *
 * What the tokens of a challenge say is `tokens.ts`, those of a session `sessions.ts`.
 */

import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'
import { type Clock, toSeconds } from './clock.js'
import { expiredToken, invalidToken } from './errors.js'

// CHOOSE: RS256 with a `kid`; contract 2.
const ALGORITHM = 'RS256'

/** Keeps the kinds of token apart: one is never accepted in place of another. */
export type TokenType = 'JWT' | 'at+jwt'

export interface Keys {
  sign(type: TokenType, claims: JWTPayload, lifetimeMs: number): Promise<string>
  /** The claims of a token that is genuine and has not expired; else throws the contract's error. */
  verify(type: TokenType, token: string): Promise<JWTPayload>
  jwks(): Promise<{ keys: JWK[] }>
}

let generated: ReturnType<typeof generate> | undefined

/**
 * Made on first use, and for all emulators of a process: it takes long enough to be felt in a test suite. A
 * token is good in one emulator nevertheless, for it names records that no other one has.
 */
function key() {
  generated ??= generate()
  return generated
}

export function createKeys(clock: Clock): Keys {
  return {
    async sign(type, claims, lifetimeMs) {
      const { kid, privateKey } = await key()
      const now = clock.now()
      return new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: type })
        .setIssuedAt(toSeconds(now))
        .setExpirationTime(toSeconds(now + lifetimeMs))
        .sign(privateKey)
    },
    async verify(type, token) {
      const { publicKey } = await key()
      try {
        const options = { algorithms: [ALGORITHM], typ: type, currentDate: new Date(clock.now()) }
        return (await jwtVerify(token, publicKey, options)).payload
      } catch (error) {
        throw error instanceof errors.JWTExpired ? expiredToken() : invalidToken()
      }
    },
    async jwks() {
      const { publicJwk } = await key()
      return { keys: [publicJwk] }
    },
  }
}

async function generate() {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const { kty, n, e } = (await exportJWK(publicKey)) as { kty: string; n: string; e: string }
  const kid = await calculateJwkThumbprint({ kty, n, e })
  return { kid, privateKey, publicKey, publicJwk: { kty, n, e, kid, alg: ALGORITHM, use: 'sig' } }
}
