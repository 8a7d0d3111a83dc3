/**
 * One visit to the screen that asks for a phone number or an e-mail address.
 *
 * State and calls only; `screens/enter-contact.tsx` draws it, and `flow.ts` decides what comes next.
 *
 * @module
 */

import type { ReadonlySignal, Signal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Result, Failure } from 'authsignal-channels'
import type { Choice } from '../flows/plan.js'
import type { CodeMethod, ContactEnrolment, WaitMethod } from '../methods/kinds.js'
import { explainNotSent } from '../wording/problems.js'
import type { Problem } from './problem.js'

export interface ContactStep {
  readonly choice: Choice<CodeMethod | WaitMethod>
  readonly enrolment: ContactEnrolment
  /** What has to be ticked before a code is sent. */
  readonly consent: string | undefined
  readonly typed: Signal<string>
  readonly agreed: Signal<boolean>
  readonly sending: ReadonlySignal<boolean>
  /** A new object each time it is said. */
  readonly fieldError: ReadonlySignal<{ readonly text: string } | undefined>
  readonly consentError: ReadonlySignal<{ readonly text: string } | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  submit(): Promise<void>
}

export interface ContactStepInput {
  readonly choice: Choice<CodeMethod | WaitMethod>
  readonly enrolment: ContactEnrolment
  readonly consent: string | undefined
  /** What the field begins with. */
  readonly value: string
  /** Whether the service has just refused that value. */
  readonly refused: boolean
  enroll(value: string): Promise<Result<object>>
  /** The service took the value and has sent a code to it. */
  onSent(value: string): void
  /** Sees each failure first, and answers whether the step is over because of it. */
  isOver(failure: Failure): boolean
}

export function createContactStep(input: ContactStepInput): ContactStep {
  const { field } = input.enrolment
  const { method } = input.choice
  const typed = signal(input.value)
  const agreed = signal(false)
  const sending = signal(false)
  const fieldError = signal(input.refused ? { text: field.refused } : undefined)
  const consentError = signal<{ readonly text: string }>()
  const problem = signal<Problem>()

  async function submit() {
    if (sending.value) return
    const value = field.parse(typed.value)
    const consents = !input.consent || agreed.value
    batch(() => {
      problem.value = undefined
      fieldError.value = value === undefined ? { text: field.invalid } : undefined
      consentError.value = consents ? undefined : { text: 'Tick this box to get a code by text message.' }
    })
    if (value === undefined || !consents) return

    sending.value = true
    const response = await input.enroll(value)
    batch(() => {
      sending.value = false
      if (response.errorCode === undefined) input.onSent(value)
      else if (response.errorCode === 'invalid_request') fieldError.value = { text: field.refused }
      else if (!input.isOver(response)) problem.value = describe(response)
    })
  }

  function describe(failure: Failure): Problem {
    const text = explainNotSent(failure, method.kind === 'wait' ? method.sends.many : 'codes')
    return failure.errorCode === 'too_many_requests' ? { text } : { text, tryAgain: submit }
  }

  return {
    choice: input.choice,
    enrolment: input.enrolment,
    consent: input.consent,
    typed,
    agreed,
    sending,
    fieldError,
    consentError,
    problem,
    submit,
  }
}
