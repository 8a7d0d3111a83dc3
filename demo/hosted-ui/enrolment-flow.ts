/**
 * The way through an enrolment: choose a method, enter a number or address where none is known, then
 * enter the code that was sent to it.
 *
 * @module
 */

import type { VerifyResponse } from 'authsignal-channels'
import { createCodeStep } from './code-step.js'
import { createContactStep } from './contact-step.js'
import type { Stage } from './flow.js'
import type { Enrolment } from './methods.js'
import { type Choice, type EnrolmentChoice, enrolmentChoices } from './plan.js'

export interface EnrolmentEndings {
  onVerified(response: VerifyResponse): void
  /** To where the user came from. */
  readonly back?: () => void
}

export function startEnrolment(stage: Stage, { onVerified, back }: EnrolmentEndings) {
  const { client, options, show, isShown, told, isOver } = stage
  const choices = enrolmentChoices(options)
  const useOther = choices.length > 1 ? list : back

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    show({ name: 'choose', purpose: 'enrol', rows, back })
  }

  function choose(choice: EnrolmentChoice) {
    const { enrolment, destination } = choice
    if (enrolment && (!destination || consentTo(enrolment))) ask(choice, enrolment, destination)
    else void confirm(choice).send()
  }

  function ask(choice: Choice, enrolment: Enrolment, value = '', refused = false) {
    const step = createContactStep({
      choice,
      enrolment,
      consent: consentTo(enrolment),
      value,
      refused,
      enroll: typed => told(enrolment.enroll(client, typed)),
      onSent: typed => {
        if (isShown(step)) confirm({ ...choice, enrolment, destination: typed })
      },
      isOver,
    })
    show({ name: 'contact', step, back: useOther })
  }

  /** Shows the code screen for a number or address that is not the user's yet. */
  function confirm(choice: EnrolmentChoice) {
    const { method, enrolment, destination = '' } = choice
    const step = createCodeStep({
      choice,
      hasOtherMethod: useOther !== undefined,
      // The challenge call would do for a resend only: the first time the service has no number yet.
      send: () => (enrolment ? told(enrolment.enroll(client, destination)) : told(method.send(client))),
      verify: code => told(method.verify(client, code)),
      onVerified,
      onNotSent: failure => {
        if (failure.errorCode !== 'invalid_request' || !enrolment) return isOver(failure)
        if (isShown(step)) ask(choice, enrolment, destination, true)
        return true
      },
      onNotChecked: isOver,
    })
    const change = enrolment && (() => ask(choice, enrolment, destination))
    show({ name: 'code', step, change, useOther })
    return step
  }

  function consentTo({ consent }: Enrolment) {
    return options.smsOptIn ? consent : undefined
  }

  if (choices.length === 1) choose(choices[0]!)
  else list()
}
