/**
 * One visit to the screen of a passkey or security key: asking the browser for it, and the service
 * after that.
 *
 * State and calls only; `screens/use-ceremony.tsx` draws it.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Result, Failure } from 'authsignal-channels'
import type { Choice } from '../flows/plan.js'
import type { Ceremony, CeremonyMethod, Proof } from '../methods/kinds.js'
import { type CeremonyContext, describeRefused, describeThrown } from '../wording/ceremonies.js'
import type { Problem } from './problem.js'

export interface CeremonyStep {
  readonly choice: Choice<CeremonyMethod>
  readonly ceremony: Ceremony
  readonly running: ReadonlySignal<boolean>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Has to be called from a click. */
  start(): Promise<void>
  dispose(): void
}

export interface CeremonyStepInput {
  readonly choice: Choice<CeremonyMethod>
  readonly ceremony: Ceremony
  readonly context: CeremonyContext
  perform(signal: AbortSignal): Promise<Result<Proof>>
  onVerified(proof: Proof): void
  /** Sees each failure first, and answers whether the step is over because of it. */
  isOver(failure: Failure): boolean
}

export function createCeremonyStep(input: CeremonyStepInput): CeremonyStep {
  const running = signal(false)
  const problem = signal<Problem>()
  const left = new AbortController()

  async function start() {
    if (running.value) return
    batch(() => {
      running.value = true
      problem.value = undefined
    })
    const outcome = await perform()
    // The browser's prompt was closed because the user went elsewhere.
    if (left.signal.aborted) return
    batch(() => {
      running.value = false
      outcome()
    })
  }

  /** Answers what is to happen on screen. */
  async function perform(): Promise<() => void> {
    try {
      const response = await input.perform(left.signal)
      if (response.errorCode === undefined) return () => input.onVerified(response.data)
      return () => {
        if (!input.isOver(response)) problem.value = describeRefused(response, input.context)
      }
    } catch (error) {
      return () => {
        problem.value = describeThrown(error, input.context)
      }
    }
  }

  return {
    choice: input.choice,
    ceremony: input.ceremony,
    running,
    problem,
    start,
    dispose: () => left.abort(),
  }
}
