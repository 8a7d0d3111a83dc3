import type { ChannelContext } from '../context.js'
import { poll, type WaitOptions, waiting } from '../lib/poll.js'
import type { CallOptions } from '../lib/request.js'
import type { Result } from '../response.js'
import type { EmailEnrollInput } from './email.js'
import { challenge, enroll } from './one-time-code.js'
import type { ChallengeResponse, EnrollResponse, VerifyResponse } from './responses.js'

/** A link by e-mail; opening it on any device verifies the user. */
export interface EmailMagicLinkChannel {
  /**
   * Adds an e-mail address to the user and sends a link to it; `checkVerificationStatus` resolves when it
   * was opened, which completes the enrolment.
   *
   * @returns The new authenticator's ID. Otherwise `errorCode` is as for `email.enroll`.
   * @throws {TypeError} When `email` is not a string.
   */
  enroll(input: EmailEnrollInput): Promise<Result<EnrollResponse>>
  /**
   * Sends a link to the user's e-mail address. Call it again to resend.
   *
   * @returns `challengeId`. Otherwise `errorCode` is as for `email.challenge`.
   */
  challenge(options?: CallOptions): Promise<Result<ChallengeResponse>>
  /**
   * Waits until the link has been opened. Then the client uses the new token.
   *
   * @returns `isVerified: true` and `token`. Otherwise `errorCode` is `timeout` (the token's lifetime has
   *   passed), or {@link Result | a code of every call}, after two minutes with nothing but failures.
   * @throws {TypeError} When `pollInterval` is not a positive, finite number.
   */
  checkVerificationStatus(options?: WaitOptions): Promise<Result<VerifyResponse>>
}

/**
 * Makes the channel of links by e-mail.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { emailML } })
 * client.setToken(token)
 * await client.emailML.challenge()
 * const response = await client.emailML.checkVerificationStatus()
 * if (response.token) await sendToBackend(response.token)
 */
export function emailML(context: ChannelContext): EmailMagicLinkChannel {
  return {
    enroll: input => enroll(context, 'email-magic-link', 'email', input),
    challenge: options => challenge(context, 'email-magic-link', options),
    checkVerificationStatus: async options =>
      poll<VerifyResponse>(
        context,
        signal =>
          context.request('/client/verify/email-magic-link/finalize', {
            body: {},
            expects: 'isVerified',
            signal,
          }),
        { ...waiting(options), isDone: ({ isVerified }) => isVerified },
      ),
  }
}
