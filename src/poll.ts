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
  /** Milliseconds for all of it; then the answer is `timeout`. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
  /** Whether this is the answer that was waited for. Called once for each that is no failure. */
  isDone(answer: T): boolean
}

/** Statuses after which no later answer can be a better one. */
const FINAL = [400, 401, 403, 404, 410]

/** So many failures in a row are taken for the final answer. */
const MAX_FAILURES = 5

export async function poll<T extends object>(
  ask: () => Promise<AuthsignalResponse<T>>,
  { interval, timeout, signal, isDone }: PollOptions<T>,
): Promise<AuthsignalResponse<T>> {
  const deadline = performance.now() + timeout
  let failures = 0
  for (;;) {
    const answer = await ask()
    if (answer.errorCode === undefined) {
      if (isDone(answer)) return answer
      failures = 0
    } else if (isFinal(answer) || ++failures === MAX_FAILURES) return answer

    // Not in step with everybody else who was cut off by the same outage.
    const backOff = failures ? 2 ** failures * (0.75 + Math.random() / 2) : 1
    const wait = Math.max(
      interval * backOff,
      (answer.errorCode && answer.retryAfter ? answer.retryAfter : 0) * 1000,
    )
    const left = deadline - performance.now()
    if (answer.errorCode && wait > left) return answer
    await pause(wait, left, signal)
    if (signal?.aborted) return aborted()
    if (performance.now() >= deadline) return fail('timeout', 'Nothing has happened in time. Start again.')
  }
}

function isFinal({ status, errorCode }: Failure): boolean {
  // Without a status nobody has answered, which may change, or nothing was asked, which will not.
  return status ? FINAL.includes(status) : !['network_error', 'timeout'].includes(errorCode)
}

/** Ends after `wait` when somebody is looking, and in any case when time is up or nobody waits any more. */
function pause(wait: number, left: number, signal: AbortSignal | undefined): Promise<void> {
  const page = globalThis.document
  return new Promise(resolve => {
    const over = new AbortController()
    const end = () => {
      over.abort()
      for (const timer of timers) clearTimeout(timer)
      resolve()
    }
    const endIfVisible = () => {
      if (!page?.hidden) end()
    }
    const timers = [setTimeout(endIfVisible, wait), setTimeout(end, left)]
    page?.addEventListener('visibilitychange', endIfVisible, { signal: over.signal })
    signal?.addEventListener('abort', end, { signal: over.signal })
  })
}
