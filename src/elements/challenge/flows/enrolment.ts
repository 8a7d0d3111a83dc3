/**
 * The enrolment: choose a method, add it, then prove it. Adding is in `add.ts`.
 *
 * @module
 */

import type { Choice } from '../methods/choices.js'
import { CONTACTS } from '../methods/enrolments.js'
import type { Proof } from '../methods/kinds.js'
import { unavailableMethods } from '../methods/owned.js'
import { enrolApp, enrolContact } from './add.js'
import type { Stage } from './stage.js'

export interface EnrolmentInput {
  readonly choices: readonly Choice[]
  onVerified(proof: Proof, choice: Choice): void
  /** Leads to the screen that the user came from. */
  readonly back?: () => void
}

export function startEnrolment(stage: Stage, { choices, onVerified, back }: EnrolmentInput) {
  const { flows, session, offer } = stage
  const unavailable = unavailableMethods(session, offer)
  const useOther = choices.length > 1 ? list : back

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    stage.show({ name: 'choose', purpose: back ? 'add' : 'enrol', rows, unavailable, back })
  }

  function choose(choice: Choice) {
    const { method, destination } = choice
    const contact = CONTACTS[method.name]
    const handlers = { onVerified: (proof: Proof) => onVerified(proof, choice), useOther }
    if (method.kind === 'ceremony') flows.ceremony(stage, { method, destination }, 'enrolment', handlers)
    else if (method.kind === 'scan') return
    else if (contact) enrolContact(stage, { method, destination }, contact, handlers)
    else if (method.name === 'totp') enrolApp(stage, { method, destination }, handlers)
    // The app has named the number, and the user cannot enter one here.
    else if (method.kind === 'code') flows.code(stage, { method, destination }, handlers)
  }

  if (choices.length === 1) choose(choices[0]!)
  else list()
}
