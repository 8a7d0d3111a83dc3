import type { ChannelContext } from '../../context.js'
import { assert, assertJson, assertText, milliseconds } from '../../options.js'
import type { Result } from '../../response.js'
import { openSession, type QrSession } from './session.js'
import type {
  ChallengeState,
  QrCodeChallengeResponse,
  QrCodeInput,
  QrCodeVerifyResponse,
  QrSettings,
} from './types.js'

export type { ChallengeState, QrCodeChallengeResponse, QrCodeInput, QrCodeVerifyResponse }

/** A QR code that the user scans with your app, on a phone that is signed in. */
export interface QrCodeChannel {
  /**
   * Starts a QR code challenge and reports each change of its state until the user has decided. Falls back
   * to polling the API where a WebSocket does not come through. A second call ends the first.
   *
   * What a callback throws is reported (`reportError`) and changes nothing else.
   *
   * @returns `challengeId` to draw. Otherwise `errorCode` is `aborted` (also by `disconnect`), or
   *   {@link Result | a code of every call}.
   * @throws {TypeError} When an option is wrong; the message names it.
   */
  challenge(input: QrCodeInput): Promise<Result<QrCodeChallengeResponse>>
  /**
   * Replaces the code by another one, which `onRefresh` reports. Can be called at any time: while a code is
   * being created, the next one follows it.
   *
   * @returns Resolves when the new code was reported, or when the challenge has ended.
   * @throws {Error} Before the first `challenge()`.
   */
  refresh(input?: { readonly custom?: Record<string, unknown> | undefined }): Promise<void>
  /** Stops; nothing is reported any more. */
  disconnect(): void
}

/**
 * Makes the channel of QR codes.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { qrCode } })
 * client.setToken(token)
 * const { challengeId } = await client.qrCode.challenge({
 *   action: 'payout',
 *   onStateChange: state => show(state),
 *   onRefresh: draw,
 * })
 * if (challengeId) draw(challengeId)
 */
export function qrCode(context: ChannelContext): QrCodeChannel {
  let current: QrSession | undefined
  return {
    async challenge(input) {
      const settings = read(input)
      current?.end()
      current = openSession(context, settings)
      return current.first
    },
    async refresh({ custom } = {}) {
      assertJson({ custom })
      if (!current) throw new Error('challenge() must be called before refresh()')
      await current.refresh(custom)
    },
    disconnect() {
      current?.end()
    },
  }
}

function read(input: QrCodeInput): QrSettings {
  const { action, custom, onStateChange, pollInterval, refreshInterval } = input ?? {}
  assertText(action, '"action"')
  assert(typeof onStateChange === 'function', '"onStateChange" must be a function')
  assertJson({ custom })
  return {
    ...input,
    pollInterval: milliseconds(pollInterval, '"pollInterval"', 3000),
    refreshInterval: milliseconds(refreshInterval, '"refreshInterval"', 540_000),
  }
}
