/**
 * The enrolment: choose a method, add it, then prove it.
 *
 * @module
 */

import type { Choice } from '../methods/choices.js'
import type { AppEnrolment, CodeMethod, ContactEnrolment, Proof, WaitMethod } from '../methods/kinds.js'
import { createAppStep } from '../steps/app.js'
import { createContactStep } from '../steps/contact.js'
import { enterCode, runCeremony, waitElsewhere } from './prove.js'
import type { ProofHandlers, Stage } from './stage.js'

export interface EnrolmentInput {
  readonly choices: readonly Choice[]
  onVerified(proof: Proof, choice: Choice): void
  /** Leads to the screen that the user came from. */
  readonly back?: () => void
}

export function startEnrolment(stage: Stage, { choices, onVerified, back }: EnrolmentInput) {
  const useOther = choices.length > 1 ? list : back

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    stage.show({ name: 'choose', purpose: back ? 'add' : 'enrol', rows, back })
  }

  function choose(choice: Choice) {
    const { method, destination } = choice
    const handlers = { onVerified: (proof: Proof) => onVerified(proof, choice), useOther }
    if (method.kind === 'ceremony') runCeremony(stage, { method, destination }, 'enrolment', handlers)
    else if (method.enrolment?.kind === 'contact')
      enrolContact(stage, { method, destination }, method.enrolment, handlers)
    else if (method.kind === 'code' && method.enrolment?.kind === 'app')
      enrolApp(stage, { method, destination }, method.enrolment, handlers)
    // The app has named the number, and the user cannot enter one here.
    else if (method.kind === 'code') enterCode(stage, { method, destination }, handlers)
  }

  if (choices.length === 1) choose(choices[0]!)
  else list()
}

/** Adds a phone number or email address: enter it where it is not known, then prove it. */
function enrolContact(
  stage: Stage,
  choice: Choice<CodeMethod | WaitMethod>,
  enrolment: ContactEnrolment,
  handlers: ProofHandlers,
) {
  const { client, session, show, isShown, report, endsSession } = stage
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
    if (method.kind === 'code') enterCode(stage, { method, destination }, input)
    else waitElsewhere(stage, { method, destination }, input)
  }

  if (choice.destination && !consent) prove(choice.destination, false)
  else enterContact(choice.destination)
}

/** Adds an authenticator app: show its secret, then enter the code that the app makes from it. */
function enrolApp(
  stage: Stage,
  choice: Choice<CodeMethod>,
  enrolment: AppEnrolment,
  handlers: ProofHandlers,
) {
  const { client, show, report, endsSession } = stage
  // Made once: a new secret would invalidate the one that was scanned.
  const step = createAppStep({
    choice,
    enrolment,
    enroll: () => report(enrolment.enroll(client)),
    onScanned: () => enterCode(stage, choice, { ...handlers, back: showSecret }),
    endsStep: endsSession,
  })

  function showSecret() {
    show({ name: 'app', step, back: handlers.useOther })
  }

  showSecret()
  void step.load()
}
