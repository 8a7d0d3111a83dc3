import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialHint,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { ChannelContext } from '../context.js'
import type { CallOptions } from '../lib/request.js'
import { type Result, succeed } from '../response.js'
import type { RegistrationResponseJSON } from './registration.js'
import type { VerifyResponse } from './responses.js'
import { authenticate, register } from './webauthn.js'

/** A security key was added. */
export type SecurityKeyEnrollResponse = {
  /** For your backend to validate. The client uses it from now on. */
  token?: string
  /** The response of the browser, as it was sent to the server. */
  registrationResponse?: RegistrationResponseJSON
}

/** Result of a verification with a security key. */
export type SecurityKeyVerifyResponse = {
  /** Whether the key is valid. */
  isVerified: boolean
  /** For your backend to validate. The client uses it from now on. Present when verified. */
  token?: string
  /** The response of the browser, as it was sent to the server. */
  authenticationResponse?: AuthenticationResponseJSON
}

/** Options of `securityKey.enroll`. */
export type SecurityKeyEnrollOptions = CallOptions & {
  /** What the browser should offer first, such as `["security-key"]`. */
  hints?: PublicKeyCredentialHint[] | undefined
}

/** A hardware key that the user plugs in or taps. */
export interface SecurityKeyChannel {
  /**
   * Adds a security key to the user. The browser shows a dialog: call this from a click.
   *
   * @returns `token` and the response of the key. Otherwise `errorCode` is `timeout`, `aborted`, or
   *   {@link Result | a code of every call}.
   * @throws {WebAuthnError} When the user or the browser ends the ceremony.
   */
  enroll(options?: SecurityKeyEnrollOptions): Promise<Result<SecurityKeyEnrollResponse>>
  /**
   * Verifies the user with a security key. Call this from a click.
   *
   * @returns `isVerified` and `token`. Otherwise `errorCode` is `invalid_credential`, `timeout`, `aborted`,
   *   or {@link Result | a code of every call}.
   * @throws {WebAuthnError} When the user or the browser ends the ceremony.
   */
  verify(options?: CallOptions): Promise<Result<SecurityKeyVerifyResponse>>
}

/**
 * Makes the channel of hardware keys.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { securityKey } })
 * client.setToken(token)
 * const { isVerified } = await client.securityKey.verify()
 */
export function securityKey({ request }: ChannelContext): SecurityKeyChannel {
  return {
    async enroll({ hints, signal } = {}) {
      const options = await request<PublicKeyCredentialCreationOptionsJSON>(
        '/client/user-authenticators/security-key/registration-options',
        { body: {}, expects: 'challenge', signal },
      )
      if (!options.data) return options
      const ceremony = await register({ ...options.data, ...(hints && { hints }) }, { signal })
      if (!ceremony.data) return ceremony
      const { credential } = ceremony.data

      const added = await request<VerifyResponse>('/client/user-authenticators/security-key', {
        body: credential,
        expects: 'isVerified',
        signal,
      })
      if (!added.data) return added
      return succeed({ ...added.data, registrationResponse: credential })
    },
    async verify({ signal } = {}) {
      const options = await request<PublicKeyCredentialRequestOptionsJSON>(
        '/client/user-authenticators/security-key/authentication-options',
        { body: {}, expects: 'challenge', signal },
      )
      if (!options.data) return options
      const ceremony = await authenticate(options.data, { signal })
      if (!ceremony.data) return ceremony
      const { credential } = ceremony.data

      const verified = await request<VerifyResponse>('/client/verify/security-key', {
        body: credential,
        expects: 'isVerified',
        signal,
      })
      if (!verified.data) return verified
      return succeed({ ...verified.data, authenticationResponse: credential })
    },
  }
}
