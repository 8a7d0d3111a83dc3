/**
 * The keys of phones that receive push challenges: ECDSA over P-256 with SHA-256. WebCrypto takes signatures
 * as two numbers side by side (IEEE P1363), phones send them in DER.
 */

import { decodeBytes } from '../lib/base64.js'
import type { Clock } from '../lib/clock.js'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }

const HALF_BYTES = 32
const TEN_MINUTES_MS = 600_000

/** Whether the text is a P-256 public key: base64 of its DER form (SPKI). */
export const isPublicKey = async (publicKey: string) => (await importKey(publicKey)) !== undefined

/** Whether the signature, base64 of its DER form, is one of this key over the text. */
export async function isSignedBy(publicKey: string, signature: string, text: string): Promise<boolean> {
  const key = await importKey(publicKey)
  const raw = fromDer(decodeBytes(signature))
  return (
    key !== undefined &&
    raw !== undefined &&
    crypto.subtle.verify(SIGNATURE, key, raw, new TextEncoder().encode(text))
  )
}

/**
 * The texts that a request may sign when it names no challenge: the number of the current or the previous ten
 * minutes. Some SDKs write it with a trailing `.0`.
 */
export function currentPeriods(clock: Clock): string[] {
  const period = Math.floor(clock.now() / TEN_MINUTES_MS)
  return [period, period - 1].flatMap(each => [`${each}`, `${each}.0`])
}

async function importKey(publicKey: string): Promise<CryptoKey | undefined> {
  const bytes = decodeBytes(publicKey)
  if (bytes === undefined) return undefined
  return crypto.subtle.importKey('spki', bytes, CURVE, false, ['verify']).catch(() => undefined)
}

/** Converts a signature from DER to the form of WebCrypto. */
function fromDer(der: Uint8Array | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (der === undefined || der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const raw = new Uint8Array(2 * HALF_BYTES)
  let at = 2
  for (const end of [HALF_BYTES, 2 * HALF_BYTES]) {
    const length = der[at + 1] ?? 0
    if (der[at] !== 2) return undefined
    const digits = der.slice(at + 2, at + 2 + length)
    // Without the zeros in front; of nothing but zeros the last one is left.
    const number = digits.slice(digits.findIndex(byte => byte !== 0))
    if (number.length > HALF_BYTES) return undefined
    raw.set(number, end - number.length)
    at += 2 + length
  }
  return at === der.length ? raw : undefined
}
