/** The WebAuthn types and error of `@simplewebauthn/browser` 13 and 14, beside ours. Compiled, never run. */
import type * as v14 from '@simplewebauthn/browser'
import {
  Authsignal,
  type PasskeySignInResponse,
  type PasskeySignUpInput,
  type PasskeySignUpResponse,
  type SecurityKeyEnrollResponse,
  type SecurityKeyVerifyResponse,
  WebAuthnError,
} from 'authsignal-channels'
import type * as v13 from 'simplewebauthn-browser-13'

const authsignal = new Authsignal({ tenantId: 'acme' })

// Our responses, given to functions that are typed with either version.
declare function register13(response: v13.RegistrationResponseJSON): void
declare function register14(response: v14.RegistrationResponseJSON): void
declare function authenticate13(response: v13.AuthenticationResponseJSON): void
declare function authenticate14(response: v14.AuthenticationResponseJSON): void
export async function given() {
  const { registrationResponse } = await authsignal.passkey.signUp({})
  const { registrationResponse: key } = await authsignal.securityKey.enroll()
  for (const response of [registrationResponse, key]) {
    if (response) register13(response)
    if (response) register14(response)
  }
  const { authenticationResponse } = await authsignal.passkey.signIn()
  const { authenticationResponse: proof } = await authsignal.securityKey.verify()
  for (const response of [authenticationResponse, proof]) {
    if (response) authenticate13(response)
    if (response) authenticate14(response)
  }
}

// Values of either version, as ours.
export function taken(
  registration: v13.RegistrationResponseJSON,
  authentication: v13.AuthenticationResponseJSON | v14.AuthenticationResponseJSON,
  hints: v13.PublicKeyCredentialHint[] | v14.PublicKeyCredentialHint[],
  authenticatorAttachment: v13.AuthenticatorAttachment | v14.AuthenticatorAttachment,
) {
  const signUp: PasskeySignUpResponse = { registrationResponse: registration }
  const enrolled: SecurityKeyEnrollResponse = { registrationResponse: registration }
  const signIn: PasskeySignInResponse = { isVerified: true, authenticationResponse: authentication }
  const verified: SecurityKeyVerifyResponse = { isVerified: true, authenticationResponse: authentication }
  const input: PasskeySignUpInput = { hints, authenticatorAttachment }
  return [signUp, enrolled, signIn, verified, input]
}

// The error.
declare function report13(error: v13.WebAuthnError): v13.WebAuthnErrorCode
declare function report14(error: v14.WebAuthnError): v14.WebAuthnErrorCode
export async function caught() {
  try {
    await authsignal.passkey.signUp({})
  } catch (e) {
    if (e instanceof WebAuthnError) return [report13(e), report14(e), e.code === 'ERROR_CEREMONY_ABORTED']
    throw e
  }
  return []
}
export const ours = (error: v13.WebAuthnError): WebAuthnError => error
export const codes: (v13.WebAuthnErrorCode & v14.WebAuthnErrorCode)[] = ['ERROR_INVALID_DOMAIN']
