import type { ChannelContext } from '../context.js'
import type { CallOptions } from '../lib/request.js'
import type { Result } from '../response.js'
import { challenge, type VerifyInput, verify } from './one-time-code.js'
import type { ChallengeResponse, VerifyResponse } from './responses.js'

/** One-time codes by WhatsApp. The number is enrolled by your backend, or given to its track call. */
export interface WhatsappChannel {
  /**
   * Sends a code to the user's WhatsApp number. Call it again to resend; the earlier code is then no longer valid.
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
 * Makes the channel of one-time codes by WhatsApp.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { whatsapp } })
 * client.setToken(token)
 * const response = await client.whatsapp.challenge()
 * if (response.errorCode) show(userMessage(response))
 */
export function whatsapp(context: ChannelContext): WhatsappChannel {
  return {
    challenge: options => challenge(context, 'whatsapp', options),
    verify: input => verify(context, 'whatsapp', input),
  }
}
