/**
 * The log: the SDK calls made so far, on both sides, and what the demo did to prepare a scenario; oldest first.
 *
 * @module
 */
import { signal } from '@preact/signals'
import type { RecordedCall } from './record-calls.js'

/** Something that the demo did by itself, such as enrolling the user that a scenario needs. */
export interface LogNote {
  readonly id: string
  readonly text: string
}

export type LogEntry = RecordedCall | LogNote

export const logEntries = signal<readonly LogEntry[]>([])

/** Whether a scenario has made a call since the log was empty. Calls that prepare one do not count. */
export const hasCalls = signal(false)

let preparations = 0

/** Adds a call, or replaces it once it has its response. */
export function logCall(call: RecordedCall): void {
  const known = logEntries.value.some(({ id }) => id === call.id)
  if (known) logEntries.value = logEntries.value.map(old => (old.id === call.id ? call : old))
  else add(call)
}

export function logNote(text: string): void {
  add({ id: crypto.randomUUID(), text })
}

/** Runs what the demo does by itself before a scenario, with a note in front of its calls. */
export async function logPreparation(note: string, prepare: () => Promise<unknown>): Promise<void> {
  logNote(note)
  preparations += 1
  try {
    await prepare()
  } finally {
    preparations -= 1
  }
}

export function clearLog(): void {
  logEntries.value = []
  hasCalls.value = false
}

function add(entry: LogEntry): void {
  logEntries.value = [...logEntries.value, entry]
  if ('method' in entry && preparations === 0) hasCalls.value = true
}
