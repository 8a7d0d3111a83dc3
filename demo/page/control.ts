/**
 * Controls the emulator: the user's phone, and the clock.
 *
 * @module
 */
import { userMessage } from 'authsignal-channels'
import { Problem } from './problem.js'

/** A refusal of the emulator, with its own sentence. */
export class Refusal extends Problem {
  readonly reply: string

  constructor(code: string, reply: string) {
    super(code, userMessage({ errorCode: code }))
    this.reply = reply
  }
}

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
  if (result?.errorCode) throw new Refusal(result.errorCode, result.errorDescription)
  throw new Problem('emulator_down', 'The emulator does not respond. Is the demo still running?')
}
