/**
 * What an outage of a minute means for a service that a million clients wait for.
 *
 * A model with a clock of its own: each client polls by the rules of `poll`, whose delays are computed by
 * the functions that `poll` itself uses. Clients know nothing of each other, so each is followed by itself,
 * and its requests are added to those of all.
 *
 * @module
 */
import { delayAfter } from '../../src/client/lib/poll.js'
import { spread } from '../../src/client/lib/timing.js'
import type { Result } from './result.js'

/** Times in ms. The outage begins at 0. */
const OUTAGE = 60_000
const BEFORE = 2000
const AFTER = 20_000

/** Delay between a response and the next poll, and how long a response takes. */
const INTERVAL = 1000
const LATENCY = 100

/** Requests are counted per tenth of a second. */
const SLOT = 100
const SLOTS_PER_SECOND = 1000 / SLOT

export interface Outage {
  readonly name: string
  /** How long a request takes to fail. */
  readonly takes: number
  /** What the server says about coming back; the same moment for all. */
  readonly retryAtEnd?: true
  /** Devices were offline, and all are online again at the moment when the outage ends. */
  readonly isOffline?: true
}

export const OUTAGES: readonly Outage[] = [
  { name: 'the server fails', takes: LATENCY },
  { name: 'no response', takes: 10_000 },
  { name: 'one Retry-After for all', takes: LATENCY, retryAtEnd: true },
  { name: 'all devices offline, then online', takes: 0, isOffline: true },
]

export interface Load {
  /** Requests during the outage, as a share of those of an ordinary minute. */
  readonly during: number
  /** Requests in the busiest second after it, as a share of those of an ordinary second. */
  readonly after: number
}

export function simulate({ takes, retryAtEnd, isOffline }: Outage, clients: number): Load {
  const slots = new Uint32Array((BEFORE + OUTAGE + AFTER) / SLOT)
  const slotOf = (time: number) => Math.floor((time + BEFORE) / SLOT)
  const period = INTERVAL + LATENCY

  for (let client = 0; client < clients; client++) {
    let failures = 0
    let time = -BEFORE + spread(period)
    while (time < OUTAGE + AFTER) {
      slots[slotOf(time)]!++
      if (time < 0 || time >= OUTAGE) {
        failures = 0
        time += LATENCY + delayAfter(undefined, failures, INTERVAL)
        continue
      }
      const failed = time + takes
      const retryAfter = retryAtEnd && failed < OUTAGE ? Math.ceil((OUTAGE - failed) / 1000) : 0
      const next = failed + delayAfter({ retryAfter }, ++failures, INTERVAL)
      time = isOffline && next > OUTAGE ? Math.min(next, OUTAGE + spread(INTERVAL)) : next
    }
  }

  const perSecond = (clients * 1000) / period
  return {
    during: sum(slots, slotOf(0), slotOf(OUTAGE)) / (perSecond * (OUTAGE / 1000)),
    after: busiestSecond(slots, slotOf(OUTAGE)) / perSecond,
  }
}

function sum(slots: Uint32Array, from: number, to: number): number {
  return slots.subarray(from, to).reduce((total, count) => total + count, 0)
}

/** The highest sum of as many slots in a row as a second has, wherever the second begins. */
function busiestSecond(slots: Uint32Array, from: number): number {
  let highest = 0
  for (let slot = from; slot + SLOTS_PER_SECOND <= slots.length; slot++) {
    highest = Math.max(highest, sum(slots, slot, slot + SLOTS_PER_SECOND))
  }
  return highest
}

/** Shares of the ordinary rate. */
export const GOAL: Load = { during: 0.3, after: 1.2 }

export function measureOutages(): Result[] {
  return OUTAGES.map(outage => {
    const { during, after } = simulate(outage, 1_000_000)
    return {
      name: `1,000,000 waits, 1 minute down: ${outage.name}`,
      ours: `${during.toFixed(2)} during, ${after.toFixed(2)} after`,
      goal: {
        text: `requests per second, of the usual: at most ${GOAL.during} during, ${GOAL.after} in any second after`,
        isMet: during <= GOAL.during && after <= GOAL.after,
      },
    }
  })
}
