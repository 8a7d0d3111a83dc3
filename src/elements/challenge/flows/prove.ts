/**
 * Two ways to prove a method: enter a code, and wait for what happens elsewhere. The others, which are loaded when they
 * are needed, are in `ceremony.ts` and `scan.ts`.
 *
 * A challenge proves a method that the user has, an enrolment one that the user adds.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import type { Choice } from '../methods/choices.js'
import type { CodeMethod, WaitMethod } from '../methods/kinds.js'
import { createCodeStep } from '../steps/code.js'
import { createWaitStep } from '../steps/wait.js'
import { NOTICES } from '../wording/notices.js'
import type { Step } from './screen.js'
import type { CodeInput, SendingInput, Stage } from './stage.js'

export function enterCode(stage: Stage, choice: Choice<CodeMethod>, input: CodeInput) {
  const { client, report, endsSession } = stage
  const { method } = choice
  const { isSent, change, back, useOther } = input
  const send = input.send ?? (method.send && (() => method.send!(client)))
  const step = createCodeStep({
    choice,
    hasOtherMethod: useOther !== undefined,
    send: send && (() => report(send())),
    isSent,
    verify: code => report(method.verify(client, code)),
    onVerified: input.onVerified,
    endsStepIfNotSent: failure => endsStepIfNotSent(stage, step, failure, input.onRefused),
    endsStep: endsSession,
  })
  stage.show({ name: 'code', step, change, back, useOther })
  if (!isSent) void step.send()
}

export function waitElsewhere(stage: Stage, choice: Choice<WaitMethod>, input: SendingInput) {
  const { client, session, report, endsSession } = stage
  const { method } = choice
  const { send = () => method.send(client, session), isSent, change, useOther } = input
  const step = createWaitStep({
    choice,
    send: () => report(send()),
    isSent,
    wait: (sent, signal) => report(method.wait(client, sent, signal)),
    onVerified: input.onVerified,
    // A rejection applies to the whole action: another method could no longer change that.
    onRejected: () => stage.show({ name: 'notice', notice: NOTICES.rejected }),
    endsStepIfNotSent: failure => endsStepIfNotSent(stage, step, failure, input.onRefused),
    endsStep: endsSession,
  })
  stage.show({ name: 'wait', step, change, useOther })
  void (isSent ? step.wait({}) : step.send())
}

function endsStepIfNotSent(stage: Stage, step: Step, failure: Failure, onRefused?: () => void): boolean {
  if (!onRefused || failure.errorCode !== 'invalid_request') return stage.endsSession(failure)
  if (stage.isShown(step)) onRefused()
  return true
}
