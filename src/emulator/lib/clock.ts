/**
 * The emulator's clock: real time plus an offset.
 *
 * Every expiry, limit and timestamp uses it, so a test can move ten minutes ahead without waiting.
 */

import * as v from 'valibot'
import type { Schemas, Stateful } from './state.js'

export interface ClockState {
  readonly clock: { readonly offsetMs: number }
}

/** The clock, and its part of a snapshot. */
export interface StatefulClock extends Clock, Stateful<ClockState> {
  /** Calls a function whenever the clock was moved; real time goes on without calls. */
  observe(observer: () => void): void
}

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

const REQUIREMENT = 'from 0 ms to 100 years'

const LONGEST_MS = 100 * 365 * 24 * 60 * 60 * 1000

const schema: Schemas<ClockState> = {
  clock: v.strictObject({
    offsetMs: v.pipe(v.number(), v.minValue(0, REQUIREMENT), v.maxValue(LONGEST_MS, REQUIREMENT)),
  }),
}

export function createClock(): StatefulClock {
  const observers: (() => void)[] = []
  let offset = 0

  function move(next: number) {
    offset = next
    for (const observer of observers) observer()
  }

  return {
    now: () => Date.now() + offset,
    advance(seconds) {
      const next = offset + seconds * 1000
      if (typeof seconds !== 'number' || !(seconds >= 0) || next > LONGEST_MS)
        throw new TypeError('"seconds" must be a number from 0 to 100 years in total')
      move(next)
    },
    reset: () => move(0),
    observe(observer) {
      observers.push(observer)
    },
    schema,
    save: () => ({ clock: { offsetMs: offset } }),
    load({ clock }) {
      offset = clock.offsetMs
    },
  }
}

/** A time in ISO 8601 with milliseconds and `Z`. */
export const toIso = (ms: number) => new Date(ms).toISOString()

/** A time in whole seconds since 1970. */
export const toSeconds = (ms: number) => Math.floor(ms / 1000)
