import type { ChannelContext } from '../context.js'
import type { CallOptions } from '../lib/request.js'
import type { Result } from '../response.js'
import { challenge, enroll, type VerifyInput, verify } from './one-time-code.js'
import type { ChallengeResponse, EnrollResponse, VerifyResponse } from './responses.js'

/** What `sms.enroll` is given. */
export type SmsEnrollInput = CallOptions & {
  /** In E.164 form, such as `+64210000001`. */
  phoneNumber: string
}

/** One-time codes by SMS. */
export interface SmsChannel {
  /**
   * Adds a phone number to the user and sends a code to it; `verify` completes the enrolment.
   *
   * @returns The new authenticator's ID. Otherwise `errorCode` is `forbidden` (the user has a number, and
   *   the token's scopes do not allow another), `invalid_request` (not a phone number),
   *   `too_many_requests`, or {@link Result | a code of every call}.
   * @throws {TypeError} When `phoneNumber` is not a string.
   */
  enroll(input: SmsEnrollInput): Promise<Result<EnrollResponse>>
  /**
   * Sends a code to the user's phone number. Call it again to resend; the earlier code is then no longer valid.
   *
   * @returns `challengeId`. Otherwise `errorCode` is `invalid_request` (the user has no number),
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
 * Makes the channel of one-time codes by SMS.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { sms } })
 * client.setToken(token)
 * await client.sms.challenge()
 * const { isVerified, failureReason } = await client.sms.verify({ code })
 */
export function sms(context: ChannelContext): SmsChannel {
  return {
    enroll: input => enroll(context, 'sms', 'phoneNumber', input),
    challenge: options => challenge(context, 'sms', options),
    verify: input => verify(context, 'sms', input),
  }
}
