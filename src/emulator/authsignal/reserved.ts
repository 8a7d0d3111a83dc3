/**
 * Reserved numbers and addresses, whose messages always do the same. They work where the option `reserved` is set.
 *
 * The numbers are reserved for fiction, and the domain for tests (RFC 2606), so they belong to no one.
 */

/** What happens to the codes and links of a reserved number or address. */
export type Behaviour =
  /** Each code is 424242. */
  | 'fixed'
  /** Nothing arrives. */
  | 'lost'
  /** Everything arrives three seconds late. */
  | 'late'
  /** The provider refuses each message. */
  | 'refused'
  /** The limit is always reached. */
  | 'limited'

export const FIXED_CODE = '424242'
export const DELAY_MS = 3000
export const RETRY_AFTER_SECONDS = 60

const BEHAVIOURS: ReadonlyMap<string, Behaviour> = new Map([
  ['12025550101', 'fixed'],
  ['fixed@emulator.test', 'fixed'],
  ['12025550102', 'lost'],
  ['lost@emulator.test', 'lost'],
  ['12025550103', 'late'],
  ['late@emulator.test', 'late'],
  ['12025550104', 'refused'],
  ['refused@emulator.test', 'refused'],
  ['12025550105', 'limited'],
  ['limited@emulator.test', 'limited'],
])

/** What a phone number or e-mail address is reserved for. Backends may store numbers without a plus. */
export const behaviourOf = (contact: string): Behaviour | undefined =>
  BEHAVIOURS.get(contact.replace(/^\+/, '').toLowerCase())
