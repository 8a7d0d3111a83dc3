import type { ChannelContext } from '../context.js'
import { poll, type WaitOptions, waiting } from '../lib/poll.js'
import type { CallOptions } from '../lib/request.js'
import { assertText } from '../options.js'
import type { Result } from '../response.js'

/** A push message was sent. */
export type PushChallengeResponse = {
  /** What `verify` and `waitForResult` take. */
  challengeId: string
  /** For each device that was meant, whether the message could be delivered. */
  deliveryResults?: PushDeliveryResult[]
}

/** Whether the push message could be delivered to one device. */
export type PushDeliveryResult = {
  /** The device. */
  userAuthenticatorId: string
  /** Why the message could not be delivered. */
  errorCode?: string
}

/** Where a push challenge stands: undecided, approved (`isVerified`), or rejected (`isConsumed` alone). */
export type PushVerifyResponse = {
  /** Whether the user has approved. */
  isVerified: boolean
  /** Whether the user has decided. */
  isConsumed: boolean
  /** For your backend to validate. The client uses it from now on. Present when approved. */
  token?: string
}

/** What `push.challenge` is given. */
export type PushChallengeInput = CallOptions & {
  /** The action being confirmed, the same that your backend tracked. */
  action: string
  /** Only this device may respond. Default: any device of the user. */
  userAuthenticatorId?: string | undefined
}

/** What `push.verify` is given. */
export type PushVerifyInput = CallOptions & {
  /** Of the challenge that was sent. */
  challengeId: string
}

/**
 * An approval request on the user's phone.
 *
 * @example
 * const { isConsumed, isVerified } = await authsignal.push.waitForResult({ challengeId: 'c1', pollInterval: 2000 })
 */
export interface PushChannel {
  /**
   * Sends the request to the user's devices.
   *
   * @returns `challengeId`. Otherwise `errorCode` is `invalid_request` (the user has no device), or
   *   {@link Result | a code of every call}.
   * @throws {TypeError} When `action` is not a string.
   */
  challenge(input: PushChallengeInput): Promise<Result<PushChallengeResponse>>
  /**
   * Checks once whether the user has decided.
   *
   * @returns Where the challenge stands. Otherwise `errorCode` is {@link Result | a code of every call}.
   * @throws {TypeError} When `challengeId` is not a string.
   */
  verify(input: PushVerifyInput): Promise<Result<PushVerifyResponse>>
  /**
   * Waits until the user has decided.
   *
   * @returns `isVerified: true` and `token` when the user approved, `isVerified: false` when the user
   *   rejected. Otherwise `errorCode` is `timeout` (the token's lifetime has passed), or
   *   {@link Result | a code of every call}, after two minutes with nothing but failures.
   * @throws {TypeError} When `challengeId` is not a string, or `pollInterval` not a positive, finite number.
   */
  waitForResult(input: PushVerifyInput & WaitOptions): Promise<Result<PushVerifyResponse>>
}

/**
 * Makes the channel of approval requests on the user's phone.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { push } })
 * client.setToken(token)
 * const { challengeId } = await client.push.challenge({ action: 'payout' })
 * if (challengeId) await client.push.waitForResult({ challengeId })
 */
export function push(context: ChannelContext): PushChannel {
  const { request } = context
  const verify: PushChannel['verify'] = async input => {
    const { challengeId, signal } = input ?? {}
    assertText(challengeId, '"challengeId"')
    return request('/client/verify/push', { body: { challengeId }, expects: 'isConsumed', signal })
  }
  return {
    async challenge(input) {
      const { action, userAuthenticatorId, signal } = input ?? {}
      assertText(action, '"action"')
      return request('/client/challenge/push', {
        body: { action, userAuthenticatorId },
        expects: 'challengeId',
        signal,
      })
    },
    verify,
    async waitForResult(input) {
      assertText(input?.challengeId, '"challengeId"')
      return poll(context, signal => verify({ challengeId: input.challengeId, signal }), {
        ...waiting(input),
        isDone: ({ isConsumed }) => isConsumed,
      })
    },
  }
}
