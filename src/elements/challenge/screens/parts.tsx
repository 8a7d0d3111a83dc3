/**
 * The pieces that screens are made of: heading, messages, and the buttons at the end.
 *
 * @module
 */

import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Problem } from '../steps/problem.js'
import { Icon, type IconName } from './icons.js'

export interface PanelProps {
  readonly icon: IconName
  readonly tone?: 'accent' | 'success' | 'neutral' | 'danger'
  readonly title: string
  readonly lead: ComponentChildren
  /** Where the user goes on. A screen with a field takes the focus there itself. */
  readonly focus?: 'title' | 'field'
  /** Where the heading is put, for a screen that moves the focus back to it. */
  readonly heading?: RefObject<HTMLHeadingElement | null>
  readonly children?: ComponentChildren
}

export function Panel(props: PanelProps) {
  const { icon, tone = 'accent', title, lead, focus = 'title', children } = props
  const ownHeading = useRef<HTMLHeadingElement>(null)
  const heading = props.heading ?? ownHeading

  useEffect(() => {
    document.title = title
    if (focus === 'title') heading.current?.focus()
  }, [title, focus, heading])

  return (
    <>
      <span class={`badge ${tone}`}>
        <Icon name={icon} />
      </span>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{lead}</p>
      {children}
    </>
  )
}

export interface ProblemBoxProps {
  readonly problem: Problem | undefined
  /** Gets the focus when "Try again" vanishes under it; not needed where there is none. */
  readonly field?: RefObject<HTMLElement | null>
}

/** Announced whenever it changes: the box around it is always there. */
export function ProblemBox({ problem, field }: ProblemBoxProps) {
  function tryAgain() {
    problem?.tryAgain?.()
    field?.current?.focus()
  }

  return (
    <div role="alert">
      {problem && (
        <div class={`problem ${problem.calm ? 'calm' : ''}`}>
          <Icon name="alert" />
          <p>{problem.text}</p>
          {problem.tryAgain && (
            <button type="button" class="inline" onClick={tryAgain}>
              Try again
            </button>
          )}
        </div>
      )}
    </div>
  )
}

/** What is wrong with one field; the field refers to it by `id`. */
export function FieldError({
  id,
  error,
}: {
  readonly id: string
  readonly error: { readonly text: string } | undefined
}) {
  return (
    <div id={id} role="alert">
      {error && (
        <p class="field-error">
          <Icon name="alert" />
          <span>{error.text}</span>
        </p>
      )}
    </div>
  )
}

export interface SubmitProps {
  readonly label: string
  readonly busyLabel: string
  readonly busy: boolean
  /** Makes it a button of its own, outside of a form. */
  readonly onClick?: () => void
  readonly tone?: 'primary' | 'danger'
}

/** Stays focusable while it waits, so that the keyboard does not lose its place. */
export function Submit({ label, busyLabel, busy, onClick, tone = 'primary' }: SubmitProps) {
  return (
    <button type={onClick ? 'button' : 'submit'} class={tone} aria-disabled={busy} onClick={onClick}>
      {busy && <span class="spinner" />}
      {busy ? busyLabel : label}
    </button>
  )
}

export interface WayOut {
  readonly label: string
  readonly leave: () => void
}

export interface Exit {
  readonly label: string
  readonly go: (() => void) | undefined
}

/** The ways off a screen other than forward. */
export function Exits({ other, wayOut }: { readonly other: Exit; readonly wayOut: WayOut | undefined }) {
  if (!other.go && !wayOut) return null
  return (
    <div class="exits">
      {other.go && (
        <button type="button" class="quiet" onClick={other.go}>
          {other.label}
        </button>
      )}
      {wayOut && (
        <button type="button" class="quiet" onClick={wayOut.leave}>
          {wayOut.label}
        </button>
      )}
    </div>
  )
}
