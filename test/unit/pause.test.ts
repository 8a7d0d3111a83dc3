/** The pause between two polls. What it means for a whole wait is tested in `poll.test.ts`. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pause, type Shortcuts } from '../../src/client/lib/poll.js'
import { watchListeners } from './listeners.js'

beforeEach(() => {
  vi.useFakeTimers()
  // A page of its own: polls that other files have left may listen to the real one.
  const page = Object.defineProperty(new EventTarget(), 'hidden', { configurable: true, get: () => false })
  vi.stubGlobal('document', page)
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function start(shortcuts: Shortcuts = {}, signal = new AbortController().signal) {
  const listeners = {
    page: watchListeners(document),
    device: watchListeners(globalThis as never),
    signal: watchListeners(signal),
  }
  let wasShortened: boolean | undefined
  void pause(1000, signal, shortcuts).then(early => {
    wasShortened = early
  })
  return {
    result: () => wasShortened,
    listeners: () => Object.values(listeners).flatMap(left => left()),
  }
}

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

function setHidden(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  document.dispatchEvent(new Event('visibilitychange'))
}
const goOnline = () => dispatchEvent(new Event('online'))

const BOTH: Shortcuts = { whenVisible: true, onlineWithin: 400 }

describe('a pause', () => {
  test('lasts as long as it should, and leaves no listener and no timer', async () => {
    const { result, listeners } = start(BOTH)
    expect(listeners()).toEqual(['visibilitychange', 'online', 'abort'])
    await advance(999)
    expect(result()).toBeUndefined()
    await advance(1)
    expect(result()).toBe(false)
    expect(listeners()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that is shortened leaves no listener and no timer', async () => {
    const { result, listeners } = start(BOTH)
    setHidden(true)
    setHidden(false)
    await advance(0)
    expect(result()).toBe(true)
    expect(listeners()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('without shortcuts is not shortened by any event', async () => {
    const { result, listeners } = start()
    expect(listeners()).toEqual(['visibilitychange', 'abort'])
    setHidden(true)
    setHidden(false)
    goOnline()
    await advance(999)
    expect(result()).toBeUndefined()
    await advance(1)
    expect(result()).toBe(false)
  })

  test('ends when its signal aborts, also while the page is hidden', async () => {
    const controller = new AbortController()
    const { result, listeners } = start(BOTH, controller.signal)
    setHidden(true)
    controller.abort()
    await advance(0)
    expect(result()).toBe(false)
    expect(listeners()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('does not begin when its signal has aborted before', async () => {
    const { result } = start(BOTH, AbortSignal.abort())
    await advance(0)
    expect(result()).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('works where there is no page', async () => {
    vi.stubGlobal('document', undefined)
    let isOver = false
    void pause(1000, new AbortController().signal, BOTH).then(() => {
      isOver = true
    })
    await advance(1000)
    expect(isOver).toBe(true)
  })

  test('works where there are no events at all', async () => {
    vi.stubGlobal('document', undefined)
    vi.stubGlobal('addEventListener', undefined)
    let isOver = false
    void pause(1000, new AbortController().signal, BOTH).then(() => {
      isOver = true
    })
    await advance(1000)
    expect(isOver).toBe(true)
  })
})

describe('while the page is hidden', () => {
  test('a pause goes on, and ends when the page is visible', async () => {
    const { result } = start(BOTH)
    setHidden(true)
    await advance(60_000)
    expect(result()).toBeUndefined()
    document.dispatchEvent(new Event('visibilitychange'))
    await advance(0)
    expect(result()).toBeUndefined()
    setHidden(false)
    await advance(0)
    expect(result()).toBe(false) // its time was over: it was not shortened
  })

  test('a pause that the network has shortened counts as shortened', async () => {
    const { result } = start(BOTH)
    setHidden(true)
    goOnline()
    await advance(60_000)
    setHidden(false)
    await advance(0)
    expect(result()).toBe(true)
  })
})

describe('a device that is online again', () => {
  test('shortens the pause to a random part of the given time', async () => {
    const { result } = start({ onlineWithin: 400 })
    await advance(100)
    goOnline()
    await advance(199)
    expect(result()).toBeUndefined()
    await advance(1)
    expect(result()).toBe(true)
  })

  test('draws the random moment once, however often the network flaps', async () => {
    const { result } = start({ onlineWithin: 400 })
    goOnline()
    vi.mocked(Math.random).mockReturnValue(0)
    goOnline()
    await advance(199)
    expect(result()).toBeUndefined()
    await advance(1)
    expect(result()).toBe(true)
  })
})
