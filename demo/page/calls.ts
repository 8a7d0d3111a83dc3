/**
 * The SDK calls made so far, on both sides, oldest first.
 *
 * @module
 */
import { signal } from '@preact/signals'
import type { RecordedCall } from './record-calls.js'

export const calls = signal<readonly RecordedCall[]>([])

/** Adds a call, or replaces it once it has its response. */
export function logCall(call: RecordedCall): void {
  const known = calls.value.some(({ id }) => id === call.id)
  calls.value = known ? calls.value.map(old => (old.id === call.id ? call : old)) : [...calls.value, call]
}

export function clearCalls(): void {
  calls.value = []
}
