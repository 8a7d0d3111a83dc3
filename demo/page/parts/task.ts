/**
 * A task that a button starts, one at a time, with its failure as the demo shows it.
 *
 * @module
 */
import { type Task as AnyTask, useTaskWith } from '../../../src/emulator/inspector/parts/task.js'
import { asProblem, type Problem } from '../problem.js'

export type Task = AnyTask<Problem>

export const useTask = (): Task => useTaskWith(asProblem)
