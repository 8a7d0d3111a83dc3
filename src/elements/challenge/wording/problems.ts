/**
 * What the user reads when something did not work: a wrong code, a limit, a failed call. What is said about
 * passkeys and security keys is in `ceremonies.ts`.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { type Message, message } from './catalogue.js'

/** Something that did not work, as a screen shows it. */
export interface Problem {
  readonly text: Message
  /** Adds a "Try again" button, where the screen has no other way to repeat the call. */
  readonly tryAgain?: () => void
  /** Shown without alarm: the user may have caused it on purpose. */
  readonly calm?: true
}

/** When the service does not say how long to wait, in seconds. */
export const USUAL_WAIT = 300

/** The cause of a failed call, and what helps. */
export function explain({ errorCode, retryAfter = USUAL_WAIT }: Failure): Message {
  // Not from the service: networks that want a sign-in first respond with a page of their own.
  const code = errorCode === 'invalid_response' ? 'network_error' : errorCode
  // Words take the text for any other code where they have none for this one.
  return { key: `error.${code}`, values: { wait: retryAfter } }
}

/** The same for a code, link or request that could not be sent again. */
export function explainNotSent(failure: Failure, sends: 'code' | 'emailML' | 'push'): Message {
  const { errorCode, retryAfter = USUAL_WAIT } = failure
  if (errorCode !== 'too_many_requests') return explain(failure)
  return message(`${sends}.tooMany`, { wait: retryAfter })
}

/** The limit of attempts is reached: not even the right code would be accepted. */
export function tooManyCodes(hasOtherMethod: boolean): Message {
  return message(hasOtherMethod ? 'code.lockedUseOther' : 'code.locked', { wait: USUAL_WAIT })
}

/** Why a wait ended without a response of the user, and what helps. */
export function explainNoResponse(failure: Failure, sends: 'emailML' | 'push'): Message {
  return isExpiredWait(failure) ? message(`${sends}.noResponse`) : explain(failure)
}

/** Whether the user can no longer respond, so that waiting is pointless. */
export function isExpiredWait({ errorCode }: Failure): boolean {
  return errorCode === 'timeout' || errorCode === 'invalid_request' || errorCode === 'not_found'
}
