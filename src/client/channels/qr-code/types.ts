/**
 * Shapes of the QR code channel: the public ones, and what its session and its two links share.
 *
 * @module
 */

import type { CallOptions } from '../../lib/request.js'
import type { Failure, Result } from '../../response.js'

/** Where a QR code stands: shown, scanned, and how the user decided. */
export type ChallengeState = 'unclaimed' | 'claimed' | 'approved' | 'rejected'

/**
 * What `qrCode.challenge` is given.
 *
 * @example
 * const input: QrCodeInput = {
 *   action: 'payout',
 *   custom: { amount: 100 },
 *   onStateChange: state => show(state),
 *   onError: failure => show(userMessage(failure)),
 * }
 */
export type QrCodeInput = CallOptions & {
  /** The action being confirmed, the same that your backend tracked. */
  action: string
  /** Data for the user's app. Only without a token: a tracked action has its own. */
  custom?: Record<string, unknown> | undefined
  /** Polls the API instead of opening a WebSocket. Default `false`. */
  polling?: boolean | undefined
  /** Delay between a response and the next poll, in milliseconds, where the API is polled. Default `3_000`. */
  pollInterval?: number | undefined
  /** Time after which the code is replaced by a new one, in milliseconds. Default `540_000`. */
  refreshInterval?: number | undefined
  /** Where the WebSocket is. Default: derived from the base URL. */
  webSocketUrl?: string | undefined
  /** There is another code to draw: the time of the last one was up, or its connection broke. */
  onRefresh?: ((challengeId: string, expiresAt: string) => void) | undefined
  /** The state has changed; the token comes with `"approved"`. The client uses it from now on. */
  onStateChange: (state: ChallengeState, token?: string) => void
  /** The code can no longer be followed, and no other could be had: offer to start again. */
  onError?: ((failure: Failure) => void) | undefined
}

/** A QR code to draw. */
export type QrCodeChallengeResponse = {
  /** What the QR code holds. */
  challengeId: string
  /** ISO 8601, such as `2030-01-31T09:00:00.000Z`. */
  expiresAt: string
  /** Only where the API is polled. */
  deviceCode?: string
}

/** The API's response about the state of a QR code. */
export type QrCodeVerifyResponse = {
  /** Whether a user has scanned the code. */
  isClaimed: boolean
  /** Whether the user has approved. */
  isVerified: boolean
  /** Whether the user has decided. */
  isConsumed: boolean
  /** For your backend to validate. Present when approved. */
  token?: string
}

/** What `challenge()` is given, with the defaults. */
export type QrSettings = QrCodeInput & { readonly pollInterval: number; readonly refreshInterval: number }

/** A code, or why there is none. */
export type Created = Result<QrCodeChallengeResponse>

/** A way to get codes and to follow them: a WebSocket, or polling. */
export interface QrLink {
  /** Requests another code; its changes, and those of the codes before it, are reported. */
  create(custom: Record<string, unknown> | undefined): Promise<Created>
  /** Nothing is reported any more. */
  close(): void
}

export interface QrListener {
  onState(state: ChallengeState, token?: string): void
  /** The codes can no longer be followed over this link. */
  onLost(failure: Failure): void
}
