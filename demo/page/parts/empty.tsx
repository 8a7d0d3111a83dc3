/**
 * What a screen of the phone says while there is nothing on it.
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
