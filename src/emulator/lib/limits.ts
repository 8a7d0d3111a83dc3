/**
 * Sliding windows: how often something may happen to one subject (contract 7).
 */

import type { Limit } from '../authsignal/methods.js'
import { BoundedMap } from './bounded-map.js'
import type { Clock } from './clock.js'

export interface Limits {
  /** Counts one use when the window has room. Otherwise counts nothing and tells when to come back. */
  take(key: string, limit: Limit): { readonly retryAfter?: number }
  sweep(): void
  clear(): void
}

const MAX_KEYS = 50_000
const LONGEST_WINDOW_MS = 60 * 60_000

export function createLimits(clock: Clock): Limits {
  const uses = new BoundedMap<string, number[]>(MAX_KEYS)

  /** The uses inside the window; those after `now` date from before a reset of the clock. */
  const recent = (times: readonly number[], windowMs: number) => {
    const now = clock.now()
    return times.filter(time => time > now - windowMs && time <= now)
  }

  return {
    take(key, { count, windowMs }) {
      const now = clock.now()
      const times = recent(uses.get(key) ?? [], windowMs)
      if (times.length >= count) return { retryAfter: Math.ceil((times[0]! + windowMs - now) / 1000) }
      uses.set(key, [...times, now])
      return {}
    },
    sweep() {
      for (const [key, times] of uses) if (recent(times, LONGEST_WINDOW_MS).length === 0) uses.delete(key)
    },
    clear: () => uses.clear(),
  }
}
