/**
 * The emulator's clock, which can be moved ahead.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { control } from '../control.js'

/** By how many milliseconds it is ahead of real time. */
export const aheadMs = signal(0)

/** Its time in milliseconds since 1970, for what changes on the screen as it passes. */
export const now = signal(Date.now())

const TICK = 500

interface ClockState {
  readonly aheadMs: number
}

export function startClock(): void {
  setInterval(tick, TICK)
}

export const readClock = async () => set(await control('clock'))

export const advance = async (seconds: number) => set(await control('clock', { advance: seconds }))

export const returnToRealTime = async () =>
  set(await control('clock', { reset: true }).then(() => control('clock')))

function set(state: ClockState): void {
  aheadMs.value = state.aheadMs
  tick()
}

function tick() {
  now.value = Date.now() + aheadMs.peek()
}
