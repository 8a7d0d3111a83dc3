/** launch() in a window of its own, and how it notices that the window was closed or lost. */
import { Authsignal } from 'authsignal-channels'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ADDRESS, receive, receiveEvent } from './hosted-page.js'

/** A window as the page that opened it sees it. It is blank until it has loaded another page. */
function fakeWindow() {
  return {
    closed: false,
    location: { href: 'about:blank' },
    close: vi.fn(),
    /** Loads a page of another origin, whose address cannot be read. */
    leaveOrigin() {
      Object.defineProperty(this, 'location', {
        get() {
          throw new DOMException('Blocked a frame from another origin', 'SecurityError')
        },
      })
    },
  }
}

let opened: ReturnType<typeof fakeWindow>

beforeEach(() => {
  vi.useFakeTimers()
  opened = fakeWindow()
  vi.spyOn(globalThis, 'open').mockImplementation(() => opened as never)
})
afterEach(() => {
  dispatchEvent(new Event('pagehide'))
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function launch(windowOptions?: { width?: number; height?: number }, timeout = 10_000) {
  const client = new Authsignal({ tenantId: 'acme', timeout })
  let outcome: object | undefined
  const launched = client.launch(ADDRESS, { mode: 'window', windowOptions })
  void launched.then(response => {
    outcome = response
  })
  return { client, launched, outcome: () => outcome }
}

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const CLOSED = { errorCode: 'popup_closed' }

describe('the window', () => {
  test.each([
    ['in the middle of this window', undefined, 'popup,width=400,height=500,left=500,top=250'],
    [
      'in the size that the caller chose',
      { width: 600, height: 300 },
      'popup,width=600,height=300,left=400,top=350',
    ],
    [
      'not beyond the corner of the screen',
      { width: 2000, height: 3000 },
      'popup,width=2000,height=3000,left=0,top=0',
    ],
  ])('opens %s', (_, size, features) => {
    Object.entries({ screenX: 200, screenY: 100, outerWidth: 1000, outerHeight: 800 }).forEach(
      ([name, value]) => {
        vi.stubGlobal(name, value)
      },
    )
    launch(size)
    expect(open).toHaveBeenCalledExactlyOnceWith(expect.anything(), '_blank', features)
    expect(String(vi.mocked(open).mock.calls[0]![0])).toBe(`${ADDRESS}&mode=popup`)
  })

  test('that the browser blocks is popup_blocked, and does not keep the next one from opening', async () => {
    vi.mocked(open).mockReturnValueOnce(null)
    const { client, launched } = launch()
    expect(await launched).toMatchObject({
      errorCode: 'popup_blocked',
      errorDescription: 'The browser blocked the window. Call launch() straight from the click.',
    })
    const again = client.launch(ADDRESS, { mode: 'window' })
    receiveEvent('AUTHSIGNAL_CLOSE_POPUP', { token: 'new-token' }, opened)
    expect(await again).toMatchObject({ token: 'new-token' })
    expect(opened.close).toHaveBeenCalledOnce()
  })

  test('is closed when the page that opened it goes away', async () => {
    const { launched } = launch()
    dispatchEvent(new Event('pagehide'))
    expect(await launched).toMatchObject(CLOSED)
    expect(opened.close).toHaveBeenCalledOnce()
  })

  test('does not follow the height of the hosted page', async () => {
    const { outcome } = launch()
    receive({ height: 420 }, opened)
    await advance(0)
    expect(outcome()).toBeUndefined()
  })
})

describe('a window that is closed', () => {
  test.each<[string, () => void | Promise<void>]>([
    ['after it was ready', () => receiveEvent('AUTHSIGNAL_READY', {}, opened)],
    [
      'after it has loaded a page',
      async () => {
        opened.leaveOrigin()
        await advance(200)
      },
    ],
    [
      'after it has loaded a page of the same origin',
      async () => {
        opened.location.href = 'http://localhost:3000/challenge'
        await advance(200)
      },
    ],
  ])('%s is popup_closed', async (_, load) => {
    const { launched, outcome } = launch()
    await load()
    opened.closed = true
    await advance(99)
    expect(outcome()).toBeUndefined()
    await advance(1)
    expect(await launched).toMatchObject(CLOSED)
  })

  test.each<[string, () => void | Promise<void>]>([
    ['has loaded anything', () => advance(200).then()],
    [
      'was seen on a page of its own twice',
      async () => {
        opened.leaveOrigin()
        await advance(100)
      },
    ],
    [
      'was seen there twice in a row',
      async () => {
        for (const href of ['https://ui.test/', 'about:blank', 'https://ui.test/']) {
          opened.location.href = href
          await advance(100)
        }
      },
    ],
  ])('before it %s is window_unreachable', async (_, load) => {
    const { launched } = launch()
    await load()
    opened.closed = true
    await advance(100)
    expect(await launched).toMatchObject({
      errorCode: 'window_unreachable',
      errorDescription:
        'The window cannot reach this page. Neither page may send "Cross-Origin-Opener-Policy: same-origin"; yours may send "same-origin-allow-popups".',
    })
  })
})

describe('the timeout', () => {
  test('starts again when the window has loaded a page, once', async () => {
    const { launched, outcome } = launch(undefined, 3000)
    await advance(2000)
    opened.leaveOrigin()
    await advance(200)
    await advance(2999)
    expect(outcome()).toBeUndefined()
    await advance(1)
    expect(await launched).toMatchObject({ errorCode: 'launch_failed' })
  })

  test('is not started again by a page that is ready', async () => {
    const { outcome } = launch(undefined, 3000)
    receiveEvent('AUTHSIGNAL_READY', {}, opened)
    opened.leaveOrigin()
    await advance(60_000)
    expect(outcome()).toBeUndefined()
  })
})
