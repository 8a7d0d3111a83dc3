import type { ChannelContext } from '../context.js'
import type { CallOptions } from '../lib/request.js'
import type { Result } from '../response.js'
import { type VerifyInput, verify } from './one-time-code.js'
import type { EnrollResponse, VerifyResponse } from './responses.js'

/** An authenticator app was created; it counts once one of its codes has been verified. */
export type EnrollTotpResponse = EnrollResponse & {
  /** For the QR code: `otpauth://totp/...`. */
  uri: string
  /** For typing by hand: the same secret in base32. */
  secret: string
}

/** Codes of an authenticator app. */
export interface TotpChannel {
  /**
   * Adds an authenticator app to the user; `verify` with its first code completes the enrolment.
   *
   * @returns `uri` and `secret`. Otherwise `errorCode` is `forbidden` (the token's scopes do not allow
   *   another authenticator), or {@link Result | a code of every call}.
   */
  enroll(options?: CallOptions): Promise<Result<EnrollTotpResponse>>
  /**
   * Checks the code that the app shows. When it is right the client uses the new token from now on.
   *
   * @returns `isVerified`, with `token` for your backend when it is true and `failureReason` when it is
   *   not. Otherwise `errorCode` is `invalid_code` (blank), or {@link Result | a code of every call}.
   * @throws {TypeError} When `code` is not a string.
   */
  verify(input: VerifyInput): Promise<Result<VerifyResponse>>
}

/**
 * Makes the channel of authenticator apps.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { totp } })
 * client.setToken(token)
 * const { uri } = await client.totp.enroll()
 * if (uri) draw(uri)
 * await client.totp.verify({ code })
 */
export function totp(context: ChannelContext): TotpChannel {
  return {
    enroll: options =>
      context.request('/client/user-authenticators/totp', { expects: 'secret', signal: options?.signal }),
    verify: input => verify(context, 'totp', input),
  }
}
