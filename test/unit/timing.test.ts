// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { backOff, sleep } from '../../src/client/lib/timing.js'
import { watchListeners } from './listeners.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const LONGEST_TIMER = 2 ** 31 - 1

describe('sleep()', () => {
  function start(ms: number) {
    const controller = new AbortController()
    const listeners = watchListeners(controller.signal)
    let isOver = false
    void sleep(ms, controller.signal).then(() => {
      isOver = true
    })
    return { controller, listeners, isOver: () => isOver }
  }

  test.each([1, 1000, LONGEST_TIMER, LONGEST_TIMER + 1, 2 ** 33])(
    'lasts %i ms, and leaves no timer and no listener',
    async ms => {
      const { isOver, listeners } = start(ms)
      await vi.advanceTimersByTimeAsync(ms - 1)
      expect(isOver()).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(isOver()).toBe(true)
      expect(listeners()).toEqual([])
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  test('uses one timer for all that a timer holds', async () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    start(LONGEST_TIMER)
    await vi.advanceTimersByTimeAsync(LONGEST_TIMER)
    expect(setTimer).toHaveBeenCalledOnce()
  })

  test('ends with its signal, and leaves no timer and no listener', async () => {
    const { controller, isOver, listeners } = start(1000)
    expect(listeners()).toEqual(['abort'])
    controller.abort()
    await Promise.resolve()
    expect(isOver()).toBe(true)
    expect(listeners()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('does not begin when its signal has aborted before', async () => {
    const signal = AbortSignal.abort()
    const listeners = watchListeners(signal)
    await sleep(1000, signal)
    expect(listeners()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('backOff()', () => {
  test.each([
    [1, 1000, 1500, 2000],
    [3, 1000, 6000, 8000],
    [4, 1000, 11_250, 15_000],
    [60, 1000, 11_250, 15_000],
    [1, 20_000, 20_000, 26_666],
  ])('after failure %i, with an interval of %i ms, is between %i and %i ms', (attempt, base, least, most) => {
    const random = vi.spyOn(Math, 'random')
    random.mockReturnValue(0)
    expect(backOff(attempt, base)).toBe(least)
    random.mockReturnValue(1)
    expect(Math.floor(backOff(attempt, base))).toBe(most)
  })
})
