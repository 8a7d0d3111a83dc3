/** @jsxImportSource ../lib */
/**
 * The parts that screens are made of: heading, messages and buttons.
 *
 * @module
 */

import { ALERT } from '../icons/common.js'
import type { Children } from '../lib/jsx-runtime.js'
import type { FieldError as FieldProblem } from '../steps/step.js'
import type { Problem } from '../wording/problems.js'
import { type Icon, IconView } from './icon.js'
import { useWords } from './words.js'

export interface PanelProps {
  readonly icon: Icon
  readonly tone?: 'accent' | 'success' | 'neutral' | 'danger'
  readonly title: string
  readonly lead: Children
  /** Whether the screen has a field that gets the focus, marked with `data-focus`. Otherwise the heading does. */
  readonly hasField?: boolean
  readonly children?: Children
}

/** A page has one heading of the first level, which is its own if it has one. */
const titleTag = () => (document.querySelector('h1:not([data-authsignal])') ? 'h2' : 'h1')

export function Panel(props: PanelProps) {
  const { icon, tone = 'accent', title, lead, hasField = false, children } = props
  const Title = titleTag()
  return (
    <>
      <span data-authsignal="badge" data-tone={tone}>
        <IconView icon={icon} />
      </span>
      <Title data-authsignal="title" tabIndex={-1} data-focus={!hasField}>
        {title}
      </Title>
      {lead && <p data-authsignal="lead">{lead}</p>}
      {children}
    </>
  )
}

export interface ProblemBoxProps {
  readonly problem: Problem | undefined
}

/** Moves the focus to the field or the heading of the screen. */
export function focusScreen({ currentTarget }: Event) {
  const screen = (currentTarget as Element).closest('[data-screen]')
  screen?.querySelector<HTMLElement>('[data-focus]')?.focus()
}

/** Announced by screen readers when it changes, because the region around it always exists. */
export function ProblemBox({ problem }: ProblemBoxProps) {
  const words = useWords()

  function tryAgain(event: Event) {
    // The button that has the focus is about to be removed.
    focusScreen(event)
    problem?.tryAgain?.()
  }

  return (
    <div role="alert">
      {problem && (
        <div data-authsignal="problem" data-tone={problem.calm ? 'neutral' : 'danger'}>
          <IconView icon={ALERT} />
          <p data-authsignal="problem-text">{words.of(problem.text)}</p>
          {problem.tryAgain && (
            <Button piece="link" onClick={tryAgain}>
              {words.text('tryAgain')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

/** What is wrong with one field; the field refers to it by `id`. */
export function FieldError({ id, error }: { readonly id: string; readonly error: FieldProblem | undefined }) {
  const words = useWords()
  return (
    <div id={id} role="alert">
      {error && (
        <p data-authsignal="field-error">
          <IconView icon={ALERT} />
          <span>{words.of(error.text)}</span>
        </p>
      )}
    </div>
  )
}

export interface ButtonProps {
  readonly piece: 'submit' | 'secondary' | 'quiet' | 'link' | 'method'
  readonly tone?: 'danger' | undefined
  /** Without it the button submits the form that it is in. */
  readonly onClick?: ((event: Event) => void) | undefined
  readonly 'aria-disabled'?: boolean
  readonly 'aria-label'?: string
  readonly 'data-busy'?: boolean
  readonly children?: Children
}

/**
 * Has no attribute `type`: style sheets of pages often have rules for `[type=button]`, which count as much as a rule
 * for a hook. A button that is not for submitting belongs to no form instead: `form` names none.
 */
export function Button({ piece, tone, onClick, children, ...attributes }: ButtonProps) {
  return (
    <button form={onClick && ''} data-authsignal={piece} data-tone={tone} onClick={onClick} {...attributes}>
      {children}
    </button>
  )
}

export interface SubmitProps {
  readonly label: string
  readonly busyLabel: string
  readonly busy: boolean
  /** Whether the user has to wait first. */
  readonly disabled?: boolean
  /** For a button outside of a form. */
  readonly onClick?: () => void
  readonly tone?: 'danger'
}

/** Stays focusable while busy or disabled, so that keyboard users keep the focus. */
export function Submit({ label, busyLabel, busy, disabled = false, onClick, tone }: SubmitProps) {
  return (
    <>
      {/* Screen readers do not announce that the label of a button changes. */}
      <span data-authsignal="hidden" role="status">
        {busy && busyLabel}
      </span>
      <Button piece="submit" tone={tone} aria-disabled={busy || disabled} data-busy={busy} onClick={onClick}>
        {busy && <span data-authsignal="spinner" />}
        {busy ? busyLabel : label}
      </Button>
    </>
  )
}

export interface Action {
  readonly label: string
  readonly go: (() => void) | undefined
}

export interface MoreActionsProps {
  readonly other: Action
  readonly leave: Action | undefined
}

/** The buttons below the main one: to another screen, or out of the challenge. */
export function MoreActions({ other, leave }: MoreActionsProps) {
  if (!other.go && !leave) return null
  return (
    <div data-authsignal="exits">
      <MoreAction action={other} />
      <MoreAction action={leave} />
    </div>
  )
}

function MoreAction({ action }: { readonly action: Action | undefined }) {
  if (!action?.go) return null
  return (
    <Button piece="quiet" onClick={action.go}>
      {action.label}
    </Button>
  )
}
