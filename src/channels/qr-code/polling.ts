/**
 * Following a QR code by asking the API.
 *
 * @module
 */
import type { ChannelContext } from '../../context.js'
import { aborted } from '../../response.js'
import type {
  ChallengeState,
  QrCodeChallengeResponse,
  QrCodeInput,
  QrCodeVerifyResponse,
} from '../qr-code.js'
import type { QrLink, QrListener } from './session.js'

export function followByPolling(
  context: ChannelContext,
  { action, pollInterval = 3000 }: QrCodeInput,
  { onState, onLost }: QrListener,
): QrLink {
  const { request, poll } = context
  let following = new AbortController()

  async function follow({ challengeId, deviceCode }: QrCodeChallengeResponse, { signal }: AbortController) {
    const ended = await poll<QrCodeVerifyResponse>(
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
        isDone(answer) {
          if (!signal.aborted) onState(stateOf(answer), answer.token)
          return answer.isConsumed
        },
      },
    )
    if (!ended.data && !signal.aborted) onLost(ended)
  }

  return {
    async create(custom) {
      following.abort()
      following = new AbortController()
      const mine = following
      const created = await request<QrCodeChallengeResponse>('/client/challenge/qr-code', {
        as: context.token ? 'token' : 'tenant',
        body: { action, custom },
        expects: 'challengeId',
        signal: mine.signal,
      })
      if (mine.signal.aborted) return aborted()
      if (created.data) void follow(created.data, mine)
      return created
    },
    close: () => following.abort(),
  }
}

function stateOf({ isClaimed, isConsumed, isVerified }: QrCodeVerifyResponse): ChallengeState {
  if (isConsumed) return isVerified ? 'approved' : 'rejected'
  return isClaimed ? 'claimed' : 'unclaimed'
}
