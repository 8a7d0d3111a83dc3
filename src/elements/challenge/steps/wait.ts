/**
 * The step that waits for what the user does elsewhere. `screens/wait-elsewhere.tsx` draws it.
 *
 * @module
 */

import type { Result, VerifyResponse } from 'authsignal-channels'
import { type ReadonlySignal, signal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { Proof, Sent, WaitMethod } from '../methods/kinds.js'
import { explainNoResponse, isExpiredWait, type Problem } from '../wording/problems.js'
import { createDelivery, type Delivery, type DeliveryInput } from './delivery.js'
import type { StepInput } from './step.js'

export interface WaitStep extends Omit<Delivery, 'stop'> {
  readonly choice: Choice<WaitMethod>
  readonly waiting: ReadonlySignal<boolean>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Waits for the response to what was sent before. */
  wait(sent: Sent): Promise<void>
  dispose(): void
}

export interface WaitStepInput
  extends StepInput,
    Pick<DeliveryInput, 'send' | 'isSent' | 'endsStepIfNotSent'> {
  readonly choice: Choice<WaitMethod>
  wait(sent: Sent, signal: AbortSignal): Promise<Result<VerifyResponse>>
  onVerified(proof: Proof): void
  onRejected(): void
}

export function createWaitStep(input: WaitStepInput): WaitStep {
  const { name } = input.choice.method
  const waiting = signal(false)
  const problem = signal<Problem>()
  let current = new AbortController()
  const { stop, ...delivery } = createDelivery({
    send: input.send,
    isSent: input.isSent,
    sends: name,
    problem,
    onSent: sent => void wait(sent),
    endsStepIfNotSent: input.endsStepIfNotSent,
  })

  async function wait(sent: Sent) {
    current.abort()
    current = new AbortController()
    const { signal } = current
    problem.value = undefined
    waiting.value = true
    const response = await input.wait(sent, signal)
    if (signal.aborted) return
    waiting.value = false
    if (response.errorCode === undefined) {
      if (response.isVerified) input.onVerified(response.data)
      else input.onRejected()
    } else if (!input.endsStep(response)) {
      const tryAgain = isExpiredWait(response) ? delivery.renew : () => void wait(sent)
      problem.value = { text: explainNoResponse(response, name), tryAgain }
    }
  }

  return {
    ...delivery,
    choice: input.choice,
    waiting,
    problem,
    wait,
    dispose() {
      stop()
      current.abort()
    },
  }
}
