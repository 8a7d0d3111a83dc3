/**
 * Timing: a promise that is resolved from outside, a delay of any length, and the delays after failures.
 *
 * @module
 */

/** `setTimeout` fires at once when it is given more. */
export const LONGEST_TIMER = 2 ** 31 - 1

/** The longest delay after failures, in ms. */
const LONGEST_BACK_OFF = 15_000

export interface Deferred<T> {
  readonly promise: Promise<T>
  /** Only the first call counts. */
  resolve(value: T): void
}

export function deferred<T = void>(): Deferred<T> {
  let resolve!: (value: T) => void
  const promise = new Promise<T>(settle => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Resolves after `ms`, which may be more than a timer holds, or as soon as `signal` aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = deferred()
  let timer: ReturnType<typeof setTimeout>
  const end = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    resolve()
  }
  const wait = (left: number) => {
    timer = setTimeout(
      () => (left > LONGEST_TIMER ? wait(left - LONGEST_TIMER) : end()),
      Math.min(left, LONGEST_TIMER),
    )
  }
  if (signal.aborted) resolve()
  else {
    signal.addEventListener('abort', end)
    wait(ms)
  }
  return promise
}

/**
 * The delay after a failure, in ms: `base` doubled for each attempt, up to 15 s, less a random part of up
 * to a quarter, so that clients that failed together do not return together. Never shorter than `base`.
 */
export function backOff(attempt: number, base: number): number {
  const shortest = Math.max(base, 0.75 * Math.min(base * 2 ** attempt, LONGEST_BACK_OFF))
  return shortest + (shortest / 3) * Math.random()
}

/**
 * A random part of an interval, in ms. Clients that are all set going by one event wait for it, and then
 * send as many requests per second as they do when each polls once per interval.
 */
export const spread = (interval: number): number => Math.random() * interval
