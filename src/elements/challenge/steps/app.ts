/**
 * One visit to the screen that gives the user's authenticator app its secret.
 *
 * State and calls only; `screens/set-up-app.tsx` draws it. The code that proves it comes after, in
 * `code-step.ts`.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Result, EnrollTotpResponse, Failure } from 'authsignal-channels'
import type { Choice } from '../flows/plan.js'
import type { AppEnrolment, CodeMethod } from '../methods/kinds.js'
import { explain } from '../wording/problems.js'
import type { Problem } from './problem.js'

export interface AppStep {
  readonly choice: Choice<CodeMethod>
  readonly enrolment: AppEnrolment
  /** For the picture and for typing by hand, once the service has made it. */
  readonly secret: ReadonlySignal<AppSecret | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  load(): Promise<void>
  /** The app has it. */
  onScanned(): void
}

export type AppSecret = Pick<EnrollTotpResponse, 'uri' | 'secret'>

export interface AppStepInput {
  readonly choice: Choice<CodeMethod>
  readonly enrolment: AppEnrolment
  enroll(): Promise<Result<EnrollTotpResponse>>
  onScanned(): void
  /** Sees each failure first, and answers whether the step is over because of it. */
  isOver(failure: Failure): boolean
}

export function createAppStep(input: AppStepInput): AppStep {
  const secret = signal<AppSecret>()
  const problem = signal<Problem>()

  async function load() {
    problem.value = undefined
    const response = await input.enroll()
    batch(() => {
      if (response.errorCode === undefined) secret.value = response.data
      else if (!input.isOver(response)) problem.value = { text: explain(response), tryAgain: load }
    })
  }

  return {
    choice: input.choice,
    enrolment: input.enrolment,
    secret,
    problem,
    load,
    onScanned: input.onScanned,
  }
}
