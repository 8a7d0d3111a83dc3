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

interface ClockState {
  readonly aheadMs: number
}

export const skip = async (seconds: number) => set(await control('clock', { advance: seconds }))

export const readClock = async () => set(await control('clock'))

function set({ aheadMs }: ClockState): void {
  lead.value = aheadMs
  now.value = Date.now() + lead.value
}
