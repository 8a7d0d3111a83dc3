/**
 * Sending a code, link or request, and sending it again. Part of `code.ts` and `wait.ts`;
 * `screens/delivery.tsx` draws it.
 *
 * @module
 */

import type { Failure, Result } from 'authsignal-channels'
import { type ReadonlySignal, type Signal, signal } from '../lib/signal.js'
import type { Sent } from '../methods/kinds.js'
import { type Message, message } from '../wording/catalogue.js'
import { explainNotSent, type Problem } from '../wording/problems.js'
import { createCountdown } from './countdown.js'

/** Between one message and the next, in seconds: most arrive in that time. */
export const COOLDOWN = 30

export type DeliveryState = 'sending' | 'sent' | 'failed'

export interface Delivery {
  readonly delivery: ReadonlySignal<DeliveryState>
  /** Seconds until the next resend is allowed; 0 when it is. */
  readonly resendIn: ReadonlySignal<number>
  /** Announced once, for example that a new code was sent. */
  readonly status: Signal<Message | undefined>
  send(): Promise<void>
  /** Sends again, once that is allowed. */
  resend(): Promise<void>
  /** Sends again at once: what was sent before is over. */
  renew(): Promise<void>
  /** Ends the countdown, and ignores a response that is still to come. */
  stop(): void
}

export interface DeliveryInput {
  /** Makes the request; absent when an app makes the codes. */
  readonly send?: (() => Promise<Result<Sent>>) | undefined
  /** What is sent: the keys of its texts start with this. */
  readonly sends: 'code' | 'emailML' | 'push'
  /** Whether it was sent before this step. */
  readonly isSent?: boolean | undefined
  readonly problem: Signal<Problem | undefined>
  /** Whether a resend has to wait for something else. */
  isBusy?(): boolean
  /** Clears what an earlier attempt left on screen. */
  onSend?(): void
  onSent?(sent: Sent): void
  onResent?(): void
  /** Called first with each failure. Returns whether it ends the step, which then shows nothing. */
  endsStepIfNotSent(failure: Failure): boolean
}

export function createDelivery(input: DeliveryInput): Delivery {
  const { problem } = input
  const delivery = signal<DeliveryState>('sent')
  const status = signal<Message>()
  const countdown = createCountdown()
  let stopped = false
  if (input.isSent) countdown.start(COOLDOWN)

  async function send() {
    if (!input.send || delivery.value === 'sending') return
    input.onSend?.()
    problem.value = undefined
    status.value = undefined
    delivery.value = 'sending'
    const response = await input.send()
    if (stopped) return
    if (response.errorCode === undefined) {
      delivery.value = 'sent'
      countdown.start(COOLDOWN)
      input.onSent?.(response.data)
      return
    }

    if (input.endsStepIfNotSent(response)) return
    delivery.value = 'failed'
    const text = explainNotSent(response, input.sends)
    problem.value = response.errorCode === 'too_many_requests' ? { text } : { text, tryAgain: renew }
    if (response.retryAfter) countdown.start(response.retryAfter)
  }

  async function resend() {
    if (countdown.left.value === 0) await renew()
  }

  async function renew() {
    if (input.isBusy?.()) return
    await send()
    if (delivery.value !== 'sent') return
    input.onResent?.()
    status.value = message(`${input.sends}.resent`)
  }

  return {
    delivery,
    resendIn: countdown.left,
    status,
    send,
    resend,
    renew,
    stop() {
      stopped = true
      countdown.stop()
    },
  }
}
