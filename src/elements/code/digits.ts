/**
 * Finds the code in what the user types, pastes or has filled in.
 *
 * @module
 */
import { normalizeCode } from '../../client/lib/normalize-code.js'

/**
 * The digits of the code in a text, at most `length`.
 *
 * A number of exactly `length` digits is the code, whatever other numbers are in the text. Without one, the first
 * digits are: they are what the user has typed so far.
 */
export function codeDigits(text: string, length: number): string {
  const plain = normalizeCode(text)
  return plain.match(`(?<!\\d)\\d{${length}}(?!\\d)`)?.[0] ?? plain.replace(/\D/g, '').slice(0, length)
}
