/**
 * Checks what an authenticator made: the signature, and that it was made here, now and by its user.
 *
 * The library is loaded when the first credential comes, for it is several times the size of the rest.
 */

import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedAuthenticationResponse,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server'
import * as v from 'valibot'
import type { AuthenticationResponse, RegistrationResponse } from '../../http/fields.js'
import { decodeBase64 } from '../../lib/base64.js'
import type { EmulatorConfig } from '../../options.js'
import type { Credential } from '../store.js'
import { isExpectedOrigin } from './origins.js'

/** EdDSA, ES256 and RS256: what the authenticators in use can do. */
export const ALGORITHMS = [-8, -7, -257]

export type Registration = NonNullable<VerifiedRegistrationResponse['registrationInfo']>
export type Assertion = VerifiedAuthenticationResponse['authenticationInfo']

export interface Expectation {
  readonly challenge: string
  readonly isUserVerified: boolean
}

const ClientData = v.object({
  challenge: v.string(),
  origin: v.string(),
  topOrigin: v.optional(v.string()),
})

type ClientData = v.InferOutput<typeof ClientData>

/** What the browser says about the ceremony; `undefined` when it is not readable. */
export function readClientData(clientDataJSON: string): ClientData | undefined {
  try {
    const parsed = v.safeParse(ClientData, JSON.parse(decodeBase64(clientDataJSON) ?? ''))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/** What was registered; `undefined` when the response is not good. */
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

/** What was proven; `undefined` when the response is not good. */
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
      credential: { id, publicKey, counter },
      requireUserVerification: isUserVerified,
    })
    return verified ? authenticationInfo : undefined
  } catch {
    return undefined
  }
}

/** The origins the ceremony took place on, when it was allowed to; the library wants them one by one. */
function expectedOrigins(config: EmulatorConfig, clientDataJSON: string) {
  const clientData = readClientData(clientDataJSON)
  if (clientData === undefined || !isExpectedOrigin(clientData.origin, config)) return undefined
  const { origin: expectedOrigin, topOrigin } = clientData
  if (topOrigin === undefined) return { expectedOrigin }
  // The hosted pages in a frame of an app.
  if (config.allowedOrigins?.includes(topOrigin) === false) return undefined
  return { expectedOrigin, expectedTopOrigin: topOrigin }
}
