/**
 * Rate limits: how often something may happen to one subject within a sliding window.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from './bounded-map.js'
import type { Clock } from './clock.js'
import { listOf, type Schemas, Text, Time } from './state.js'

/** At most `count` uses within `windowMs`. */
export interface Limit {
  readonly count: number
  readonly windowMs: number
}

interface LimitsState {
  /** When each limit was used. */
  readonly limits: readonly { readonly key: string; readonly times: readonly number[] }[]
}

export interface Limits extends Records<LimitsState> {
  /**
   * Counts one use if the window has room. Otherwise nothing is counted, and `retryAfter` says in how many
   * seconds there will be room.
   */
  take(key: string, limit: Limit): { readonly retryAfter?: number }
}

const MAX_KEYS = 50_000
const LONGEST_WINDOW_MS = 60 * 60_000

const schema: Schemas<LimitsState> = {
  limits: listOf(v.strictObject({ key: Text, times: v.array(Time) }), 'key'),
}

export function createLimits(clock: Clock): Limits {
  const uses = new BoundedMap<string, readonly number[]>(MAX_KEYS)

  /** The uses inside the window. A use later than now was counted before the clock was reset. */
  const recent = (times: readonly number[], windowMs: number): readonly number[] => {
    const now = clock.now()
    return times.filter(time => time > now - windowMs && time <= now)
  }

  return {
    take(key, { count, windowMs }) {
      const now = clock.now()
      const times = recent(uses.get(key) ?? [], windowMs)
      if (times.length >= count) return { retryAfter: Math.ceil((times[0]! + windowMs - now) / 1000) }
      // Not a spread, which leaves room for many more: there are thousands of these lists, most with one entry.
      uses.set(key, times.concat(now))
      return {}
    },
    get size() {
      return uses.size
    },
    sweep: () => uses.deleteWhere(times => recent(times, LONGEST_WINDOW_MS).length === 0),
    clear: () => uses.clear(),
    schema,
    save: () => ({ limits: Array.from(uses, ([key, times]) => ({ key, times })) }),
    load: ({ limits }) => uses.replace(limits.map(({ key, times }) => [key, times])),
  }
}
