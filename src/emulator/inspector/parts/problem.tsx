/**
 * Why a task has failed.
 *
 * @module
 */
import type { Task } from './task.js'

export function Problem({ task }: { readonly task: Task }) {
  return (
    <p class="problem" role="alert">
      {task.problem}
    </p>
  )
}
