/**
 * A countdown in seconds, for the time until something is allowed again.
 *
 * @module
 */

import { type ReadonlySignal, signal } from '../lib/signal.js'

export interface Countdown {
  /** Whole seconds left, rounded up; 0 when it is not running. */
  readonly left: ReadonlySignal<number>
  start(seconds: number): void
  stop(): void
}

/** @param onEnd Called when the time is over, not when it is stopped. */
export function createCountdown(onEnd?: () => void): Countdown {
  const left = signal(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function stop() {
    clearInterval(timer)
    left.value = 0
  }

  return {
    left,
    start(seconds) {
      stop()
      // Measured from the start: timers of a hidden page are late, and the delays would add up.
      const end = performance.now() + seconds * 1000
      left.value = Math.ceil(seconds)
      timer = setInterval(() => {
        left.value = Math.max(0, Math.ceil((end - performance.now()) / 1000))
        if (left.value > 0) return
        stop()
        onEnd?.()
      }, 1000)
    },
    stop,
  }
}
