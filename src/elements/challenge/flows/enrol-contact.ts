/**
 * Adding a phone number or e-mail address: enter it where it is not known, then answer what is sent to it.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import type { CodeMethod, ContactEnrolment, WaitMethod } from '../methods/kinds.js'
import { createCodeStep } from '../steps/code.js'
import { createContactStep } from '../steps/contact.js'
import { createWaitStep } from '../steps/wait.js'
import { NOTICES } from '../wording/problems.js'
import type { EnrolmentEndings } from './enrolment.js'
import type { Stage } from './flow.js'
import type { Choice } from './plan.js'
import type { Step } from './screen.js'

export function enrolContact(
  stage: Stage,
  choice: Choice<CodeMethod | WaitMethod>,
  enrolment: ContactEnrolment,
  { onVerified, useOther }: EnrolmentEndings,
) {
  const { client, options, show, isShown, told, isOver } = stage
  const { method } = choice
  const consent = options.smsOptIn ? enrolment.consent : undefined
  const enroll = (value: string) => told(enrolment.enroll(client, value))

  function ask(value = '', refused = false) {
    const step = createContactStep({
      choice,
      enrolment,
      consent,
      value,
      refused,
      enroll,
      onSent: typed => {
        if (isShown(step)) confirm(typed, true)
      },
      isOver,
    })
    show({ name: 'contact', step, back: useOther })
  }

  /** Shows the screen that proves a number or address which is not the user's yet. */
  function confirm(destination: string, isSent: boolean) {
    if (method.kind === 'code') enterCode(method, destination, isSent)
    else waitElsewhere(method, destination, isSent)
  }

  function enterCode(method: CodeMethod, destination: string, isSent: boolean) {
    const step = createCodeStep({
      choice: { method, destination },
      hasOtherMethod: useOther !== undefined,
      // The challenge call would do for a resend only: the first time the service has no number yet.
      send: () => enroll(destination),
      verify: code => told(method.verify(client, code)),
      onVerified,
      onNotSent: failure => isRefused(failure, step, destination),
      onNotChecked: isOver,
    })
    show({ name: 'code', step, change: () => ask(destination), useOther })
    if (!isSent) void step.send()
  }

  function waitElsewhere(method: WaitMethod, destination: string, isSent: boolean) {
    const step = createWaitStep({
      choice: { method, destination },
      send: () => enroll(destination),
      wait: (sent, signal) => told(method.wait(client, sent, signal)),
      onVerified,
      onRejected: () => show({ name: 'notice', notice: NOTICES.rejected }),
      onNotSent: failure => isRefused(failure, step, destination),
      onNoAnswer: isOver,
    })
    show({ name: 'wait', step, change: () => ask(destination), useOther })
    void (isSent ? step.wait({}) : step.send())
  }

  /** Asks for another value when it is this one that the service does not take. */
  function isRefused(failure: Failure, step: Step, destination: string): boolean {
    if (failure.errorCode !== 'invalid_request') return isOver(failure)
    if (isShown(step)) ask(destination, true)
    return true
  }

  if (choice.destination && !consent) confirm(choice.destination, false)
  else ask(choice.destination)
}

/** Proves a number that the app has named, and that the user cannot enter here. */
export function enrolKnownContact(
  { client, show, told, isOver }: Stage,
  choice: Choice<CodeMethod>,
  { onVerified, useOther }: EnrolmentEndings,
) {
  const { method } = choice
  const { codes } = method
  const step = createCodeStep({
    choice,
    hasOtherMethod: useOther !== undefined,
    send: 'send' in codes ? () => told(codes.send(client)) : undefined,
    verify: code => told(method.verify(client, code)),
    onVerified,
    onNotSent: isOver,
    onNotChecked: isOver,
  })
  show({ name: 'code', step, useOther })
  void step.send()
}
