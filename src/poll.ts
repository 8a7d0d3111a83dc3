/**
 * Asking again and again until something has happened elsewhere: on a phone, in a mailbox.
 *
 * One question at a time, the next one an interval after the last answer; at once when the page becomes
 * visible again, and none while it is hidden. Everything that ends the asking is here.
 *
 * @module
 */
import { type AuthsignalResponse, aborted, type Failure, fail } from './response.js'

export interface PollOptions<T> {
  /** Milliseconds from one answer to the next question. */
  readonly interval: number
  /** Milliseconds for all of it, a question on its way included; then the answer is `timeout`. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
  /** Whether this is the answer that was waited for. Called once for each that is no failure. */
  isDone(answer: T): boolean
}

/** Asks once. The signal ends when nobody waits any more: hand it on to the request. */
export type Ask<T extends object> = (signal: AbortSignal) => Promise<AuthsignalResponse<T>>

/** The only refusals that a later answer can take back: too slow, too early, too often. */
const PASSING = [408, 425, 429]

/** So many failures in a row are taken for the final answer. */
const MAX_FAILURES = 5

/** A longer one makes `setTimeout` fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1

export async function poll<T extends object>(
  ask: Ask<T>,
  { interval, timeout, signal, isDone }: PollOptions<T>,
): Promise<AuthsignalResponse<T>> {
  const over = new AbortController()
  const end = () => over.abort()
  const ended = () =>
    signal?.aborted ? aborted() : fail('timeout', 'Nothing has happened in time. Start again.')
  const time = Math.min(timeout, LONGEST_TIMER)
  const deadline = performance.now() + time
  const timer = setTimeout(end, time)
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()
  try {
    let failures = 0
    for (;;) {
      const answer = await ask(over.signal)
      if (answer.errorCode === undefined) {
        if (isDone(answer)) return answer
        failures = 0
      } else if (over.signal.aborted) return ended()
      else if (isFinal(answer) || ++failures === MAX_FAILURES) return answer

      // Not in step with everybody else who was cut off by the same outage.
      const backOff = failures ? 2 ** failures * (0.75 + Math.random() / 2) : 1
      const retryAfter = answer.errorCode && answer.retryAfter ? answer.retryAfter * 1000 : 0
      const wait = Math.max(interval * backOff, retryAfter)
      if (answer.errorCode && wait > deadline - performance.now()) return answer
      await pause(wait, over.signal)
      if (over.signal.aborted) return ended()
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}

function isFinal({ status, errorCode }: Failure): boolean {
  // Without a status nobody has answered, which may change, or nothing was asked, which will not.
  return status
    ? status >= 400 && status < 500 && !PASSING.includes(status)
    : !['network_error', 'timeout'].includes(errorCode)
}

/** Ends after `wait` when somebody is looking, and in any case when `signal` does. */
function pause(wait: number, signal: AbortSignal): Promise<void> {
  const page = globalThis.document
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      page?.removeEventListener('visibilitychange', endIfVisible)
      resolve()
    }
    const endIfVisible = () => {
      if (!page?.hidden) end()
    }
    const timer = setTimeout(endIfVisible, wait)
    page?.addEventListener('visibilitychange', endIfVisible)
    signal.addEventListener('abort', end)
  })
}
