/**
 * Signals that all windows of the demo share, for the phone may be in a window of its own.
 *
 * They outlive a reload, too. A browser that lets nothing be stored keeps them to one window.
 *
 * @module
 */
import { effect, type Signal, signal } from '@preact/signals'

export function shared<T>(name: string, initial: T): Signal<T> {
  const key = `demo.${name}`
  const parse = (text: string | null): T => (text === null ? initial : JSON.parse(text))
  const value = signal(initial)
  try {
    value.value = parse(localStorage.getItem(key))
    // This event fires only in other windows, and only if the value changes.
    addEventListener('storage', event => {
      if (event.key === key) value.value = parse(event.newValue)
    })
    effect(() => localStorage.setItem(key, JSON.stringify(value.value)))
  } catch {
    // blocked, or full
  }
  return value
}
