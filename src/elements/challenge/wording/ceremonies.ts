/**
 * What the user reads when a passkey or security key did not work, in the browser or in the service.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { WebAuthnError } from 'authsignal-channels'
import { explain, type Problem } from './problems.js'

export interface CeremonyContext {
  /** As in "a passkey". */
  readonly noun: string
  readonly purpose: 'challenge' | 'enrolment'
  readonly isFramed: boolean
}

/** An error of the browser. In most cases the user has cancelled. */
export function describeThrown(error: unknown, { noun, purpose, isFramed }: CeremonyContext): Problem {
  if (!(error instanceof WebAuthnError)) return { text: `This browser cannot use a ${noun} here.` }
  switch (error.code) {
    case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
      return { text: `You have already added this ${noun}.`, calm: true }
    case 'ERROR_INVALID_DOMAIN':
    case 'ERROR_INVALID_RP_ID':
      return { text: `A ${noun} does not work at this address.` }
    case 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT':
    case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
    case 'ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG':
      return { text: `Your choice cannot be used as a ${noun}. Try a different one.` }
  }
  if (purpose === 'challenge')
    return { text: `It was cancelled, it took too long, or you have no ${noun} here.`, calm: true }
  // The browser reports all of these causes as the same error.
  const hint = isFramed ? ' If it fails again, choose another method.' : ''
  return { text: `No ${noun} was added: it was cancelled or took too long.${hint}`, calm: true }
}

/** A failure of the service. */
export function describeRefused(failure: Failure, { noun }: CeremonyContext): Problem {
  switch (failure.errorCode) {
    case 'unknown_credential':
    case 'invalid_credential':
      return { text: `This ${noun} is not linked to your account. Use a different one.` }
    case 'timeout':
      return { text: 'It took too long.', calm: true }
    default:
      return { text: explain(failure) }
  }
}
