/**
 * The signing key, and signing and verifying JSON Web Tokens with it.
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

const ALGORITHM = 'RS256'

/** The `typ` of a token. A token of one kind is never accepted in place of the other. */
export type TokenType = 'JWT' | 'at+jwt'

export interface Keys {
  sign(type: TokenType, claims: JWTPayload, lifetimeMs: number): Promise<string>
  /** The claims of a token. Rejects with `TokenExpired`, or with another error when it is not valid. */
  verify(type: TokenType, token: string): Promise<JWTPayload>
  jwks(): Promise<{ keys: JWK[] }>
}

/** Why a token that is otherwise valid was rejected. */
export const TokenExpired = errors.JWTExpired

let generated: ReturnType<typeof generate> | undefined

/**
 * One key for all emulators of a process, generated on first use, because generating takes time. A token is
 * valid in its own emulator only: it names records that no other emulator has.
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
      const options = { algorithms: [ALGORITHM], typ: type, currentDate: new Date(clock.now()) }
      return (await jwtVerify(token, publicKey, options)).payload
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
