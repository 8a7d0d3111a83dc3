/**
 * The challenge: choose one of the user's methods, then prove it.
 *
 * @module
 */

import { choosing, enrolment } from '../extensions/on-demand.js'
import { type Choice, challengeChoices, enrolmentChoices, mayEnrol } from '../methods/choices.js'
import type { Proof } from '../methods/kinds.js'
import type { Stage } from './stage.js'

export interface ChallengeHandlers {
  onVerified(proof: Proof): void
  /** The user added a method instead, which proves it. */
  onEnrolled(proof: Proof): void
}

export async function startChallenge(stage: Stage, { onVerified, onEnrolled }: ChallengeHandlers) {
  const { session, offer, flows, show, open } = stage
  const choices = challengeChoices(session, offer)
  const additions = mayEnrol(session) ? enrolmentChoices(session, offer) : []
  const add = additions.length > 0 ? () => void open(enrolment, addOne) : undefined
  const handlers = { onVerified, useOther: choices.length > 1 || add ? () => void list() : undefined }

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    return open(choosing, () => show({ name: 'choose', purpose: 'challenge', rows, add }))
  }

  function addOne({ startEnrolment }: Awaited<ReturnType<typeof enrolment>>) {
    startEnrolment(stage, { choices: additions, onVerified: onEnrolled, back: list })
  }

  function choose({ method, destination }: Choice) {
    switch (method.kind) {
      case 'code':
        return flows.code(stage, { method, destination }, handlers)
      case 'wait':
        return flows.wait(stage, { method, destination }, handlers)
      case 'ceremony':
        return flows.ceremony(stage, { method, destination }, 'challenge', handlers)
      case 'scan':
        return flows.scan(stage, { method, destination }, handlers)
    }
  }

  if (choices.length === 1) choose(choices[0]!)
  else await list()
}
