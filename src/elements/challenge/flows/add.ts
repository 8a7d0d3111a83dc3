/**
 * The two ways to add a method that needs more than a ceremony: by a number or address, and by a secret for an app.
 *
 * @module
 */

import type { Choice } from '../methods/choices.js'
import type { ContactEnrolment } from '../methods/enrolments.js'
import type { CodeMethod, WaitMethod } from '../methods/kinds.js'
import { createAppStep } from '../steps/app.js'
import { createContactStep } from '../steps/contact.js'
import type { ProofHandlers, Stage } from './stage.js'

/** Adds a phone number or email address: enter it where it is not known, then prove it. */
export function enrolContact(
  stage: Stage,
  choice: Choice<CodeMethod | WaitMethod>,
  enrolment: ContactEnrolment,
  handlers: ProofHandlers,
) {
  const { client, session, flows, show, isShown, report, endsSession } = stage
  const { method } = choice
  const consent = session.smsOptIn && enrolment.consent === true

  function enterContact(value = '', isRefused = false) {
    const step = createContactStep({
      choice,
      enrolment,
      consent,
      value,
      isRefused,
      enroll: typed => report(enrolment.enroll(client, typed)),
      onSent: typed => {
        if (isShown(step)) prove(typed, true)
      },
      endsStep: endsSession,
    })
    show({ name: 'contact', step, back: handlers.useOther })
  }

  function prove(destination: string, isSent: boolean) {
    const input = {
      ...handlers,
      // A challenge call could only resend: until the first code is sent, the service has no number.
      send: () => enrolment.enroll(client, destination),
      isSent,
      change: () => enterContact(destination),
      onRefused: () => enterContact(destination, true),
    }
    if (method.kind === 'code') flows.code(stage, { method, destination }, input)
    else flows.wait(stage, { method, destination }, input)
  }

  if (choice.destination && !consent) prove(choice.destination, false)
  else enterContact(choice.destination)
}

/** Adds an authenticator app: show its secret, then enter the code that the app makes from it. */
export function enrolApp(stage: Stage, choice: Choice<CodeMethod>, handlers: ProofHandlers) {
  const { client, flows, show, report, endsSession } = stage
  // Made once: a new secret would invalidate the one that was scanned.
  const step = createAppStep({
    choice,
    enroll: () => report(client.totp.enroll()),
    onScanned: () => flows.code(stage, choice, { ...handlers, back: showSecret }),
    endsStep: endsSession,
  })

  function showSecret() {
    show({ name: 'app', step, back: handlers.useOther })
  }

  showSecret()
  void step.load()
}
