import { vi } from 'vitest'

/** Records the listeners of a target from now on; returns the events of those that were not removed. */
export function watchListeners(target: EventTarget): () => string[] {
  const added = vi.spyOn(target, 'addEventListener')
  const removed = vi.spyOn(target, 'removeEventListener')
  return () =>
    added.mock.calls
      .filter(([type, listener, options]) => {
        const isOver = typeof options === 'object' && options.signal?.aborted
        return !isOver && !removed.mock.calls.some(call => call[0] === type && call[1] === listener)
      })
      .map(([type]) => type)
}
