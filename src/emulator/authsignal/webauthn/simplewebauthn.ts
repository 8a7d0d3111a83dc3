/** What is used of the library, apart so that the rest of it is left out and this is loaded when it is needed. */

export { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
