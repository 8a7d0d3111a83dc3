/**
 * What the channels that send a one-time code have in common: sending it, and checking it.
 *
 * @module
 */
import type { ChannelContext } from '../context.js'
import { normalizeCode } from '../lib/normalize-code.js'
import type { CallOptions } from '../lib/request.js'
import { assertText } from '../options.js'
import { fail, type Result } from '../response.js'
import type { ChallengeResponse, EnrollResponse, VerifyResponse } from './responses.js'

/** What `verify` of the channels that send a code is given. */
export type VerifyInput = CallOptions & {
  /**
   * The code as the user typed or pasted it. Spaces and hyphens are dropped, and full-width and Arabic
   * digits count as digits; a blank code resolves with `invalid_code` and nothing is sent.
   */
  code: string
}

export function challenge({ request }: ChannelContext, method: string, options?: CallOptions) {
  return request<ChallengeResponse>(`/client/challenge/${method}`, {
    expects: 'challengeId',
    signal: options?.signal,
  })
}

export async function enroll(
  { request }: ChannelContext,
  method: string,
  field: 'phoneNumber' | 'email',
  input: CallOptions & { readonly [Field in typeof field]?: string },
) {
  const value = input?.[field]
  assertText(value, `"${field}"`)
  return request<EnrollResponse>(`/client/user-authenticators/${method}`, {
    body: { [field]: value.trim() },
    expects: 'userAuthenticatorId',
    signal: input.signal,
  })
}

export async function verify(
  { request }: ChannelContext,
  method: string,
  input: VerifyInput,
): Promise<Result<VerifyResponse>> {
  assertText(input?.code, '"code"')
  const verificationCode = normalizeCode(input.code)
  if (!verificationCode) return fail('invalid_code', 'The code is empty. Enter the code.')
  return request(`/client/verify/${method}`, {
    body: { verificationCode },
    expects: 'isVerified',
    signal: input.signal,
  })
}
