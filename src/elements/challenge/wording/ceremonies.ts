/**
 * What the user reads when a passkey or security key did not work, in the browser or in the service.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { WebAuthnError } from 'authsignal-channels'
import { message } from './catalogue.js'
import { explain, type Problem } from './problems.js'

export interface CeremonyContext {
  readonly name: 'passkey' | 'securityKey'
  readonly purpose: 'challenge' | 'enrolment'
  readonly isFramed: boolean
}

/** An error of the browser. In most cases the user has cancelled. */
export function describeThrown(error: unknown, { name, purpose, isFramed }: CeremonyContext): Problem {
  if (!(error instanceof WebAuthnError)) return { text: message(`${name}.unsupported`) }
  switch (error.code) {
    case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
      return { text: message(`${name}.added`), calm: true }
    case 'ERROR_INVALID_DOMAIN':
    case 'ERROR_INVALID_RP_ID':
      return { text: message(`${name}.wrongAddress`) }
    case 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT':
    case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
    case 'ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG':
      return { text: message(`${name}.unsuitable`) }
  }
  if (purpose === 'challenge') return { text: message(`${name}.notUsed`), calm: true }
  // The browser reports all of these causes as the same error.
  return { text: message(isFramed ? `${name}.notAddedFramed` : `${name}.notAdded`), calm: true }
}

/** A failure of the service. */
export function describeRefused(failure: Failure, { name }: CeremonyContext): Problem {
  switch (failure.errorCode) {
    case 'unknown_credential':
    case 'invalid_credential':
      return { text: message(`${name}.notLinked`) }
    case 'timeout':
      return { text: message(`${name}.timeout`), calm: true }
    default:
      return { text: explain(failure) }
  }
}
