/**
 * Checks the responses of authenticators: signature, challenge, origin, RP ID and user verification.
 *
 * The library that does it is several times the size of the emulator, so it is loaded with the first response.
 */

import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedAuthenticationResponse,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeBytes } from '../../lib/base64.js'
import type { EmulatorConfig } from '../../options.js'
import type { Credential } from '../users.js'
import { isExpectedOrigin } from './origins.js'
import { type AuthenticationResponse, type RegistrationResponse, readClientData } from './responses.js'

/** EdDSA, ES256 and RS256. */
export const ALGORITHMS = [-8, -7, -257]

export type Registration = NonNullable<VerifiedRegistrationResponse['registrationInfo']>
export type Assertion = VerifiedAuthenticationResponse['authenticationInfo']

export interface Expectation {
  readonly challenge: string
  readonly isUserVerified: boolean
}

/** The new credential; `undefined` when the response is not valid. */
export async function verifyRegistration(
  config: EmulatorConfig,
  response: RegistrationResponse,
  { challenge, isUserVerified, isUserPresent }: Expectation & { readonly isUserPresent: boolean },
): Promise<Registration | undefined> {
  const origins = expectedOrigins(config, response.response.clientDataJSON)
  if (origins === undefined) return undefined
  const { verifyRegistrationResponse } = await import('./simplewebauthn.js')
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origins.expectedOrigin,
      expectedRPID: config.rpId,
      requireUserPresence: isUserPresent,
      requireUserVerification: isUserVerified,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    return registrationInfo
  } catch {
    return undefined
  }
}

/** The new counter and backup state of a credential; `undefined` when the response is not valid. */
export async function verifyAssertion(
  config: EmulatorConfig,
  response: AuthenticationResponse,
  { id, publicKey, counter }: Credential,
  { challenge, isUserVerified }: Expectation,
): Promise<Assertion | undefined> {
  const origins = expectedOrigins(config, response.response.clientDataJSON)
  if (origins === undefined) return undefined
  const { verifyAuthenticationResponse } = await import('./simplewebauthn.js')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      ...origins,
      expectedRPID: config.rpId,
      credential: { id, publicKey: decodeBytes(publicKey)!, counter },
      requireUserVerification: isUserVerified,
    })
    return verified ? authenticationInfo : undefined
  } catch {
    return undefined
  }
}

/** The origins of the page and of the page around its frame; `undefined` when they are not allowed. */
function expectedOrigins(config: EmulatorConfig, clientDataJSON: string) {
  const clientData = readClientData(clientDataJSON)
  if (clientData === undefined || !isExpectedOrigin(clientData.origin, config)) return undefined
  const { origin: expectedOrigin, topOrigin } = clientData
  if (topOrigin === undefined) return { expectedOrigin }
  // The hosted page runs in a frame of an app.
  if (config.allowedOrigins?.includes(topOrigin) === false) return undefined
  return { expectedOrigin, expectedTopOrigin: topOrigin }
}
