/**
 * Adding an authenticator app: give it the secret, then enter the code it shows.
 *
 * @module
 */

import type { AppEnrolment, CodeMethod } from '../methods/kinds.js'
import { createAppStep } from '../steps/app.js'
import { createCodeStep } from '../steps/code.js'
import type { EnrolmentEndings } from './enrolment.js'
import type { Stage } from './flow.js'
import type { Choice } from './plan.js'

export function enrolApp(
  { client, show, told, isOver }: Stage,
  choice: Choice<CodeMethod>,
  enrolment: AppEnrolment,
  { onVerified, useOther }: EnrolmentEndings,
) {
  // One for the whole visit: a new secret would make the one that was scanned useless.
  const setUp = createAppStep({
    choice,
    enrolment,
    enroll: () => told(enrolment.enroll(client)),
    onScanned: enterCode,
    isOver,
  })

  function showSecret() {
    show({ name: 'app', step: setUp, back: useOther })
  }

  function enterCode() {
    const step = createCodeStep({
      choice,
      hasOtherMethod: useOther !== undefined,
      verify: code => told(choice.method.verify(client, code)),
      onVerified,
      onNotSent: isOver,
      onNotChecked: isOver,
    })
    show({ name: 'code', step, back: showSecret })
  }

  showSecret()
  void setUp.load()
}
