/**
 * A task that a button starts, one at a time, and its failure.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { asProblem, type Problem } from '../problem.js'

export interface Task {
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** Does nothing while an earlier run is in progress. */
  run(work: () => Promise<void>): Promise<void>
}

export function useTask(): Task {
  const busy = useSignal(false)
  const problem = useSignal<Problem | undefined>(undefined)
  return {
    busy: busy.value,
    problem: problem.value,
    async run(work) {
      if (busy.peek()) return
      busy.value = true
      problem.value = undefined
      try {
        await work()
      } catch (error) {
        problem.value = asProblem(error)
      } finally {
        busy.value = false
      }
    },
  }
}
