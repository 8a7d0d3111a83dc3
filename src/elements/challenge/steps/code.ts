/**
 * The step in which the user enters a code. `screens/enter-code.tsx` draws it.
 *
 * @module
 */

import type { Result, VerifyResponse } from 'authsignal-channels'
import { codeDigits } from '../../code/digits.js'
import { type ReadonlySignal, type Signal, signal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { CodeMethod } from '../methods/kinds.js'
import { message } from '../wording/catalogue.js'
import { explain, type Problem, tooManyCodes, USUAL_WAIT } from '../wording/problems.js'
import { createCountdown } from './countdown.js'
import { createDelivery, type Delivery, type DeliveryInput } from './delivery.js'
import type { FieldError, StepInput } from './step.js'

/** Number of digits. */
export const CODE_LENGTH = 6

export interface CodeStep extends Omit<Delivery, 'stop'> {
  readonly choice: Choice<CodeMethod>
  /** The content of the field, as entered. */
  readonly typed: Signal<string>
  readonly checking: ReadonlySignal<boolean>
  /** Seconds until a code can be tried again, after too many wrong ones; 0 when it can. */
  readonly lockedFor: ReadonlySignal<number>
  readonly codeError: ReadonlySignal<FieldError | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  check(): Promise<void>
  dispose(): void
}

export interface CodeStepInput
  extends StepInput,
    Pick<DeliveryInput, 'send' | 'isSent' | 'endsStepIfNotSent'> {
  readonly choice: Choice<CodeMethod>
  verify(code: string): Promise<Result<VerifyResponse>>
  /** Whether to point out the user's other methods. */
  readonly hasOtherMethod: boolean
  onVerified(response: VerifyResponse): void
}

export function createCodeStep(input: CodeStepInput): CodeStep {
  const typed = signal('')
  const checking = signal(false)
  const codeError = signal<FieldError>()
  const problem = signal<Problem>()
  const lock = createCountdown(() => {
    problem.value = undefined
  })
  const { stop, ...delivery } = createDelivery({
    send: input.send,
    isSent: input.isSent,
    sends: 'code',
    problem,
    isBusy: () => checking.value || lock.left.value > 0,
    onSend: () => {
      codeError.value = undefined
    },
    // A new code replaces the earlier one, so what was entered of it is no longer valid.
    onResent: () => {
      typed.value = ''
    },
    endsStepIfNotSent: input.endsStepIfNotSent,
  })

  async function check() {
    if (checking.value || lock.left.value > 0) return
    codeError.value = undefined
    problem.value = undefined
    delivery.status.value = undefined
    const digits = codeDigits(typed.value, CODE_LENGTH)
    if (digits.length !== CODE_LENGTH) {
      codeError.value = { text: message('code.incomplete', { count: CODE_LENGTH }) }
      return
    }

    checking.value = true
    const response = await input.verify(digits)
    checking.value = false
    if (response.errorCode !== undefined) {
      if (input.endsStep(response)) return
      const isLimit = response.errorCode === 'too_many_requests'
      problem.value = isLimit ? { text: explain(response) } : { text: explain(response), tryAgain: check }
      if (isLimit) lock.start(response.retryAfter ?? USUAL_WAIT)
    } else if (response.isVerified) {
      input.onVerified(response.data)
    } else if (response.failureReason === 'MAX_ATTEMPTS_EXCEEDED') {
      problem.value = { text: tooManyCodes(input.hasOtherMethod) }
      lock.start(USUAL_WAIT)
    } else {
      codeError.value = { text: message(input.choice.method.send ? 'code.wrong' : 'totp.wrong') }
    }
  }

  return {
    ...delivery,
    choice: input.choice,
    typed,
    checking,
    lockedFor: lock.left,
    codeError,
    problem,
    check,
    dispose() {
      stop()
      lock.stop()
    },
  }
}
