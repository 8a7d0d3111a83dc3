/**
 * The emulator's clock, which codes, tokens and limits use. It can be moved ahead.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { control } from './control.js'
import { shared } from './shared.js'

/** By how many milliseconds the emulator's time is ahead of this machine's. */
const lead = shared('clock-lead', 0)

/** The emulator's time in milliseconds since 1970, for what changes on the screen as it passes. */
export const now = signal(Date.now() + lead.peek())

const TICK = 250

/** Keeps `now` going until the page closes. */
export async function startClock(): Promise<void> {
  setInterval(() => {
    now.value = Date.now() + lead.value
  }, TICK)
  await readClock()
}

export async function skip(seconds: number): Promise<void> {
  const { now: emulated } = await control<{ now: string }>('clock', { advance: seconds })
  lead.value = Date.parse(emulated) - Date.now()
  now.value = Date.now() + lead.value
}

/** The emulator returns its time only when the clock is moved, so it is moved by 0 seconds. */
export const readClock = () => skip(0)
