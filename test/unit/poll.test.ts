import {
  type AuthsignalResponse,
  type Channel,
  createClient,
  emailML,
  notp,
  poll,
  push,
} from 'authsignal-channels'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchListeners } from './listeners.js'
import { json, service, tokenOf } from './service.js'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

type Result = { done: boolean }

interface Options {
  readonly signal?: AbortSignal
  readonly token?: string
  readonly interval?: number
  readonly timeout?: number
}

/** A client that polls every second, when it sent the polls, and what the wait resolved with. */
function polling(
  respond: () => Response | Promise<Response>,
  { signal, token = tokenOf({ iat: 1000, exp: 1600 }), interval = 1000, timeout }: Options = {},
) {
  const polls: number[] = []
  const start = performance.now()
  const { fetch } = service(() => {
    polls.push(Math.round(performance.now() - start))
    return respond()
  })
  const client = createClient({
    tenantId: 'acme',
    fetch,
    channels: {
      waiting: context => ({
        wait: () =>
          poll<Result>(context, signal => context.request('/wait', { signal }), {
            interval,
            timeout,
            signal,
            isDone: ({ done }) => done,
          }),
      }),
    },
  })
  client.setToken(token)
  let outcome: AuthsignalResponse<Result> | undefined
  void client.waiting.wait().then(response => {
    outcome = response
  })
  return { polls, outcome: () => outcome }
}

const offline = () => Promise.reject(new TypeError('Failed to fetch'))
const notYet = () => json({ done: false })
const limited = (retryAfter: string) =>
  json({ error: 'too_many_requests' }, 429, { 'retry-after': retryAfter })

/** Responds with each of these in turn, then with the last one. */
const inTurn = (...responses: (() => Response | Promise<Response>)[]) => {
  let count = 0
  return () => responses[Math.min(count++, responses.length - 1)]!()
}

const hide = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  document.dispatchEvent(new Event('visibilitychange'))
}
const switchTabs = () => {
  hide(true)
  hide(false)
}
const goOnline = () => dispatchEvent(new Event('online'))

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('polling', () => {
  test('sends the first poll at once, the next ones an interval after each response', async () => {
    const { polls } = polling(async () => {
      await new Promise(resolve => setTimeout(resolve, 500))
      return notYet()
    })
    await advance(4000)
    expect(polls).toEqual([0, 1500, 3000])
  })

  test('ends with the response that was waited for', async () => {
    const { polls, outcome } = polling(inTurn(notYet, notYet, () => json({ done: true })))
    await advance(10_000)
    expect(outcome()).toMatchObject({ done: true })
    expect(polls).toHaveLength(3)
  })

  test.each([400, 401, 403, 404, 409, 410, 422])('ends at once with status %i', async status => {
    const { polls, outcome } = polling(() => json({ error: 'x' }, status))
    await advance(10_000)
    expect(outcome()).toMatchObject({ status })
    expect(polls).toHaveLength(1)
  })

  test('leaves no listener and no timer behind', async () => {
    const add = vi.spyOn(document, 'addEventListener')
    const { outcome } = polling(() => json({ done: true }))
    await advance(0)
    expect(outcome()).toMatchObject({ done: true })
    expect(add).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('waits as long as an interval says that no timer holds', async () => {
    const interval = 2 ** 32
    const { polls } = polling(notYet, { interval, timeout: 2 ** 40, token: 'opaque' })
    await advance(interval - 1)
    expect(polls).toEqual([0])
    await advance(1)
    expect(polls).toEqual([0, interval])
  })
})

describe('the end of a wait', () => {
  test('a poll without a response does not outlive the deadline', async () => {
    const { outcome } = polling(() => new Promise<Response>(() => {}), { timeout: 3000 })
    await advance(3000)
    expect(outcome()).toMatchObject({ errorCode: 'timeout' })
    await advance(1) // the request is aborted when no other caller has joined it
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a lifetime of years does not cause polls without a pause', async () => {
    const { polls } = polling(notYet, { token: tokenOf({ iat: 1, exp: 10 ** 9 }) })
    await advance(2500)
    expect(polls).toEqual([0, 1000, 2000])
  })

  test('the token’s lifetime is the deadline', async () => {
    const { outcome } = polling(notYet)
    await advance(599_000)
    expect(outcome()).toBeUndefined()
    await advance(1001)
    expect(outcome()).toMatchObject({ errorCode: expect.stringMatching(/^(timeout|expired_token)$/) })
  })

  test('a token that has expired already resolves expired_token, and does not throw', async () => {
    const { polls, outcome } = polling(notYet, { token: tokenOf({ iat: 1000, exp: 999 }) })
    await advance(0)
    expect(outcome()).toMatchObject({ errorCode: 'expired_token' })
    expect(polls).toEqual([])
  })

  test('a signal ends the wait between two polls at once', async () => {
    const controller = new AbortController()
    const { polls, outcome } = polling(notYet, { signal: controller.signal })
    await advance(100)
    controller.abort()
    await advance(0)
    expect(outcome()).toMatchObject({ errorCode: 'aborted' })
    await advance(10_000)
    expect(polls).toHaveLength(1)
  })

  test('a signal ends the wait during a back-off', async () => {
    const controller = new AbortController()
    const { outcome } = polling(() => json({}, 503), { signal: controller.signal })
    await advance(7000)
    controller.abort()
    await advance(0)
    expect(outcome()).toMatchObject({ errorCode: 'aborted' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a poll with an aborted signal sends nothing', async () => {
    const { polls, outcome } = polling(notYet, { signal: AbortSignal.abort() })
    await advance(10_000)
    expect(outcome()).toMatchObject({ errorCode: 'aborted' })
    expect(polls).toEqual([])
  })
})

describe('failures', () => {
  test.each([
    ['a server that fails', () => json({}, 503), 'server_error'],
    ['a server that is too slow', () => json({}, 408), 'invalid_request'],
    ['a limit without Retry-After', () => json({}, 429), 'too_many_requests'],
    ['a network that is down', offline, 'network_error'],
    ['a body that is not JSON', () => new Response('<p>'), 'invalid_response'],
  ])('%s is retried for two minutes, with delays of up to 15 s', async (_, respond, errorCode) => {
    const { polls, outcome } = polling(respond)
    await advance(119_000)
    expect(outcome()).toBeUndefined()
    await advance(16_000)
    expect(outcome()).toMatchObject({ errorCode })
    expect(vi.getTimerCount()).toBe(0)
    const delays = polls.slice(1).map((time, index) => time - polls[index]!)
    expect(delays.slice(0, 5)).toEqual([1750, 3500, 7000, 13_125, 13_125])
    expect(Math.max(...delays)).toBeLessThanOrEqual(15_000)
  })

  test.each([
    ['the shortest', 0, [1500, 3000, 6000, 11_250, 11_250]],
    ['the longest', 1, [2000, 4000, 8000, 15_000, 15_000]],
  ])('clients that failed together return apart: %s delays', async (_, random, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(random)
    const { polls } = polling(() => json({}, 503))
    await advance(60_000)
    expect(polls.slice(1, 6).map((time, index) => time - polls[index]!)).toEqual(expected)
  })

  test('a success in between restarts the two minutes and the delays', async () => {
    const fails = () => json({}, 503)
    let isUp = false
    const { polls, outcome } = polling(() => (isUp ? notYet() : fails()))
    await advance(100_000)
    isUp = true
    await advance(16_000)
    isUp = false
    await advance(100_000)
    expect(outcome()).toBeUndefined()
    const second = polls.findIndex(time => time >= 116_000)
    expect(polls[second + 1]! - polls[second]!).toBe(1750)
  })

  test('an interval above 15 s is not shortened by failures', async () => {
    const { polls } = polling(offline, { interval: 60_000 })
    await advance(59_999)
    expect(polls).toEqual([0])
  })

  test('a failure after which the deadline would pass is the result at once', async () => {
    const { outcome } = polling(() => json({}, 503), { timeout: 1000 })
    await advance(0)
    expect(outcome()).toMatchObject({ errorCode: 'server_error' })
  })
})

describe('Retry-After', () => {
  test.each([
    ['in seconds', () => '7'],
    ['as a date', () => new Date(Date.now() + 7000).toUTCString()],
  ])('%s is waited for, and a part of an interval that no two clients share', async (_, header) => {
    vi.setSystemTime('2030-01-31T09:00:00Z')
    const { polls } = polling(
      inTurn(
        () => limited(header()),
        () => json({ done: true }),
      ),
    )
    await advance(7499)
    expect(polls).toEqual([0])
    await advance(1)
    expect(polls).toEqual([0, 7500])
  })

  test('beyond the deadline is not waited for', async () => {
    const { outcome } = polling(() => limited('31536000'))
    await advance(0)
    expect(outcome()).toMatchObject({ errorCode: 'too_many_requests', retryAfter: 31_536_000 })
  })

  test('does not count as failure time: a server may request more than two minutes', async () => {
    const { polls, outcome } = polling(
      inTurn(
        () => limited('100'),
        () => limited('100'),
        () => json({ done: true }),
      ),
    )
    await advance(300_000)
    expect(polls).toEqual([0, 100_500, 201_000])
    expect(outcome()).toMatchObject({ done: true })
  })

  test('is not shortened by switching tabs or by being online again', async () => {
    const { polls, outcome } = polling(
      inTurn(
        () => limited('60'),
        () => json({ done: true }),
      ),
    )
    for (let times = 0; times < 6; times++) {
      await advance(50)
      switchTabs()
      goOnline()
    }
    await advance(60_000)
    expect(polls).toEqual([0])
    await advance(500)
    expect(polls).toHaveLength(2)
    expect(outcome()).toMatchObject({ done: true })
  })
})

describe('a page that is hidden', () => {
  test('sends no poll, and sends one at once when it is visible again', async () => {
    const { polls } = polling(notYet)
    await advance(500)
    hide(true)
    await advance(60_000)
    expect(polls).toEqual([0])
    hide(false)
    await advance(0)
    expect(polls).toEqual([0, 60_500])
  })

  test('becoming visible shortens the interval', async () => {
    const { polls } = polling(notYet)
    await advance(300)
    switchTabs()
    await advance(0)
    expect(polls).toEqual([0, 300])
  })

  test('however often the user switches tabs, there are two polls per interval at most', async () => {
    const { polls } = polling(notYet)
    for (let times = 0; times < 100; times++) {
      await advance(100)
      switchTabs()
    }
    expect(polls.length).toBeLessThanOrEqual(20)
  })

  test('switching tabs shortens no back-off, and counts no failure', async () => {
    const { polls, outcome } = polling(() => json({}, 503))
    for (let times = 0; times < 6; times++) {
      await advance(50)
      switchTabs()
    }
    await advance(1400)
    expect(polls).toEqual([0])
    await advance(60_000)
    expect(outcome()).toBeUndefined()
  })

  test('does not lose the wait to an outage while it was hidden', async () => {
    const { polls, outcome } = polling(inTurn(offline, offline, () => json({ done: true })))
    await advance(500)
    hide(true)
    await advance(300_000)
    hide(false)
    await advance(0)
    expect(polls).toEqual([0, 300_500])
    expect(outcome()).toBeUndefined() // one more failure, after five minutes of which none was tried
    await advance(5000)
    expect(outcome()).toMatchObject({ done: true })
  })

  test('still has its deadline', async () => {
    const { outcome } = polling(notYet)
    await advance(500)
    hide(true)
    await advance(601_000)
    expect(outcome()).toMatchObject({ errorCode: 'timeout' })
  })
})

describe('a device that is online again', () => {
  test('polls within one interval, at a random moment, whatever the back-off', async () => {
    const { polls } = polling(offline)
    await advance(30_000)
    const before = polls.length
    goOnline()
    await advance(499)
    expect(polls).toHaveLength(before)
    await advance(1)
    expect(polls).toHaveLength(before + 1)
    expect(polls.at(-1)).toBe(30_500)
  })

  test('restarts the back-off when the network is not there yet', async () => {
    const { polls } = polling(offline)
    await advance(30_000)
    goOnline()
    await advance(2250)
    expect(polls.slice(-2)).toEqual([30_500, 32_250])
  })

  test('whose network flaps does not poll more than twice per interval', async () => {
    const { polls } = polling(offline)
    for (let times = 0; times < 100; times++) {
      await advance(100)
      goOnline()
    }
    expect(polls.length).toBeLessThanOrEqual(20)
  })

  test('does not poll earlier after a response of the server', async () => {
    const { polls } = polling(() => json({}, 503))
    await advance(100)
    goOnline()
    await advance(1600)
    expect(polls).toEqual([0])
  })
})

describe('a failure that means “not yet”', () => {
  const pending: Channel<{ wait(): Promise<AuthsignalResponse<Result>> }> = context => ({
    wait: () =>
      poll<Result>(context, signal => context.request('/wait', { signal }), {
        interval: 1000,
        isDone: ({ done }) => done,
        isPending: ({ errorCode }) => errorCode === 'not_yet',
      }),
  })

  test('is polled again after the interval, and is never taken for the success', async () => {
    const { fetch, received } = service(
      inTurn(
        () => json({ error: 'not_yet' }, 401),
        () => json({ error: 'not_yet' }, 401),
        () => json({ done: true }),
      ),
    )
    const client = createClient({ tenantId: 'acme', fetch, channels: { pending } })
    client.setToken('t')
    const waiting = client.pending.wait()
    await advance(2000)
    expect(await waiting).toMatchObject({ done: true })
    expect(received).toHaveLength(3)
  })
})

describe.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5', {}])('a time of %s', time => {
  const client = () => {
    const { fetch, received } = service(notYet)
    const made = createClient({
      tenantId: 'acme',
      fetch,
      channels: {
        emailML,
        push,
        notp: notp({ projectId: 'P2localdemo00000000000000000' }),
        own: context => ({
          wait: (options: object) =>
            poll(context, () => context.request('/wait'), { interval: 1000, isDone: () => true, ...options }),
        }),
      },
    })
    made.setToken('t')
    return { client: made, received }
  }
  type Client = ReturnType<typeof client>['client']
  const bad = time as number

  test.each<[string, (client: Client) => Promise<unknown>]>([
    ['"pollInterval"', c => c.emailML.checkVerificationStatus({ pollInterval: bad })],
    ['"pollInterval"', c => c.push.waitForResult({ challengeId: 'c1', pollInterval: bad })],
    ['"interval"', c => c.own.wait({ interval: bad })],
    ['"timeout"', c => c.own.wait({ timeout: bad })],
    // Zero means the default there, as in Descope's own SDK.
    ...(time === 0
      ? []
      : ([
          ['"timeoutMs"', c => c.notp.waitForSession('ref', { timeoutMs: bad })],
          ['"pollingIntervalMs"', c => c.notp.waitForSession('ref', { pollingIntervalMs: bad })],
        ] as [string, (client: Client) => Promise<unknown>][])),
  ])('rejects with a TypeError that names %s, and sends nothing', async (name, call) => {
    const { client: made, received } = client()
    await expect(call(made)).rejects.toThrow(TypeError)
    await expect(call(made)).rejects.toThrow(name)
    expect(received).toHaveLength(0)
  })
})

describe('the limits of a wait', () => {
  test('without a lifetime in the token, it ends after ten minutes', async () => {
    const { outcome } = polling(notYet, { token: 'opaque' })
    await advance(599_999)
    expect(outcome()).toBeUndefined()
    await advance(1)
    expect(outcome()).toMatchObject({
      errorCode: 'timeout',
      errorDescription: 'Nothing has happened in time. Start again.',
    })
  })

  test.each([
    [1749, 'server_error'],
    [1750, undefined],
  ])('a first back-off of 1750 ms, with a timeout of %i ms: the result is %s', async (timeout, errorCode) => {
    const { outcome } = polling(() => json({}, 503), { timeout })
    await advance(0)
    expect((outcome() as { errorCode?: string } | undefined)?.errorCode).toBe(errorCode)
  })

  test.each([500, 502, 599])('status %i may pass', async status => {
    const { polls, outcome } = polling(() => json({}, status))
    await advance(1750)
    expect(outcome()).toBeUndefined()
    expect(polls).toEqual([0, 1750])
  })

  test('a request that reaches the timeout of the client may pass', async () => {
    const { polls, outcome } = polling(() => new Promise<Response>(() => {}))
    await advance(11_750)
    expect(outcome()).toBeUndefined()
    expect(polls).toEqual([0, 11_750])
  })

  test('failures are ridden out for exactly two minutes after the first one', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { polls, outcome } = polling(() => json({}, 503), { interval: 30_000 })
    await advance(119_999)
    expect(outcome()).toBeUndefined()
    await advance(1)
    expect(outcome()).toMatchObject({ errorCode: 'server_error' })
    expect(polls).toEqual([0, 30_000, 60_000, 90_000, 120_000])
  })

  test('a shorter lifetime of the token ends it earlier, also while the page is hidden', async () => {
    const { outcome } = polling(notYet, { token: tokenOf({ iat: 1000, exp: 1300 }) })
    await advance(500)
    hide(true)
    await advance(299_499)
    expect(outcome()).toBeUndefined()
    await advance(1)
    expect(outcome()).toMatchObject({ errorCode: 'timeout' })
  })

  test('no listener of the signal, the page and the device is left after it', async () => {
    const { signal } = new AbortController()
    const targets = [signal, document, globalThis as never as EventTarget].map(watchListeners)
    const { outcome } = polling(
      inTurn(offline, notYet, () => json({ done: true })),
      { signal },
    )
    await advance(500)
    expect(targets.flatMap(left => left()).sort()).toEqual(['abort', 'online', 'visibilitychange'])
    await advance(10_000)
    expect(outcome()).toMatchObject({ done: true })
    expect(targets.flatMap(left => left())).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a page that was hidden beyond the interval has not shortened it: the next tab switch may', async () => {
  const { polls } = polling(notYet)
  await advance(300)
  hide(true)
  await advance(1700)
  hide(false)
  await advance(100)
  switchTabs()
  await advance(0)
  expect(polls).toEqual([0, 2000, 2100])
})
