/** Waiting for a condition, with a deadline. */
import { setTimeout } from 'node:timers/promises'

/** How long to wait for what is about to be. Long, as the machine may be busy; nothing waits for all of it. */
export const PATIENCE = 20_000

/** Delay between two calls of `look`, in ms. */
const LOOK = 25

/** The first result of `look` that is not empty. */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    const found = await look()
    if (found) return found as Exclude<T, null | undefined | false>
    if (Date.now() > deadline) throw new Error(`Waited for ${what} in vain.`)
    await setTimeout(LOOK)
  }
}
