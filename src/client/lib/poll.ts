/**
 * Polling: a request is repeated until something has happened elsewhere, on a phone or in a mailbox.
 *
 * When the next poll is sent:
 *
 * - Polls are serial. The first is sent at once, each later one an interval after the last response.
 * - None is sent while the page is hidden. When the page becomes visible, the next one is sent at once: it
 *   does not wait for the end of the interval.
 * - After a failure that may pass (no response, 5xx, 408, 425, 429, a body that is not JSON) the delay
 *   doubles with each further failure, up to 15 s. Each delay has a random part, so that the clients that an
 *   outage has hit do not return together. Becoming visible does not shorten it.
 * - When the device is online again, the delay after a request without a response ends early: within one
 *   interval, at a random moment. All devices of a network come back together, and this way they send no
 *   more requests per second than they do otherwise. The back-off then begins anew.
 * - `Retry-After` is always waited for, and a random part of an interval on top of it: a server may give the
 *   same date to every client. No event shortens it.
 * - A delay that follows a shortened one is not shortened. However often the user switches tabs or the
 *   network flaps, there are at most two polls per interval.
 *
 * When polling ends: with the response that was waited for; with a final refusal (4xx but 408, 425, 429);
 * when the signal aborts; at the deadline; and with the last failure when there were only failures for two
 * minutes. Time that the server told the client to wait does not count towards those, nor does time in which the page
 * was hidden or the device asleep.
 *
 * `test/bench/outage.ts` simulates what these rules mean for a service with a million waiting clients.
 *
 * @module
 */
import type { ChannelContext } from '../context.js'
import { milliseconds } from '../options.js'
import { aborted, type Failure, fail, type Result } from '../response.js'
import type { CallOptions } from './request.js'
import { backOff, deferred, sleep, spread } from './timing.js'

/** How `poll` waits. */
export interface PollOptions<T> {
  /** Delay between a response and the next poll, in milliseconds. */
  readonly interval: number
  /**
   * Time for the whole wait, in milliseconds, a request in flight included; then the result is `timeout`.
   * Default: what is left of the token's lifetime, else 10 minutes.
   */
  readonly timeout?: number | undefined
  /** Ends the wait; the result is then `aborted`. */
  readonly signal?: AbortSignal | undefined
  /** Whether this is the response that was waited for. Called once for each that is no failure. */
  isDone(response: T): boolean
  /** Whether this failure only says "not yet". It then counts as a success that is not the awaited one. */
  isPending?(failure: Failure): boolean
}

/** Sends one poll. The signal aborts when the wait has ended: pass it on to the request. */
export type SendPoll<T extends object> = (signal: AbortSignal) => Promise<Result<T>>

/** Options of calls that poll. */
export type WaitOptions = CallOptions & {
  /** Delay between a response and the next poll, in milliseconds. Default `1_000`. */
  pollInterval?: number | undefined
}

/** The options of a `poll` with the interval that the caller chose. */
export const waiting = (options: WaitOptions | undefined) => ({
  interval: milliseconds(options?.pollInterval, '"pollInterval"', 1000),
  signal: options?.signal,
})

/** The only statuses 4xx that may pass: too slow, too early, too often. */
const PASSING = [408, 425, 429]

/** How long failures are ridden out, in ms. */
const RIDE_OUT = 120_000

/** As long as a token lives by default, in milliseconds. */
const TEN_MINUTES = 600_000

/**
 * Polls until the response is the one that was waited for: one request at a time, and none while the page is
 * hidden. Failures that may pass are ridden out for two minutes, with a back-off of up to 15 s.
 *
 * @param context The context of the channel that polls.
 * @param send Sends one poll, as a rule a `request` that is given the signal.
 * @returns The response that was waited for. Otherwise `errorCode` is `timeout`, `aborted`, or that of the
 *   failure which ended the wait.
 * @throws {TypeError} When `interval` or `timeout` is not a positive, finite number; the promise rejects.
 *
 * @example
 * const passkeyAdded: Channel<{ wait(): Promise<Result<Authenticator[]>> }> = context => ({
 *   wait: () =>
 *     poll(context, signal => context.request('/client/user-authenticators', { method: 'GET', signal }), {
 *       interval: 1000,
 *       isDone: list => list.some(({ verificationMethod }) => verificationMethod === 'PASSKEY'),
 *     }),
 * })
 */
export async function poll<T extends object>(
  context: Pick<ChannelContext, 'tokenLifetime'>,
  send: SendPoll<T>,
  options: PollOptions<T>,
): Promise<Result<T>> {
  const { signal, isDone, isPending } = options
  const interval = milliseconds(options.interval, '"interval"')
  const left = context.tokenLifetime
  const timeout = milliseconds(
    options.timeout,
    '"timeout"',
    left < Infinity ? Math.max(left, 1) : TEN_MINUTES,
  )
  const over = new AbortController()
  const end = () => over.abort()
  const deadline = performance.now() + timeout
  void sleep(timeout, over.signal).then(end)
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()
  try {
    let failures = 0
    let failingSince = 0
    let wasShortened = false
    while (!over.signal.aborted) {
      const response = await send(over.signal)
      if (response.errorCode === undefined && isDone(response.data)) return response
      if (over.signal.aborted) break
      const failure = response.errorCode === undefined || isPending?.(response) ? undefined : response
      const now = performance.now()
      if (failure) {
        if (!failures++) failingSince = now
        if (isFinal(failure) || now - failingSince >= RIDE_OUT) return response
      } else failures = 0

      const delay = delayAfter(failure, failures, interval)
      if (failure && now + delay > deadline) return response
      const { status, retryAfter } = failure ?? {}
      wasShortened = await pause(delay, over.signal, {
        whenVisible: !failure && !wasShortened,
        onlineWithin: failure && !status && !wasShortened ? interval : undefined,
      })
      if (wasShortened) failures = 0
      failingSince += Math.max(0, performance.now() - now - (retryAfter ? 0 : delay))
    }
    const ended = signal?.aborted ? aborted() : fail('timeout', 'Nothing has happened in time. Start again.')
    return ended as Result<T>
  } finally {
    end()
    signal?.removeEventListener('abort', end)
  }
}

/**
 * How long to wait before the next poll, in ms.
 *
 * @param failure The last response, unless it was a success or "not yet".
 * @param failures How many there were on end, this one included.
 */
export function delayAfter(
  failure: Pick<Failure, 'retryAfter'> | undefined,
  failures: number,
  interval: number,
): number {
  if (!failure) return interval
  const { retryAfter } = failure
  return Math.max(backOff(failures, interval), retryAfter ? retryAfter * 1000 + spread(interval) : 0)
}

function isFinal({ status, errorCode }: Failure): boolean {
  // No status: either a network error or timeout, which may pass, or a local refusal, which is final.
  return status
    ? status >= 400 && status < 500 && !PASSING.includes(status)
    : !['network_error', 'timeout'].includes(errorCode)
}

/** What may end a pause early. */
export interface Shortcuts {
  /** The page becomes visible. */
  readonly whenVisible?: boolean
  /** The device is online again; the pause then lasts a random part of these ms. */
  readonly onlineWithin?: number | undefined
}

/**
 * Waits for `delay` ms, and until the page is visible, or until `signal` aborts.
 *
 * @returns Whether it ended early.
 */
export function pause(
  delay: number,
  signal: AbortSignal,
  { whenVisible, onlineWithin }: Shortcuts,
): Promise<boolean> {
  const page = globalThis.document
  const over = new AbortController()
  const { promise, resolve } = deferred<boolean>()
  /** Set when the time is over. A hidden page still has to become visible. */
  let isEarly: boolean | undefined
  const setDue = (early: boolean) => {
    isEarly ??= early
    if (!page?.hidden) resolve(isEarly)
  }
  const listen = (target: EventTarget | undefined, type: string, listener: () => void) =>
    target?.addEventListener?.(type, listener, { signal: over.signal, once: type === 'online' })

  void sleep(delay, over.signal).then(() => setDue(false))
  listen(page, 'visibilitychange', () => {
    if (isEarly !== undefined || (whenVisible && !page.hidden)) setDue(true)
  })
  if (onlineWithin) {
    listen(globalThis as never, 'online', () =>
      sleep(spread(onlineWithin), over.signal).then(() => setDue(true)),
    )
  }
  listen(signal, 'abort', () => resolve(false))
  if (signal.aborted) resolve(false)
  return promise.finally(() => over.abort())
}
