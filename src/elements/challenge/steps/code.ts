/**
 * One visit to the code screen: sending the code, sending it again, and checking what was typed.
 *
 * State and calls only; `screens/enter-code.tsx` draws it, and `flow.ts` decides what comes next.
 *
 * @module
 */

import type { ReadonlySignal, Signal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Result, Failure, VerifyResponse } from 'authsignal-channels'
import type { Choice } from '../flows/plan.js'
import { CODE_LENGTH, codeDigits } from '../methods/input.js'
import type { CodeMethod } from '../methods/kinds.js'
import { explain, explainNotSent } from '../wording/problems.js'
import { createCountdown } from './countdown.js'
import type { Problem } from './problem.js'

export interface CodeStep {
  readonly choice: Choice<CodeMethod>
  /** What is in the field, as typed. */
  readonly typed: Signal<string>
  readonly delivery: ReadonlySignal<'sending' | 'sent' | 'failed'>
  readonly checking: ReadonlySignal<boolean>
  /** Seconds until a new code may be asked for. */
  readonly resendIn: ReadonlySignal<number>
  /** What the user should know about the code in the field. A new object each time it is said. */
  readonly codeError: ReadonlySignal<{ readonly text: string } | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Said once, for example that a new code is on its way. */
  readonly status: ReadonlySignal<string>
  send(): Promise<void>
  resend(): Promise<void>
  check(): Promise<void>
  dispose(): void
}

export interface CodeStepInput {
  readonly choice: Choice<CodeMethod>
  /** The request that sends a code, made anew for a resend; absent when an app makes the codes. */
  readonly send?: (() => Promise<Result<object>>) | undefined
  verify(code: string): Promise<Result<VerifyResponse>>
  /** Whether another method could help a user who is stuck with this one. */
  readonly hasOtherMethod: boolean
  onVerified(response: VerifyResponse): void
  /** These see a failure first, and answer whether the step is over because of it. */
  onNotSent(failure: Failure): boolean
  onNotChecked(failure: Failure): boolean
}

export function createCodeStep(input: CodeStepInput): CodeStep {
  const typed = signal('')
  const delivery = signal<'sending' | 'sent' | 'failed'>('sent')
  const checking = signal(false)
  const codeError = signal<{ readonly text: string }>()
  const problem = signal<Problem>()
  const status = signal('')
  const countdown = createCountdown()

  async function send() {
    if (!input.send || delivery.value === 'sending') return
    clearMessages()
    delivery.value = 'sending'
    const response = await input.send()
    if (response.errorCode === undefined) {
      delivery.value = 'sent'
      return
    }

    if (input.onNotSent(response)) return
    batch(() => {
      delivery.value = 'failed'
      const text = explainNotSent(response)
      problem.value =
        response.errorCode === 'too_many_requests'
          ? { text: `${text} The last code may still work.` }
          : { text, tryAgain: resend }
      if (response.retryAfter) countdown.start(response.retryAfter)
    })
  }

  async function resend() {
    if (checking.value || countdown.left.value > 0) return
    await send()
    if (delivery.value !== 'sent') return
    batch(() => {
      // The earlier code is void now, so whatever was typed of it is too.
      typed.value = ''
      status.value = 'New code sent.'
    })
  }

  async function check() {
    if (checking.value) return
    clearMessages()
    const digits = codeDigits(typed.value)
    if (digits.length !== CODE_LENGTH) {
      codeError.value = { text: `Enter the ${CODE_LENGTH} digits of the code.` }
      return
    }

    checking.value = true
    const response = await input.verify(digits)
    batch(() => {
      checking.value = false
      if (response.errorCode !== undefined) {
        if (!input.onNotChecked(response)) problem.value = { text: explain(response), tryAgain: check }
      } else if (response.isVerified) {
        input.onVerified(response.data)
      } else if (response.failureReason === 'MAX_ATTEMPTS_EXCEEDED') {
        const other = input.hasOtherMethod ? ', or use another method' : ''
        problem.value = { text: `Too many codes were tried. Wait 5 minutes, then try again${other}.` }
      } else {
        codeError.value = { text: input.choice.method.wrong }
      }
    })
  }

  function clearMessages() {
    batch(() => {
      codeError.value = undefined
      problem.value = undefined
      status.value = ''
    })
  }

  return {
    choice: input.choice,
    typed,
    delivery,
    checking,
    resendIn: countdown.left,
    codeError,
    problem,
    status,
    send,
    resend,
    check,
    dispose: countdown.stop,
  }
}
