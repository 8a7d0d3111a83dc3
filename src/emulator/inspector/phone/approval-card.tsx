/**
 * A request on the phone: the user approves or rejects an action.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** A request to the user, by push or by QR code: approve or reject an action. */
export interface ApprovalRequest {
  readonly challengeId: string
  readonly actionCode: string
  readonly createdAt: string
}

interface ApprovalCardProps {
  readonly request: ApprovalRequest
  /** As in "Requested by push". */
  readonly by: string
  /** Whether the user has just requested it, so that it gets the focus. */
  readonly takesFocus?: boolean
  readonly busy: boolean
  readonly onRespond: (approved: boolean) => void
  /** Above the buttons, such as who the user is. */
  readonly details?: ComponentChildren
  /** Below the buttons, such as what went wrong. */
  readonly children?: ComponentChildren
}

export function ApprovalCard(props: ApprovalCardProps) {
  const { request, by, takesFocus = false, busy, onRespond, details, children } = props
  const { actionCode, createdAt } = request
  const title = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    if (takesFocus) title.current?.focus({ preventScroll: true })
  }, [])

  return (
    <article class="message" data-stop tabIndex={-1}>
      <p class="message-head">
        <span class="message-to">Requested by {by}</span>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>
      </p>
      <h3 ref={title} tabIndex={-1}>
        Approve <code class="approval-action">{actionCode}</code>?
      </h3>
      {details}
      <p class="approval-actions">
        <button type="button" class="secondary" aria-busy={busy} onClick={() => onRespond(false)}>
          Reject
        </button>
        <button type="button" class="primary" aria-busy={busy} onClick={() => onRespond(true)}>
          Approve
        </button>
      </p>
      {children}
    </article>
  )
}
