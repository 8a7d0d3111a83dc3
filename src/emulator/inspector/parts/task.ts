/**
 * A task that a button starts, one at a time, and its failure.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { ControlError } from '../control.js'

export interface Task {
  readonly busy: boolean
  /** A sentence; empty without a failure. */
  readonly problem: string
  /** Does nothing while an earlier run is in progress. */
  run(work: () => Promise<unknown>): Promise<void>
}

export function useTask(): Task {
  const busy = useSignal(false)
  const problem = useSignal('')
  return {
    busy: busy.value,
    problem: problem.value,
    async run(work) {
      if (busy.peek()) return
      busy.value = true
      problem.value = ''
      try {
        await work()
      } catch (error) {
        if (!(error instanceof ControlError)) throw error
        problem.value = error.message
      } finally {
        busy.value = false
      }
    },
  }
}
