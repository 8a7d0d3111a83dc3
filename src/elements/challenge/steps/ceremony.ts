/**
 * The step that runs a ceremony with a passkey or security key. `screens/use-ceremony.tsx` draws it.
 *
 * @module
 */

import type { Result } from 'authsignal-channels'
import { type ReadonlySignal, signal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { CeremonyMethod, Proof } from '../methods/kinds.js'
import { type CeremonyContext, describeRefused, describeThrown } from '../wording/ceremonies.js'
import type { Problem } from '../wording/problems.js'
import type { StepInput } from './step.js'

export interface CeremonyStep {
  readonly choice: Choice<CeremonyMethod>
  readonly context: CeremonyContext
  readonly running: ReadonlySignal<boolean>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Has to be called from a click. */
  start(): Promise<void>
  dispose(): void
}

export interface CeremonyStepInput extends StepInput, Pick<CeremonyStep, 'choice' | 'context'> {
  perform(signal: AbortSignal): Promise<Result<Proof>>
  onVerified(proof: Proof): void
}

export function createCeremonyStep(input: CeremonyStepInput): CeremonyStep {
  const { choice, context } = input
  const running = signal(false)
  const problem = signal<Problem>()
  const left = new AbortController()

  async function start() {
    if (running.value) return
    running.value = true
    problem.value = undefined
    const finish = await perform()
    // The prompt was closed because the user has left the screen.
    if (left.signal.aborted) return
    running.value = false
    finish()
  }

  /** Resolves with what to do on screen. */
  async function perform(): Promise<() => void> {
    try {
      const response = await input.perform(left.signal)
      if (response.errorCode === undefined) return () => input.onVerified(response.data)
      return () => {
        if (!input.endsStep(response)) problem.value = describeRefused(response, context)
      }
    } catch (error) {
      return () => {
        problem.value = describeThrown(error, context)
      }
    }
  }

  return { choice, context, running, problem, start, dispose: () => left.abort() }
}
