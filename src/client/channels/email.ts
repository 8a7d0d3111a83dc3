import type { ChannelContext } from '../context.js'
import type { CallOptions } from '../lib/request.js'
import type { Result } from '../response.js'
import { challenge, enroll, type VerifyInput, verify } from './one-time-code.js'
import type { ChallengeResponse, EnrollResponse, VerifyResponse } from './responses.js'

/** What `email.enroll` and `emailML.enroll` are given. */
export type EmailEnrollInput = CallOptions & {
  /** Such as `jane@example.com`. */
  email: string
}

/** One-time codes by e-mail. */
export interface EmailChannel {
  /**
   * Adds an e-mail address to the user and sends a code to it; `verify` completes the enrolment.
   *
   * @returns The new authenticator's ID. Otherwise `errorCode` is `forbidden` (the user has an address,
   *   and the token's scopes do not allow another), `invalid_request` (not an address),
   *   `too_many_requests`, or {@link Result | a code of every call}.
   * @throws {TypeError} When `email` is not a string.
   */
  enroll(input: EmailEnrollInput): Promise<Result<EnrollResponse>>
  /**
   * Sends a code to the user's e-mail address. Call it again to resend; the earlier code is then no longer valid.
   *
   * @returns `challengeId`. Otherwise `errorCode` is `invalid_request` (the user has no address),
   *   `too_many_requests` (see `retryAfter`), or {@link Result | a code of every call}.
   */
  challenge(options?: CallOptions): Promise<Result<ChallengeResponse>>
  /**
   * Checks the code. When it is right the client uses the new token from now on.
   *
   * @returns `isVerified`, with `token` for your backend when it is true and `failureReason` when it is
   *   not. Otherwise `errorCode` is `invalid_code` (blank), or {@link Result | a code of every call}.
   * @throws {TypeError} When `code` is not a string.
   */
  verify(input: VerifyInput): Promise<Result<VerifyResponse>>
}

/**
 * Makes the channel of one-time codes by e-mail.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { email } })
 * client.setToken(token)
 * await client.email.enroll({ email: 'jane@example.com' })
 * await client.email.verify({ code })
 */
export function email(context: ChannelContext): EmailChannel {
  return {
    enroll: input => enroll(context, 'email-otp', 'email', input),
    challenge: options => challenge(context, 'email-otp', options),
    verify: input => verify(context, 'email-otp', input),
  }
}
