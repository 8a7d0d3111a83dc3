/**
 * Controls the emulator: the user's phone, and the clock.
 *
 * @module
 */
import { userMessage } from 'authsignal-channels'
import { type ControlError, control as request } from '../../src/emulator/inspector/control.js'
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
  try {
    return await request<T>(path, body)
  } catch (error) {
    const { code, message } = error as ControlError
    if (code === 'emulator_down')
      throw new Problem(code, 'The emulator does not respond. Is the demo still running?')
    throw new Refusal(code, message)
  }
}
