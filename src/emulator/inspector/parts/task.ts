/**
 * A task that a button starts, one at a time, and its failure.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { ControlError } from '../control.js'

/** @typeParam Problem What is shown of a failure. */
export interface Task<Problem = string> {
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** Does nothing while an earlier run is in progress. */
  run(work: () => Promise<unknown>): Promise<void>
}

/** A task that calls the control routes. Its problem is a sentence. */
export const useTask = (): Task => useTaskWith(sentenceOf)

/** @param problemOf Throws what is no failure of the task. */
export function useTaskWith<Problem>(problemOf: (error: unknown) => Problem): Task<Problem> {
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
        problem.value = problemOf(error)
      } finally {
        busy.value = false
      }
    },
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ControlError) return error.message
  throw error
}
