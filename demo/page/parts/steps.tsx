/**
 * The numbered steps of a scenario, each with where its code runs and which SDK calls it makes.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'

export type Side = 'Backend' | 'Browser'

export interface Call {
  readonly side: Side
  /** As in the code, without arguments: `authsignal.track`. */
  readonly method: string
}

interface StepProps {
  readonly title: string
  readonly calls: readonly Call[]
  readonly state: 'todo' | 'current' | 'done'
  readonly children?: ComponentChildren
}

/** @param props.first The number of the first step, if it continues an earlier list. */
export function Steps({
  first = 1,
  children,
}: {
  readonly first?: number
  readonly children: ComponentChildren
}) {
  return (
    <ol class="steps" start={first}>
      {children}
    </ol>
  )
}

export function Step({ title, calls, state, children }: StepProps) {
  return (
    <li class={`step step-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
      <h3>
        {title}
        {state === 'done' && <span class="visually-hidden"> (done)</span>}
      </h3>
      <ul class="step-calls" aria-label="SDK calls of this step">
        {calls.map(({ side, method }) => (
          <li key={method}>
            <SideBadge side={side} />
            <code>{method.startsWith('<') ? method : `${method}()`}</code>
          </li>
        ))}
      </ul>
      {state !== 'todo' && children}
    </li>
  )
}

export function SideBadge({ side }: { readonly side: Side }) {
  return <span class={`badge badge-${side.toLowerCase()}`}>{side}</span>
}
