/**
 * A form in one line whose button starts a task, with the reason when the task fails.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { Problem } from './problem.js'
import type { Task } from './task.js'

interface TaskFormProps {
  readonly task: Task
  readonly button: string
  readonly onSubmit: () => Promise<unknown>
  /** The fields. */
  readonly children: ComponentChildren
}

export function TaskForm({ task, button, onSubmit, children }: TaskFormProps) {
  return (
    <>
      <form class="inline-form" onSubmit={submits(task, onSubmit)}>
        {children}
        <button type="submit" class="secondary" aria-busy={task.busy}>
          {button}
        </button>
      </form>
      <Problem task={task} />
    </>
  )
}

/** Runs the task instead of sending the form. */
export const submits = (task: Pick<Task, 'run'>, work: () => Promise<unknown>) => (event: SubmitEvent) => {
  event.preventDefault()
  void task.run(work)
}
