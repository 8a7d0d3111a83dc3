/**
 * What the user reads when something did not work: a wrong code, a limit, a failed call. What is said about
 * passkeys and security keys is in `ceremonies.ts`.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { CODE_LENGTH } from '../methods/input.js'
import { duration } from './times.js'

/** Something that did not work, as a screen shows it. */
export interface Problem {
  readonly text: string
  /** Adds a "Try again" button, where the screen has no other way to repeat the call. */
  readonly tryAgain?: () => void
  /** Shown without alarm: the user may have caused it on purpose. */
  readonly calm?: true
}

export const WRONG_CODE = {
  sent: 'That code is wrong or has expired. Check the latest one we sent.',
  app: 'That code is wrong or was used already. Enter the one your app shows now.',
}
export const INCOMPLETE_CODE = `Enter the ${CODE_LENGTH} digits of the code.`
export const STILL_VALID = 'The last one may still work.'
export const CONSENT_MISSING = 'Tick this box to get a code by text message.'

/** The cause of a failed call, and what helps. */
export function explain({ errorCode, retryAfter }: Failure): string {
  switch (errorCode) {
    case 'network_error':
    case 'timeout':
      return 'No connection. Check your network, then try again.'
    case 'too_many_requests':
      return retryAfter === undefined
        ? 'Too many attempts. Wait a few minutes, then try again.'
        : `Too many attempts. Try again in ${duration(retryAfter)}.`
    case 'forbidden':
      return 'This session does not allow that. Go back to the app and start again.'
    default:
      return 'Something went wrong. Try again in a moment.'
  }
}

/** The same for a code, or another message, that could not be sent. */
export function explainNotSent(failure: Failure, messages = 'codes'): string {
  if (failure.errorCode !== 'too_many_requests') return explain(failure)
  const next =
    failure.retryAfter === undefined
      ? 'Wait a few minutes before you request a new one.'
      : `You can request a new one in ${duration(failure.retryAfter)}.`
  return `Too many ${messages} were sent. ${next}`
}

/** The limit of attempts is reached: not even the right code would be accepted. */
export function tooManyCodes(hasOtherMethod: boolean): string {
  return `Too many wrong codes. Wait 5 minutes, then try again${hasOtherMethod ? ', or use another method' : ''}.`
}

/** Why a wait ended without a response of the user, and what helps. */
export function explainNoResponse(failure: Failure): string {
  return isExpiredWait(failure) ? 'There was no response in time. Send a new one.' : explain(failure)
}

/** Whether the user can no longer respond, so that waiting is pointless. */
export function isExpiredWait({ errorCode }: Failure): boolean {
  return errorCode === 'timeout' || errorCode === 'invalid_request' || errorCode === 'not_found'
}
