import type { ChannelContext } from '../context.js'
import { assert, assertJson, assertText } from '../options.js'
import type { AuthsignalResponse, Failure } from '../response.js'
import { openSession, type QrSession } from './qr-code/session.js'
import type { CallOptions } from './types.js'

/** Where a QR code stands: shown, scanned, and how the user decided. */
export type ChallengeState = 'unclaimed' | 'claimed' | 'approved' | 'rejected'

export type QrCodeInput = CallOptions & {
  /** The action being confirmed, the same that your backend tracked. */
  readonly action: string
  /** Data for the user's app. Only without a token: a tracked action has its own. */
  readonly custom?: Record<string, unknown> | undefined
  /** Asks the API again and again instead of opening a WebSocket. Default `false`. */
  readonly polling?: boolean | undefined
  /** Milliseconds from one answer to the next question, where the API is asked. Default `3_000`. */
  readonly pollInterval?: number | undefined
  /** Milliseconds after which the code is replaced by a new one. Default `540_000`. */
  readonly refreshInterval?: number | undefined
  /** Where the WebSocket is. Default: derived from the base URL. */
  readonly webSocketUrl?: string | undefined
  /** There is another code to draw: the time of the last one was up, or its connection broke. */
  readonly onRefresh?: ((challengeId: string, expiresAt: string) => void) | undefined
  /** The state has changed; the token comes with `"approved"`. The client uses it from now on. */
  readonly onStateChange: (state: ChallengeState, token?: string) => void
  /** The code can no longer be followed, and no other could be had: offer to start again. */
  readonly onError?: ((failure: Failure) => void) | undefined
}

export type QrCodeChallengeResponse = {
  /** What the QR code holds. */
  readonly challengeId: string
  /** ISO 8601, such as `2030-01-31T09:00:00.000Z`. */
  readonly expiresAt: string
  /** Only where the API is asked. */
  readonly deviceCode?: string
}

/** What the API answers about a QR code. */
export type QrCodeVerifyResponse = {
  readonly isClaimed: boolean
  readonly isVerified: boolean
  readonly isConsumed: boolean
  readonly token?: string
}

/** A QR code that the user scans with your app, on a phone that is signed in. */
export interface QrCodeChannel {
  /**
   * Starts a QR code challenge and reports each change of its state until the user has decided. Falls back
   * to asking the API where a WebSocket does not come through. A second call ends the first.
   *
   * @returns `challengeId` to draw. Otherwise `errorCode` is `aborted` (also by `disconnect`), or one that
   *   every call can answer with.
   * @throws {TypeError} When an option is wrong; the message names it.
   */
  challenge(input: QrCodeInput): Promise<AuthsignalResponse<QrCodeChallengeResponse>>
  /**
   * Replaces the code by another one, which `onRefresh` reports.
   *
   * @throws {Error} Before the first `challenge()`.
   */
  refresh(input?: { readonly custom?: Record<string, unknown> | undefined }): Promise<void>
  /** Stops; nothing is reported any more. */
  disconnect(): void
}

export function qrCode(context: ChannelContext): QrCodeChannel {
  let current: QrSession | undefined
  return {
    async challenge(input) {
      check(input)
      current?.end()
      current = openSession(context, input)
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

function check(input: QrCodeInput): void {
  const { action, custom, onStateChange, pollInterval = 1, refreshInterval = 1 } = input ?? {}
  assertText(action, '"action"')
  assert(typeof onStateChange === 'function', '"onStateChange" must be a function')
  assert(pollInterval > 0, '"pollInterval" must be a positive number of milliseconds')
  assert(refreshInterval > 0, '"refreshInterval" must be a positive number of milliseconds')
  assertJson({ custom })
}
