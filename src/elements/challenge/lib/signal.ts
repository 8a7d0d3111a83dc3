/**
 * State that screens show. Setting a value draws the challenges of the page again.
 *
 * @module
 */

/** A value that screens show. */
export interface Signal<T> {
  value: T
}

export type ReadonlySignal<T> = Readonly<Signal<T>>

const listeners = new Set<() => void>()

export function signal<T>(): Signal<T | undefined>
export function signal<T>(initial: T): Signal<T>
export function signal<T>(initial?: T): Signal<T | undefined> {
  let current = initial
  return {
    get value() {
      return current
    },
    set value(next) {
      if (Object.is(next, current)) return
      current = next
      for (const listener of listeners) listener()
    },
  }
}

/** Calls the listener once after changes, in a microtask. Returns what removes it. */
export function onChange(listener: () => void): () => void {
  let isPending = false
  const notify = () => {
    if (isPending) return
    isPending = true
    queueMicrotask(() => {
      isPending = false
      if (listeners.has(notify)) listener()
    })
  }
  listeners.add(notify)
  return () => listeners.delete(notify)
}
