/**
 * The signing key, and signing and verifying JSON Web Tokens with it.
 */

import type { JWK, JWTPayload } from 'jose'
import { JWTExpired } from 'jose/errors'
import * as v from 'valibot'
import { type Clock, toSeconds } from './clock.js'
import { createRandom } from './random.js'
import { rsaKey } from './rsa.js'

const ALGORITHM = 'RS256'
const WEB_CRYPTO = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** The `typ` of a token. A token of one kind is never accepted in place of the other. */
export type TokenType = 'JWT' | 'at+jwt'

const part = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/, 'base64url'))

/** The private key in a snapshot: a JSON Web Key (RFC 7517). */
export const SigningKey = v.strictObject({
  kty: v.literal('RSA'),
  n: part,
  e: part,
  d: part,
  p: part,
  q: part,
  dp: part,
  dq: part,
  qi: part,
})

export type SigningKey = v.InferOutput<typeof SigningKey>

export interface Keys {
  sign(type: TokenType, claims: JWTPayload, lifetimeMs: number): Promise<string>
  /** The claims of a token. Rejects with `TokenExpired`, or with another error when it is not valid. */
  verify(type: TokenType, token: string): Promise<JWTPayload>
  jwks(): Promise<{ keys: JWK[] }>
  /** The key, if this emulator has used it. */
  save(): Promise<SigningKey | undefined>
  /** Reads a key; the function it returns puts the key to use. Rejects when it is not a key. */
  read(key: SigningKey): Promise<() => void>
}

/** Why a token that is otherwise valid was rejected. */
export const TokenExpired = JWTExpired

/** Loaded with the first token. */
const loadJose = () => import('./jose.js')

let generated: ReturnType<typeof generate> | undefined

/**
 * One key for all emulators of a process, generated on first use, because generating takes time. A token is
 * valid in its own emulator only: it names records that no other emulator has.
 */
function shared() {
  generated ??= generate()
  return generated
}

/** The key of a seed, which takes a third of a second to derive. The last one is kept, for the next emulator. */
function derived(seed: number) {
  if (ofSeed?.seed !== seed) ofSeed = { seed, key: importPair(rsaKey(createRandom(seed).bytes)) }
  return ofSeed.key
}

let ofSeed: { readonly seed: number; readonly key: ReturnType<typeof generate> } | undefined

export function createKeys(clock: Clock, seed?: number): Keys {
  let used: ReturnType<typeof generate> | undefined

  const key = () => {
    used ??= seed === undefined ? shared() : derived(seed)
    return used
  }

  return {
    async sign(type, claims, lifetimeMs) {
      const [{ SignJWT }, { kid, privateKey }] = await Promise.all([loadJose(), key()])
      const now = clock.now()
      return new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: type })
        .setIssuedAt(toSeconds(now))
        .setExpirationTime(toSeconds(now + lifetimeMs))
        .sign(privateKey)
    },
    async verify(type, token) {
      const [{ jwtVerify }, { publicKey }] = await Promise.all([loadJose(), key()])
      const options = { algorithms: [ALGORITHM], typ: type, currentDate: new Date(clock.now()) }
      return (await jwtVerify(token, publicKey, options)).payload
    },
    async jwks() {
      const { publicJwk } = await key()
      return { keys: [publicJwk] }
    },
    async save() {
      if (used === undefined) return undefined
      const [{ exportJWK }, { privateKey }] = await Promise.all([loadJose(), used])
      return v.parse(v.object(SigningKey.entries), await exportJWK(privateKey))
    },
    async read(jwk) {
      const current = await used
      if (current !== undefined && current.publicJwk.n === jwk.n) return () => {}
      const pair = await importPair(jwk)
      await requireMatch(pair)
      return () => {
        used = Promise.resolve(pair)
      }
    },
  }
}

async function generate() {
  const { generateKeyPair } = await loadJose()
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  return keyPair(privateKey, publicKey)
}

async function importPair(jwk: SigningKey) {
  const { kty, n, e } = jwk
  return keyPair(await importPrivate(jwk), await importPublic({ kty, n, e }))
}

const importPrivate = (jwk: SigningKey) =>
  crypto.subtle.importKey('jwk', { ...jwk, alg: ALGORITHM }, WEB_CRYPTO, true, ['sign'])

const importPublic = (jwk: JsonWebKey) =>
  crypto.subtle.importKey('jwk', { ...jwk, alg: ALGORITHM }, WEB_CRYPTO, true, ['verify'])

/** Importing a key does not check that its numbers belong together. */
async function requireMatch({ privateKey, publicKey }: Awaited<ReturnType<typeof keyPair>>) {
  const text = new Uint8Array(1)
  const signature = await crypto.subtle.sign(WEB_CRYPTO, privateKey, text)
  if (!(await crypto.subtle.verify(WEB_CRYPTO, publicKey, signature, text)))
    throw new Error('The two halves of the key do not match')
}

async function keyPair(privateKey: CryptoKey, publicKey: CryptoKey) {
  const { calculateJwkThumbprint, exportJWK } = await loadJose()
  const { kty, n, e } = (await exportJWK(publicKey)) as { kty: string; n: string; e: string }
  // The prefix shows whose tokens these are, should one get into another system.
  const kid = `emulator-${await calculateJwkThumbprint({ kty, n, e })}`
  return { kid, privateKey, publicKey, publicJwk: { kty, n, e, kid, alg: ALGORITHM, use: 'sig' } }
}
