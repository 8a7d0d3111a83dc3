/** An outage of a minute, with fewer clients than the benchmark has, and with the real `poll`. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { poll } from '../../src/client/lib/poll.js'
import { fail, succeed } from '../../src/client/response.js'
import { GOAL, OUTAGES, simulate } from '../bench/outage.js'

test.each(OUTAGES)('a minute of outage causes no storm of requests, during it or after it: $name', outage => {
  const { during, after } = simulate(outage, 20_000)
  expect(during).toBeLessThanOrEqual(GOAL.during)
  expect(after).toBeLessThanOrEqual(GOAL.after)
  expect(after).toBeGreaterThan(0.9) // all are back
})

describe('the real poll', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const CLIENTS = 40
  const INTERVAL = 1000

  test.each([
    ['a server that fails', fail('server_error', 'Down.', { status: 503 }), false],
    ['devices that are all online again at once', fail('network_error', 'Offline.'), true],
  ])('keeps to the same goals: %s', async (_, failure, isOffline) => {
    const polls: number[] = []
    const start = performance.now()
    const now = () => performance.now() - start
    const from = 5000
    const to = from + 60_000
    const over = new AbortController()

    for (let client = 0; client < CLIENTS; client++) {
      setTimeout(
        () => {
          const send = async () => {
            polls.push(now())
            return now() >= from && now() < to ? failure : succeed({ done: false })
          }
          void poll({ tokenLifetime: Infinity }, send, {
            interval: INTERVAL,
            timeout: 600_000,
            signal: over.signal,
            isDone: ({ done }) => done,
          })
        },
        (client / CLIENTS) * INTERVAL,
      )
    }
    await vi.advanceTimersByTimeAsync(to)
    if (isOffline) dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(20_000)
    over.abort()

    const between = (begin: number, end: number) =>
      polls.filter(time => time >= begin && time < end).length / CLIENTS / ((end - begin) / INTERVAL)
    expect(between(from, to)).toBeLessThanOrEqual(GOAL.during)
    for (let second = to; second < to + 19_000; second += 250) {
      expect(between(second, second + 1000)).toBeLessThanOrEqual(GOAL.after)
    }
    // Every client has polled again: within a second when the event says so, else within the longest back-off.
    const back = isOffline ? to + 1000 : to + 16_000
    expect(between(back, back + 2000)).toBeGreaterThan(0.9)
  })
})
