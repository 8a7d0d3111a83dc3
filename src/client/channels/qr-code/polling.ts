/**
 * Following a QR code by polling the API.
 *
 * @module
 */
import type { ChannelContext } from '../../context.js'
import { poll } from '../../lib/poll.js'
import type {
  ChallengeState,
  QrCodeChallengeResponse,
  QrCodeVerifyResponse,
  QrLink,
  QrListener,
  QrSettings,
} from './types.js'

export function followByPolling(
  context: ChannelContext,
  { action, pollInterval }: QrSettings,
  { onState, onLost }: QrListener,
): QrLink {
  const { request } = context
  const closed = new AbortController()
  let following: AbortController | undefined

  async function follow({ challengeId, deviceCode }: QrCodeChallengeResponse, signal: AbortSignal) {
    const result = await poll<QrCodeVerifyResponse>(
      context,
      signal =>
        request('/client/verify/qr-code', {
          as: 'tenant',
          body: { challengeId, deviceCode },
          expects: 'isConsumed',
          signal,
        }),
      {
        interval: pollInterval,
        signal,
        isDone(response) {
          if (!signal.aborted) onState(stateOf(response), response.token)
          return response.isConsumed
        },
      },
    )
    if (result.errorCode !== undefined && !signal.aborted) onLost(result)
  }

  return {
    async create(custom) {
      const created = await request<QrCodeChallengeResponse>('/client/challenge/qr-code', {
        as: context.token ? 'token' : 'tenant',
        body: { action, custom },
        expects: 'challengeId',
        signal: closed.signal,
      })
      if (created.data && !closed.signal.aborted) {
        following?.abort() // only now: until there is another code, the user may still scan this one
        following = new AbortController()
        void follow(created.data, following.signal)
      }
      return created
    },
    close() {
      closed.abort()
      following?.abort()
    },
  }
}

function stateOf({ isClaimed, isConsumed, isVerified }: QrCodeVerifyResponse): ChallengeState {
  if (isConsumed) return isVerified ? 'approved' : 'rejected'
  return isClaimed ? 'claimed' : 'unclaimed'
}
