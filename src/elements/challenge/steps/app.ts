/**
 * The step that gives the user's authenticator app its secret. `screens/set-up-app.tsx` draws it.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { EnrollTotpResponse, Result } from 'authsignal-channels'
import type { Choice } from '../methods/choices.js'
import type { AppEnrolment, CodeMethod } from '../methods/kinds.js'
import { explain, type Problem } from '../wording/problems.js'
import type { StepInput } from './step.js'

export interface AppStep {
  readonly choice: Choice<CodeMethod>
  readonly enrolment: AppEnrolment
  /** For the picture, and for entering by hand. */
  readonly secret: ReadonlySignal<AppSecret | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  load(): Promise<void>
  /** The user has added the secret to the app. */
  onScanned(): void
}

export type AppSecret = Pick<EnrollTotpResponse, 'uri' | 'secret'>

export interface AppStepInput extends StepInput, Pick<AppStep, 'choice' | 'enrolment' | 'onScanned'> {
  enroll(): Promise<Result<EnrollTotpResponse>>
}

export function createAppStep({ choice, enrolment, onScanned, enroll, endsStep }: AppStepInput): AppStep {
  const secret = signal<AppSecret>()
  const problem = signal<Problem>()

  async function load() {
    problem.value = undefined
    const response = await enroll()
    batch(() => {
      if (response.errorCode === undefined) secret.value = response.data
      else if (!endsStep(response)) problem.value = { text: explain(response), tryAgain: load }
    })
  }

  return { choice, enrolment, secret, problem, load, onScanned }
}
