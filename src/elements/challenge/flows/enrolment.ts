/**
 * The way through an enrolment: choose a method, then add one of one's own and prove it.
 *
 * What follows the choice is `enrol-contact.ts` for numbers and addresses, and `enrol-app.ts`.
 *
 * @module
 */

import type { CeremonyMethod, Proof } from '../methods/kinds.js'
import { createCeremonyStep } from '../steps/ceremony.js'
import { enrolApp } from './enrol-app.js'
import { enrolContact, enrolKnownContact } from './enrol-contact.js'
import type { Stage } from './flow.js'
import type { Choice, EnrolmentChoice } from './plan.js'

export interface EnrolmentInput {
  readonly choices: readonly EnrolmentChoice[]
  onVerified(proof: Proof, choice: EnrolmentChoice): void
  /** To where the user came from. */
  readonly back?: () => void
}

/** What the way of one method is given. */
export interface EnrolmentEndings {
  onVerified(proof: Proof): void
  readonly useOther: (() => void) | undefined
}

export function startEnrolment(stage: Stage, { choices, onVerified, back }: EnrolmentInput) {
  const useOther = choices.length > 1 ? list : back

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    stage.show({ name: 'choose', purpose: back ? 'add' : 'enrol', rows, back })
  }

  function choose(choice: EnrolmentChoice) {
    const { method, destination } = choice
    const endings = { onVerified: (proof: Proof) => onVerified(proof, choice), useOther }
    if (method.kind === 'ceremony') performCeremony(stage, { method, destination }, endings)
    else if (method.enrolment?.kind === 'contact')
      enrolContact(stage, { method, destination }, method.enrolment, endings)
    else if (method.kind === 'code' && method.enrolment?.kind === 'app')
      enrolApp(stage, { method, destination }, method.enrolment, endings)
    else if (method.kind === 'code') enrolKnownContact(stage, { method, destination }, endings)
  }

  if (choices.length === 1) choose(choices[0]!)
  else list()
}

function performCeremony(stage: Stage, choice: Choice<CeremonyMethod>, endings: EnrolmentEndings) {
  const { client, isFramed, show, told, isOver } = stage
  const { noun, enrolment } = choice.method
  const step = createCeremonyStep({
    choice,
    ceremony: enrolment,
    context: { noun, purpose: 'enrol', isFramed },
    perform: signal => told(enrolment.perform(client, signal)),
    onVerified: endings.onVerified,
    isOver,
  })
  show({ name: 'ceremony', step, useOther: endings.useOther })
}
