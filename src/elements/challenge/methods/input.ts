/**
 * Reading what a person types: codes, phone numbers and e-mail addresses.
 *
 * Each function answers the clean value, or `undefined` when something is still missing. What is
 * shown in the field stays as typed.
 *
 * @module
 */

export const CODE_LENGTH = 6

/** The digits of a code, without the spaces and hyphens that people and messages put in. */
export function codeDigits(typed: string): string {
  // NFKC turns full-width digits, which Japanese keyboards type, into ASCII.
  return typed.normalize('NFKC').replace(/[^\p{Nd}]/gu, '')
}

/** E.164, as in `+447700900123`. */
export function phoneNumber(typed: string): string | undefined {
  const bare = typed
    .normalize('NFKC')
    .replace(/[\s().\-/\p{Cf}]/gu, '')
    .replace(/^00/, '+')
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : undefined
}

/** Only what is certainly no address is refused: the code that follows proves the rest. */
export function emailAddress(typed: string): string | undefined {
  const bare = typed.trim()
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(bare) ? bare : undefined
}
