/**
 * Parses what the user enters: phone numbers and email addresses. Codes are parsed by `code/digits.ts`.
 *
 * Each function returns the normalized value, `undefined` when the input is not valid. The field keeps
 * showing what was entered.
 *
 * @module
 */

/** Of the number ranges and domains that are kept free for examples. */
export const EXAMPLES = { phoneNumber: '+44\u00a07700\u00a0900123', emailAddress: 'name@example.com' }

/** E.164, as in `+447700900123`. */
export function phoneNumber(typed: string): string | undefined {
  const bare = typed
    // NFKC turns full-width digits, which Japanese keyboards type, into ASCII.
    .normalize('NFKC')
    .replace(/[\s().\-/\p{Cf}]/gu, '')
    .replace(/^00/, '+')
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : undefined
}

/** Refuses only what cannot be an address. The code that is sent next verifies the rest. */
export function emailAddress(typed: string): string | undefined {
  const bare = typed.trim()
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(bare) ? bare : undefined
}
