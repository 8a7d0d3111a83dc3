/**
 * Phones that answer for a user: their keys, and what they sign (contract 3.11).
 */

import { decodeBytes } from '../lib/base64.js'
import type { Clock } from '../lib/clock.js'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }

const HALF_BYTES = 32
const TEN_MINUTES_MS = 600_000

/** Whether the text is the public key of a P-256 pair, as base64 of its DER. */
export const isPublicKey = async (publicKey: string) => (await importKey(publicKey)) !== undefined

/** Whether the device of this key has signed the text; the signature is base64 of DER. */
export async function isSignedBy(publicKey: string, signature: string, text: string): Promise<boolean> {
  const key = await importKey(publicKey)
  const raw = fromDer(decodeBytes(signature))
  return (
    key !== undefined &&
    raw !== undefined &&
    crypto.subtle.verify(SIGNATURE, key, raw, new TextEncoder().encode(text))
  )
}

/** What a device signs that names no challenge: the present ten minutes, as some write it, or those before. */
export function currentPeriods(clock: Clock): string[] {
  const period = Math.floor(clock.now() / TEN_MINUTES_MS)
  return [period, period - 1].flatMap(each => [`${each}`, `${each}.0`])
}

async function importKey(publicKey: string): Promise<CryptoKey | undefined> {
  const bytes = decodeBytes(publicKey)
  if (bytes === undefined) return undefined
  return crypto.subtle.importKey('spki', bytes, CURVE, false, ['verify']).catch(() => undefined)
}

/** The two numbers of a signature side by side, as WebCrypto reads them. */
function fromDer(der: Uint8Array | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (der === undefined || der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const raw = new Uint8Array(2 * HALF_BYTES)
  let at = 2
  for (const end of [HALF_BYTES, 2 * HALF_BYTES]) {
    const length = der[at + 1] ?? 0
    if (der[at] !== 2 || at + 2 + length > der.length) return undefined
    const digits = der.slice(at + 2, at + 2 + length)
    const start = digits.findIndex(byte => byte !== 0)
    const number = start === -1 ? digits.slice(0, 0) : digits.slice(start)
    if (number.length > HALF_BYTES) return undefined
    raw.set(number, end - number.length)
    at += 2 + length
  }
  return at === der.length ? raw : undefined
}
