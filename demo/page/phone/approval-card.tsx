/**
 * A request on the phone: the user approves or rejects an action.
 *
 * @module
 */
import { useEffect, useRef } from 'preact/hooks'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'
import type { ApprovalRequest } from '../push-requests.js'

interface ApprovalCardProps {
  readonly request: ApprovalRequest
  /** As in "Requested by push". */
  readonly by: string
  /** Whether the user has just requested it, so that it gets the focus. */
  readonly takesFocus?: boolean
  readonly onRespond: (approved: boolean) => Promise<void>
}

export function ApprovalCard({ request, by, takesFocus = false, onRespond }: ApprovalCardProps) {
  const { actionCode, createdAt } = request
  const title = useRef<HTMLHeadingElement>(null)
  const task = useTask()
  const respond = (approved: boolean) => task.run(() => onRespond(approved))

  useEffect(() => {
    if (takesFocus) title.current?.focus({ preventScroll: true })
  }, [])

  return (
    <article class="message">
      <p class="message-head">
        <span class="message-to">Requested by {by}</span>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>
      </p>
      <h3 ref={title} tabIndex={-1}>
        Approve <code class="approval-action">{actionCode}</code>?
      </h3>
      <p class="approval-actions">
        <button type="button" class="secondary" aria-busy={task.busy} onClick={() => respond(false)}>
          Reject
        </button>
        <button type="button" class="primary" aria-busy={task.busy} onClick={() => respond(true)}>
          Approve
        </button>
      </p>
      <ProblemNote problem={task.problem} />
    </article>
  )
}
