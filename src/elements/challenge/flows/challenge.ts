/**
 * The way through a challenge: choose one of the user's methods, then prove who one is with it.
 *
 * @module
 */

import type { CeremonyMethod, CodeMethod, Proof, WaitMethod } from '../methods/kinds.js'
import { createCeremonyStep } from '../steps/ceremony.js'
import { createCodeStep } from '../steps/code.js'
import { createWaitStep } from '../steps/wait.js'
import { NOTICES } from '../wording/problems.js'
import { startEnrolment } from './enrolment.js'
import type { Stage } from './flow.js'
import { type Choice, challengeChoices, enrolmentChoices, mayEnrol } from './plan.js'

export interface ChallengeEndings {
  onVerified(proof: Proof): void
  /** A method was added, and so proven, instead. */
  onEnrolled(proof: Proof): void
}

export function startChallenge(stage: Stage, { onVerified, onEnrolled }: ChallengeEndings) {
  const { client, options, isFramed, show, told, isOver } = stage
  const choices = challengeChoices(options)
  const additions = mayEnrol(options) ? enrolmentChoices(options) : []
  const add =
    additions.length > 0
      ? () => startEnrolment(stage, { choices: additions, onVerified: onEnrolled, back: list })
      : undefined
  const useOther = choices.length > 1 || add ? list : undefined

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    show({ name: 'choose', purpose: 'challenge', rows, add })
  }

  function choose({ method, destination }: Choice) {
    switch (method.kind) {
      case 'code':
        return enterCode({ method, destination })
      case 'wait':
        return waitElsewhere({ method, destination })
      case 'ceremony':
        return useCeremony({ method, destination })
    }
  }

  function enterCode(choice: Choice<CodeMethod>) {
    const { codes } = choice.method
    const step = createCodeStep({
      choice,
      hasOtherMethod: useOther !== undefined,
      send: 'send' in codes ? () => told(codes.send(client)) : undefined,
      verify: code => told(choice.method.verify(client, code)),
      onVerified,
      onNotSent: isOver,
      onNotChecked: isOver,
    })
    show({ name: 'code', step, useOther })
    void step.send()
  }

  function waitElsewhere(choice: Choice<WaitMethod>) {
    const step = createWaitStep({
      choice,
      send: () => told(choice.method.send(client, options)),
      wait: (sent, signal) => told(choice.method.wait(client, sent, signal)),
      onVerified,
      // A no counts for the whole action: another method would not change that any more.
      onRejected: () => show({ name: 'notice', notice: NOTICES.rejected }),
      onNotSent: isOver,
      onNoAnswer: isOver,
    })
    show({ name: 'wait', step, useOther })
    void step.send()
  }

  function useCeremony(choice: Choice<CeremonyMethod>) {
    const { noun, challenge } = choice.method
    const step = createCeremonyStep({
      choice,
      ceremony: challenge,
      context: { noun, purpose: 'challenge', isFramed },
      perform: signal => told(challenge.perform(client, signal)),
      onVerified,
      isOver,
    })
    show({ name: 'ceremony', step, useOther })
  }

  if (choices.length === 1) choose(choices[0]!)
  else list()
}
