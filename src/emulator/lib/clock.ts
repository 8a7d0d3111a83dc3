/**
 * The emulator's clock: real time plus an offset.
 *
 * Every expiry, limit and timestamp uses it, so a test can move ten minutes ahead without waiting.
 */

export interface Clock {
  /** The emulator's time, in milliseconds since 1970, like `Date.now()`. */
  now(): number
  /**
   * Moves the clock ahead, for codes, tokens and limits.
   *
   * @param seconds How far, in seconds, from 0 to 100 years in total.
   * @throws {TypeError} When `seconds` is anything else.
   */
  advance(seconds: number): void
  /** Returns to real time. */
  reset(): void
}

const LONGEST_MS = 100 * 365 * 24 * 60 * 60 * 1000

export function createClock(): Clock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance(seconds) {
      const next = offset + seconds * 1000
      if (typeof seconds !== 'number' || !(seconds >= 0) || next > LONGEST_MS)
        throw new TypeError('"seconds" must be a number from 0 to 100 years in total')
      offset = next
    },
    reset() {
      offset = 0
    },
  }
}

/** A time in ISO 8601 with milliseconds and `Z`. */
export const toIso = (ms: number) => new Date(ms).toISOString()

/** A time in whole seconds since 1970. */
export const toSeconds = (ms: number) => Math.floor(ms / 1000)
