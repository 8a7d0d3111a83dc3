/**
 * A question on the phone: whether the user approves what somebody is about to do in their name.
 *
 * @module
 */
import { useEffect, useRef } from 'preact/hooks'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'
import type { ApprovalRequest } from '../push-requests.js'

interface ApprovalCardProps {
  readonly request: ApprovalRequest
  /** As in: asked by push. */
  readonly by: string
  /** Whether the user has just asked for it, and works on with it. */
  readonly takesFocus?: boolean
  readonly onAnswer: (approved: boolean) => Promise<void>
}

export function ApprovalCard({ request, by, takesFocus = false, onAnswer }: ApprovalCardProps) {
  const { actionCode, createdAt } = request
  const title = useRef<HTMLHeadingElement>(null)
  const task = useTask()
  const answer = (approved: boolean) => task.run(() => onAnswer(approved))

  useEffect(() => {
    if (takesFocus) title.current?.focus({ preventScroll: true })
  }, [])

  return (
    <article class="message">
      <p class="message-head">
        <span class="message-to">Asked by {by}</span>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>
      </p>
      <h3 ref={title} tabIndex={-1}>
        Approve <code class="approval-action">{actionCode}</code>?
      </h3>
      <p class="approval-answers">
        <button type="button" class="secondary" aria-busy={task.busy} onClick={() => answer(false)}>
          Reject
        </button>
        <button type="button" class="primary" aria-busy={task.busy} onClick={() => answer(true)}>
          Approve
        </button>
      </p>
      <ProblemNote problem={task.problem} />
    </article>
  )
}
