/**
 * A box with an important message, which scrolls into view.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface NoteProps {
  readonly kind?: 'plain' | 'success' | 'warning' | 'danger'
  /** A line or two, set closer. */
  readonly brief?: boolean
  readonly children: ComponentChildren
}

export function Note({ kind = 'plain', brief = false, children }: NoteProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <div ref={box} class={`note note-${kind} ${brief ? 'note-brief' : ''}`}>
      {children}
    </div>
  )
}
