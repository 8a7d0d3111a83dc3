/**
 * The text of a list that is empty.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'

interface EmptyProps {
  readonly title: string
  readonly children: ComponentChildren
}

export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{children}</p>
    </div>
  )
}
