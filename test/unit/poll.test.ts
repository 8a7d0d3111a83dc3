import { type AuthsignalResponse, createClient } from 'authsignal-channels'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { json, service, tokenOf } from './service.js'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

type Answer = { done: boolean }

/** A client that polls every second, the questions it asked, and the answers it gets. */
function polling(
  answer: () => Response | Promise<Response>,
  signal?: AbortSignal,
  token = tokenOf({ iat: 1000, exp: 1600 }),
) {
  const asked: number[] = []
  const start = performance.now()
  const { fetch } = service(() => {
    asked.push(Math.round(performance.now() - start))
    return answer()
  })
  const client = createClient({
    tenantId: 'acme',
    fetch,
    channels: {
      question: ({ request, poll }) => ({
        wait: () =>
          poll<Answer>(() => request('/wait'), { interval: 1000, signal, isDone: ({ done }) => done }),
      }),
    },
  })
  client.setToken(token)
  let outcome: AuthsignalResponse<Answer> | undefined
  void client.question.wait().then(response => {
    outcome = response
  })
  return { asked, outcome: () => outcome }
}

test('a question without an answer does not outlive the deadline', async () => {
  const fetch = () => new Promise<Response>(() => {})
  const client = createClient({
    tenantId: 'acme',
    fetch,
    channels: {
      question: ({ request, poll }) => ({
        wait: () =>
          poll(signal => request('/wait', { signal }), { interval: 1000, timeout: 3000, isDone: () => true }),
      }),
    },
  })
  client.setToken('t')
  const answer = client.question.wait()
  await vi.advanceTimersByTimeAsync(3000)
  expect(await answer).toMatchObject({ errorCode: 'timeout' })
  await vi.advanceTimersByTimeAsync(1) // the request is given up when nobody has joined it again
  expect(vi.getTimerCount()).toBe(0)
})

test('a lifetime of years is no reason to ask without a pause', async () => {
  const { asked } = polling(() => json({ done: false }), undefined, tokenOf({ iat: 0, exp: 10 ** 9 }))
  await vi.advanceTimersByTimeAsync(2500)
  expect(asked).toEqual([0, 1000, 2000])
})

const hide = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  document.dispatchEvent(new Event('visibilitychange'))
}

test('the first question is asked at once, the next ones an interval after each answer', async () => {
  const { asked } = polling(async () => {
    await new Promise(resolve => setTimeout(resolve, 500))
    return json({ done: false })
  })
  await vi.advanceTimersByTimeAsync(4000)
  expect(asked).toEqual([0, 1500, 3000])
})

test('the answer that was waited for ends the asking', async () => {
  let count = 0
  const { asked, outcome } = polling(() => json({ done: ++count === 3 }))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(outcome()).toMatchObject({ done: true })
  expect(asked).toHaveLength(3)
})

test.each([400, 401, 403, 404, 409, 410, 422])('status %i ends the asking at once', async status => {
  const { asked, outcome } = polling(() => json({ error: 'x' }, status))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(outcome()).toMatchObject({ status })
  expect(asked).toHaveLength(1)
})

test.each([
  ['a server that fails', () => json({}, 503), 'server_error'],
  ['a network that is down', () => Promise.reject(new TypeError('Failed to fetch')), 'network_error'],
  ['answers that are none', () => new Response('<p>'), 'invalid_response'],
])('%s is asked five times, ever more slowly', async (_, answer, errorCode) => {
  const { asked, outcome } = polling(answer)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(outcome()).toMatchObject({ errorCode })
  expect(asked).toEqual([0, 2000, 6000, 14_000, 30_000])
})

test('a good answer in between starts the count of failures anew', async () => {
  let count = 0
  const { asked, outcome } = polling(() => (++count % 4 ? json({}, 503) : json({ done: false })))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(outcome()).toBeUndefined()
  expect(asked.length).toBeGreaterThan(8)
})

test.each([
  ['in seconds', () => '7'],
  ['as a date', () => new Date(Date.now() + 7000).toUTCString()],
])('Retry-After %s is waited for', async (_, header) => {
  vi.setSystemTime('2030-01-31T09:00:00Z')
  let count = 0
  const { asked } = polling(() =>
    count++ ? json({ done: true }) : json({ error: 'too_many_requests' }, 429, { 'retry-after': header() }),
  )
  await vi.advanceTimersByTimeAsync(6999)
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(2)
  expect(asked).toHaveLength(2)
})

test('a Retry-After beyond the deadline is not waited for', async () => {
  const { outcome } = polling(() => json({ error: 'too_many_requests' }, 429, { 'retry-after': '31536000' }))
  await vi.advanceTimersByTimeAsync(0)
  expect(outcome()).toMatchObject({ errorCode: 'too_many_requests', retryAfter: 31_536_000 })
})

test('the token’s lifetime is the deadline', async () => {
  const { outcome } = polling(() => json({ done: false }))
  await vi.advanceTimersByTimeAsync(599_000)
  expect(outcome()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1001)
  expect(outcome()).toMatchObject({ errorCode: expect.stringMatching(/^(timeout|expired_token)$/) })
})

test('a signal ends the wait between two questions at once', async () => {
  const controller = new AbortController()
  const { asked, outcome } = polling(() => json({ done: false }), controller.signal)
  await vi.advanceTimersByTimeAsync(100)
  controller.abort()
  await vi.advanceTimersByTimeAsync(0)
  expect(outcome()).toMatchObject({ errorCode: 'aborted' })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toHaveLength(1)
})

test('a signal ends the wait during a back-off', async () => {
  const controller = new AbortController()
  const { outcome } = polling(() => json({}, 503), controller.signal)
  await vi.advanceTimersByTimeAsync(7000)
  controller.abort()
  await vi.advanceTimersByTimeAsync(0)
  expect(outcome()).toMatchObject({ errorCode: 'aborted' })
})

test('a hidden page asks nothing, and asks at once when it is visible again', async () => {
  const { asked } = polling(() => json({ done: false }))
  await vi.advanceTimersByTimeAsync(500)
  hide(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toEqual([0])
  hide(false)
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual([0, 60_500])
})

test('a page that stays hidden still has its deadline', async () => {
  const { outcome } = polling(() => json({ done: false }))
  await vi.advanceTimersByTimeAsync(500)
  hide(true)
  await vi.advanceTimersByTimeAsync(601_000)
  expect(outcome()).toMatchObject({ errorCode: 'timeout' })
})

test('a wait that is over leaves no listener and no timer', async () => {
  const add = vi.spyOn(document, 'addEventListener')
  const { outcome } = polling(() => json({ done: true }))
  await vi.advanceTimersByTimeAsync(0)
  expect(outcome()).toMatchObject({ done: true })
  expect(add).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
