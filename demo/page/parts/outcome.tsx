/**
 * How a scenario ended: a heading, the state of the action, and the facts the backend has now.
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
  readonly facts: Readonly<Record<string, string | undefined>>
  readonly children?: ComponentChildren
}

export function Outcome({ title, good = true, facts, children }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever works by keyboard or screen reader is taken to the result.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <Note kind={good ? 'success' : 'warning'}>
      <h4 ref={heading} tabIndex={-1}>
        {title}
      </h4>
      <Facts facts={facts} />
      {children}
    </Note>
  )
}

/** Names and values, of which those that are undefined are left out. */
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
