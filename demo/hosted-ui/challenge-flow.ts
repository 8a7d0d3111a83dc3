/**
 * The way through a challenge: choose one of the user's methods, then enter its code.
 *
 * @module
 */

import type { VerifyResponse } from 'authsignal-channels'
import { createCodeStep } from './code-step.js'
import { startEnrolment } from './enrolment-flow.js'
import type { Stage } from './flow.js'
import { type Choice, challengeChoices, enrolmentChoices, mayEnrol } from './plan.js'

export interface ChallengeEndings {
  onVerified(response: VerifyResponse): void
  /** A method was added, and so proven, instead. */
  onEnrolled(response: VerifyResponse): void
}

export function startChallenge(stage: Stage, { onVerified, onEnrolled }: ChallengeEndings) {
  const { client, options, show, told, isOver } = stage
  const choices = challengeChoices(options)
  const canAdd = mayEnrol(options) && enrolmentChoices(options).length > 0
  const add = canAdd ? () => startEnrolment(stage, { onVerified: onEnrolled, back: list }) : undefined
  const useOther = choices.length > 1 || canAdd ? list : undefined

  function list() {
    const rows = choices.map(choice => ({ ...choice, choose: () => choose(choice) }))
    show({ name: 'choose', purpose: 'challenge', rows, add })
  }

  function choose(choice: Choice) {
    const step = createCodeStep({
      choice,
      hasOtherMethod: useOther !== undefined,
      send: () => told(choice.method.send(client)),
      verify: code => told(choice.method.verify(client, code)),
      onVerified,
      onNotSent: isOver,
      onNotChecked: isOver,
    })
    show({ name: 'code', step, useOther })
    void step.send()
  }

  if (choices.length === 1) choose(choices[0]!)
  else list()
}
