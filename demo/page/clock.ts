/**
 * The emulator's clock: codes, tokens and limits run out by it, and it can be put forward.
 *
 * @module
 */
import { Problem } from './problem.js'

export async function skip(seconds: number): Promise<void> {
  const response = await fetch('/emulator/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: seconds }),
  }).catch(() => undefined)
  if (!response?.ok) throw new Problem('clock', 'The emulator’s clock could not be put forward.')
}
