/**
 * Random codes and identifiers, and comparing secrets.
 */

import { encodeBase64Url } from './base64.js'

const CODE_DIGITS = 6
const CODE_COUNT = 10 ** CODE_DIGITS
const UNBIASED_BELOW = Math.floor(2 ** 32 / CODE_COUNT) * CODE_COUNT

/** A code of six digits, leading zeros included, each equally likely. */
export function newCode(): string {
  const random = new Uint32Array(1)
  // Numbers above the last full million are skipped: they would make low codes more likely.
  do crypto.getRandomValues(random)
  while (random[0]! >= UNBIASED_BELOW)
  return String(random[0]! % CODE_COUNT).padStart(CODE_DIGITS, '0')
}

/** A random identifier (UUID). */
export const newId = () => crypto.randomUUID()

/** `size` random bytes as lower-case hexadecimal. */
export function randomHex(size: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(size))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Letters and digits that do not look alike. There are 32, so each is equally likely. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Random letters and digits that people can read. */
export function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, byte => CHARACTERS[byte % CHARACTERS.length]).join('')
}

/** `size` random bytes as base64url. */
export const randomBase64Url = (size: number) => encodeBase64Url(crypto.getRandomValues(new Uint8Array(size)))

/** Ten recovery codes of the form `xxxx-xxxx`. */
export const newRecoveryCodes = () => Array.from({ length: 10 }, () => `${randomHex(2)}-${randomHex(2)}`)

/** Compares two secrets in a time that does not depend on where they differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const encoder = new TextEncoder()
  const left = encoder.encode(given)
  const right = encoder.encode(expected)
  let difference = left.length ^ right.length
  for (let i = 0; i < right.length; i++) difference |= (left[i] ?? 0) ^ right[i]!
  return difference === 0
}
