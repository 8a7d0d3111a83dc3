/**
 * The failure of a file of the app: the service has not responded anything.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'

/** A part of the challenge could not be loaded. */
export const NOT_LOADED: Failure = {
  error: 'network_error',
  errorCode: 'network_error',
  errorDescription: 'A part of the element could not be loaded. Check the connection and try again.',
}
