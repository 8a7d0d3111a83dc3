/**
 * Controls the emulator: the user's phone, and the clock.
 *
 * @module
 */
import { Problem } from './problem.js'

/** @param body If present, the request is a POST. */
export async function control<T>(path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(`/emulator/${path}`, init).catch(() => undefined)
  const result = await response?.json().catch(() => undefined)
  if (response?.ok) return result
  const { errorCode = 'emulator_down', errorDescription = 'The emulator does not respond.' } = result ?? {}
  throw new Problem(errorCode, errorDescription)
}
