/**
 * The step that requires confirmation before an authenticator is removed. `screens/confirm-removal.tsx`
 * draws it.
 *
 * @module
 */

import type { Result } from 'authsignal-channels'
import { type ReadonlySignal, signal } from '../lib/signal.js'
import type { OwnedAuthenticator } from '../methods/owned.js'
import { explain, type Problem } from '../wording/problems.js'
import type { StepInput } from './step.js'

export interface RemovalStep {
  readonly owned: OwnedAuthenticator
  /** Whether the user has no other authenticator. */
  readonly isLast: boolean
  readonly removing: ReadonlySignal<boolean>
  readonly problem: ReadonlySignal<Problem | undefined>
  remove(): Promise<void>
}

export interface RemovalStepInput extends StepInput, Pick<RemovalStep, 'owned' | 'isLast'> {
  remove(): Promise<Result<object>>
  onRemoved(): void
}

export function createRemovalStep(input: RemovalStepInput): RemovalStep {
  const { owned, isLast } = input
  const removing = signal(false)
  const problem = signal<Problem>()

  async function remove() {
    if (removing.value) return
    removing.value = true
    problem.value = undefined
    const response = await input.remove()
    removing.value = false
    // It may have been removed elsewhere in the meantime.
    if (response.errorCode === undefined || response.errorCode === 'not_found') input.onRemoved()
    else if (!input.endsStep(response)) problem.value = { text: explain(response) }
  }

  return { owned, isLast, removing, problem, remove }
}
