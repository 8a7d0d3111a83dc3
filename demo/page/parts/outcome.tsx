/**
 * The result of a scenario: a heading, the state of the action, and the data that the backend has.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Note } from './note.js'

interface OutcomeProps {
  readonly title: string
  /** Anything other than success is shown as a warning. */
  readonly good?: boolean
  /** A sentence below the title. */
  readonly text?: string
  readonly facts: Readonly<Record<string, string | undefined>>
  readonly children?: ComponentChildren
}

export function Outcome({ title, good = true, text, facts, children }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Moves the focus to the result, for users of a keyboard or screen reader.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <Note kind={good ? 'success' : 'warning'}>
      <h4 ref={heading} tabIndex={-1}>
        {title}
      </h4>
      {text && <p>{text}</p>}
      <Facts facts={facts} />
      {children}
    </Note>
  )
}

/** Names and values. Undefined values are left out. */
export function Facts({ facts }: Pick<OutcomeProps, 'facts'>) {
  return (
    <dl class="facts">
      {Object.entries(facts).map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
