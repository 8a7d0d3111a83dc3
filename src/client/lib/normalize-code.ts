/**
 * What counts as the digits of a code. The field for codes in `src/elements/` uses the same rule.
 *
 * @module
 */

/** The digits of a code, without the spaces and hyphens that people and messengers add. */
export function normalizeCode(code: string): string {
  return code
    .replace(/[\s\p{Dash}\p{Cf}]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, digit => String(digit.charCodeAt(0) & 15))
}
