/**
 * Waits for an event in a mailbox or on a phone, as long as the component is shown.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

interface WaitingProps {
  /** The text that says what it waits for. */
  readonly text: string
  /** Continues with the next step by itself. The signal aborts it when the component is removed. */
  readonly wait: (signal: AbortSignal) => Promise<void>
  readonly onStartAgain: () => void
  readonly children?: ComponentChildren
}

export function Waiting({ text, wait, onStartAgain, children }: WaitingProps) {
  const status = useRef<HTMLParagraphElement>(null)
  const { run, busy, problem } = useTask()

  useEffect(() => {
    const leaving = new AbortController()
    run(() => wait(leaving.signal))
    status.current?.scrollIntoView({ block: 'nearest' })
    return () => leaving.abort()
  }, [])

  return (
    <>
      <p ref={status} class="waiting" role="status" aria-busy={busy}>
        {busy && text}
      </p>
      {children}
      <ProblemNote problem={problem} onStartAgain={onStartAgain} />
    </>
  )
}
