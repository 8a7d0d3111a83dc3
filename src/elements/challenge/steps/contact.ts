/**
 * The step in which the user enters a phone number or email address. `screens/enter-contact.tsx` draws it.
 *
 * @module
 */

import type { Failure, Result } from 'authsignal-channels'
import { type ReadonlySignal, type Signal, signal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { ContactEnrolment } from '../methods/enrolments.js'
import { EXAMPLES } from '../methods/input.js'
import type { CodeMethod, WaitMethod } from '../methods/kinds.js'
import { message } from '../wording/catalogue.js'
import { explain, type Problem } from '../wording/problems.js'
import type { FieldError, StepInput } from './step.js'

export interface ContactStep {
  readonly choice: Choice<CodeMethod | WaitMethod>
  readonly enrolment: ContactEnrolment
  /** Whether the user has to agree before a code is sent. */
  readonly consent: boolean
  /** The content of the field, as entered. */
  readonly typed: Signal<string>
  readonly agreed: Signal<boolean>
  readonly sending: ReadonlySignal<boolean>
  readonly fieldError: ReadonlySignal<FieldError | undefined>
  readonly consentError: ReadonlySignal<FieldError | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  submit(): Promise<void>
}

export interface ContactStepInput extends StepInput, Pick<ContactStep, 'choice' | 'enrolment' | 'consent'> {
  /** The first content of the field. */
  readonly value: string
  /** Whether the service has just refused that value. */
  readonly isRefused: boolean
  enroll(value: string): Promise<Result<object>>
  /** The service has accepted the value and sent a message to it. */
  onSent(value: string): void
}

export function createContactStep(input: ContactStepInput): ContactStep {
  const { choice, enrolment, consent } = input
  const { field } = enrolment
  const typed = signal(input.value)
  const agreed = signal(false)
  const sending = signal(false)
  const fieldError = signal<FieldError | undefined>(input.isRefused ? refused() : undefined)
  const consentError = signal<FieldError>()
  const problem = signal<Problem>()

  async function submit() {
    if (sending.value) return
    const value = enrolment.parse(typed.value)
    const consents = !consent || agreed.value
    problem.value = undefined
    fieldError.value =
      value === undefined ? { text: message(`${field}.invalid`, { example: EXAMPLES[field] }) } : undefined
    consentError.value = consents ? undefined : { text: message('sms.consentMissing') }
    if (value === undefined || !consents) return

    sending.value = true
    const response = await input.enroll(value)
    sending.value = false
    if (response.errorCode === undefined) input.onSent(value)
    else if (response.errorCode === 'invalid_request') fieldError.value = refused()
    else if (!input.endsStep(response)) problem.value = describe(response)
  }

  function refused(): FieldError {
    return { text: message(`${field}.refused`) }
  }

  function describe(failure: Failure): Problem {
    const text = explain(failure)
    return failure.errorCode === 'too_many_requests' ? { text } : { text, tryAgain: submit }
  }

  return { choice, enrolment, consent, typed, agreed, sending, fieldError, consentError, problem, submit }
}
