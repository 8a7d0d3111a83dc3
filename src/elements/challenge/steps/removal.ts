/**
 * One visit to the screen that asks whether an authenticator is to be removed.
 *
 * State and calls only; `screens/confirm-removal.tsx` draws it.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Result, Failure } from 'authsignal-channels'
import type { OwnedAuthenticator } from '../flows/plan.js'
import { explain } from '../wording/problems.js'
import type { Problem } from './problem.js'

export interface RemovalStep {
  readonly owned: OwnedAuthenticator
  /** Whether the user has nothing else. */
  readonly isLast: boolean
  readonly removing: ReadonlySignal<boolean>
  readonly problem: ReadonlySignal<Problem | undefined>
  remove(): Promise<void>
}

export interface RemovalStepInput {
  readonly owned: OwnedAuthenticator
  readonly isLast: boolean
  remove(): Promise<Result<object>>
  onRemoved(): void
  /** Sees each failure first, and answers whether the step is over because of it. */
  isOver(failure: Failure): boolean
}

export function createRemovalStep(input: RemovalStepInput): RemovalStep {
  const removing = signal(false)
  const problem = signal<Problem>()

  async function remove() {
    if (removing.value) return
    batch(() => {
      removing.value = true
      problem.value = undefined
    })
    const response = await input.remove()
    batch(() => {
      removing.value = false
      // Removed elsewhere in the meantime is removed as well.
      if (response.errorCode === undefined || response.errorCode === 'not_found') input.onRemoved()
      else if (!input.isOver(response)) problem.value = { text: explain(response) }
    })
  }

  return { owned: input.owned, isLast: input.isLast, removing, problem, remove }
}
