/**
 * Everything that must not be guessed: one-time codes, identifiers, and how secrets are compared.
 */

import { encodeBase64Url } from './base64.js'

const CODE_DIGITS = 6
const CODE_COUNT = 10 ** CODE_DIGITS
const UNBIASED_BELOW = Math.floor(2 ** 32 / CODE_COUNT) * CODE_COUNT

/** A code of six digits, leading zeros kept, each equally likely. CHOOSE: contract 7. */
export function newCode(): string {
  const random = new Uint32Array(1)
  // The numbers above the last full million would make the low codes a little more likely.
  do crypto.getRandomValues(random)
  while (random[0]! >= UNBIASED_BELOW)
  return String(random[0]! % CODE_COUNT).padStart(CODE_DIGITS, '0')
}

/** An identifier nobody can guess. */
export const newId = () => crypto.randomUUID()

/** `size` random bytes in lower-case hexadecimal. */
export function randomHex(size: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(size))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Letters and digits that are not mistaken for each other. There are 32, so each is equally likely. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A text of letters and digits, for a person to see. */
export function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, byte => CHARACTERS[byte % CHARACTERS.length]).join('')
}

/** `size` random bytes in base64url, as WebAuthn writes bytes. */
export const randomBase64Url = (size: number) => encodeBase64Url(crypto.getRandomValues(new Uint8Array(size)))

/** Ten codes of the form `xxxx-xxxx`. CHOOSE: contract 4.5. */
export const newRecoveryCodes = () => Array.from({ length: 10 }, () => `${randomHex(2)}-${randomHex(2)}`)

/** A secret as it can be kept. */
export async function sha256(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return encodeBase64Url(new Uint8Array(digest))
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const encoder = new TextEncoder()
  const left = encoder.encode(given)
  const right = encoder.encode(expected)
  let difference = left.length ^ right.length
  for (let i = 0; i < right.length; i++) difference |= (left[i] ?? 0) ^ right[i]!
  return difference === 0
}
