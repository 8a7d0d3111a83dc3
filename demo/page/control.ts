/**
 * The emulator's levers: what a phone, or time itself, does where the service is real.
 *
 * @module
 */
import { Problem } from './problem.js'

/** @param body Makes it a POST. */
export async function control<T>(path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(`/emulator/${path}`, init).catch(() => undefined)
  const answer = await response?.json().catch(() => undefined)
  if (response?.ok) return answer
  const { errorCode = 'emulator_down', errorDescription = 'The emulator does not answer.' } = answer ?? {}
  throw new Problem(errorCode, errorDescription)
}
