/**
 * What is said when the browser, or the service after it, does not accept a passkey or security key.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { WebAuthnError } from 'authsignal-channels'
import type { Problem } from '../steps/problem.js'
import { explain } from './problems.js'

export interface CeremonyContext {
  /** As in "a passkey". */
  readonly noun: string
  readonly purpose: 'challenge' | 'enrol'
  /** Whether the page is shown within the app's page. */
  readonly isFramed: boolean
}

/** What the browser threw. Most often the user has changed their mind, which is no alarm. */
export function describeThrown(error: unknown, { noun, purpose, isFramed }: CeremonyContext): Problem {
  if (!(error instanceof WebAuthnError)) return { text: `This browser cannot use a ${noun} here.` }
  switch (error.code) {
    case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
      return { text: `You have added this ${noun} before.`, calm: true }
    case 'ERROR_INVALID_DOMAIN':
    case 'ERROR_INVALID_RP_ID':
      return { text: `A ${noun} does not work at this address.` }
    case 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT':
    case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
    case 'ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG':
      return { text: `What you chose cannot be used as a ${noun}. Try again with something else.` }
  }
  if (purpose === 'challenge')
    return { text: `It was cancelled, took too long, or no ${noun} of yours is here.`, calm: true }
  // The browser does not say which of these it was.
  return isFramed
    ? {
        text: `No ${noun} was added. Some browsers do not allow it in a window inside an app: if it fails again, choose another method.`,
        calm: true,
      }
    : { text: `No ${noun} was added: it was cancelled or took too long.`, calm: true }
}

/** What the service answered. */
export function describeRefused(failure: Failure, { noun }: CeremonyContext): Problem {
  switch (failure.errorCode) {
    case 'unknown_credential':
    case 'invalid_credential':
      return { text: `This ${noun} is not one of yours here. Use a different one.` }
    case 'timeout':
      return { text: 'It took too long.', calm: true }
    default:
      return { text: explain(failure) }
  }
}
