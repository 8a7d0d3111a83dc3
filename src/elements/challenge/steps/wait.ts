/**
 * One visit to the screen that waits for what the user does elsewhere: sending the link or request,
 * sending it again, and learning what came of it.
 *
 * State and calls only; `screens/wait-elsewhere.tsx` draws it.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Result, Failure, VerifyResponse } from 'authsignal-channels'
import type { Choice } from '../flows/plan.js'
import type { Proof, Sent, WaitMethod } from '../methods/kinds.js'
import { explainNoAnswer, explainNotSent, isUnanswered } from '../wording/problems.js'
import { createCountdown } from './countdown.js'
import type { Problem } from './problem.js'

export interface WaitStep {
  readonly choice: Choice<WaitMethod>
  readonly delivery: ReadonlySignal<'sending' | 'sent' | 'failed'>
  readonly waiting: ReadonlySignal<boolean>
  /** Seconds until a new one may be asked for. */
  readonly resendIn: ReadonlySignal<number>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Said once, for example that a new link is on its way. */
  readonly status: ReadonlySignal<string>
  send(): Promise<void>
  resend(): Promise<void>
  /** Waits for the answer to what was sent already. */
  wait(sent: Sent): Promise<void>
  dispose(): void
}

export interface WaitStepInput {
  readonly choice: Choice<WaitMethod>
  /** The request that sends the link or request, made anew for a resend. */
  send(): Promise<Result<Sent>>
  wait(sent: Sent, signal: AbortSignal): Promise<Result<VerifyResponse>>
  onVerified(proof: Proof): void
  onRejected(): void
  /** These see a failure first, and answer whether the step is over because of it. */
  onNotSent(failure: Failure): boolean
  onNoAnswer(failure: Failure): boolean
}

export function createWaitStep(input: WaitStepInput): WaitStep {
  const { sends, resent } = input.choice.method
  const delivery = signal<'sending' | 'sent' | 'failed'>('sent')
  const waiting = signal(false)
  const problem = signal<Problem>()
  const status = signal('')
  const countdown = createCountdown()
  const left = new AbortController()
  let current = new AbortController()

  async function send() {
    if (delivery.value === 'sending') return
    batch(() => {
      problem.value = undefined
      status.value = ''
      delivery.value = 'sending'
    })
    const response = await input.send()
    if (left.signal.aborted) return
    if (response.errorCode === undefined) {
      delivery.value = 'sent'
      void wait(response.data)
      return
    }

    if (input.onNotSent(response)) return
    batch(() => {
      delivery.value = 'failed'
      const text = explainNotSent(response, sends.many)
      problem.value =
        response.errorCode === 'too_many_requests'
          ? { text: `${text} The last one may still work.` }
          : { text, tryAgain: resend }
      if (response.retryAfter) countdown.start(response.retryAfter)
    })
  }

  async function resend() {
    if (countdown.left.value > 0) return
    await send()
    if (delivery.value === 'sent') status.value = resent
  }

  async function wait(sent: Sent) {
    current.abort()
    current = new AbortController()
    const { signal } = current
    batch(() => {
      problem.value = undefined
      waiting.value = true
    })
    const response = await input.wait(sent, signal)
    if (signal.aborted) return
    batch(() => {
      waiting.value = false
      if (response.errorCode === undefined) {
        if (response.isVerified) input.onVerified(response.data)
        else input.onRejected()
      } else if (!input.onNoAnswer(response)) {
        const tryAgain = isUnanswered(response) ? resend : () => void wait(sent)
        problem.value = { text: explainNoAnswer(response, sends.one), tryAgain }
      }
    })
  }

  return {
    choice: input.choice,
    delivery,
    waiting,
    resendIn: countdown.left,
    problem,
    status,
    send,
    resend,
    wait,
    dispose() {
      left.abort()
      current.abort()
      countdown.stop()
    },
  }
}
