/**
 * The three steps that most scenarios go through: begin, let the user prove who they are, result.
 *
 * What happens in each, and on which side, is the scenario's plan.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { type AddressField, AddressForm } from './address-form.js'
import { Decided, DecidedOutcome } from './decided.js'
import { ProblemNote } from './problem-note.js'
import { StartAgain } from './start-again.js'
import { type Call, Step, Steps } from './steps.js'
import { useTask } from './task.js'

export interface FlowPlan<Started, Done> {
  readonly begin: {
    readonly title: string
    readonly button: string
    readonly calls: readonly Call[]
    /** The label of the first field. Without it there is no field, and `run` gets an empty string. */
    readonly field?: AddressField | undefined
    /** Fields above the first one. The scenario keeps their values. */
    readonly furtherFields?: ComponentChildren
    /** Returns what it has started; or the decision, when there is nothing for the user to prove. */
    run(address: string): Promise<Started | Decided>
  }
  readonly proof: {
    readonly title: string
    readonly calls: readonly Call[]
    show(turn: Turn<Started, Done>): ComponentChildren
  }
  readonly result: {
    readonly title: string
    readonly calls: readonly Call[]
    show(done: Done): ComponentChildren
  }
}

/** What the second step receives. */
export interface Turn<Started, Done> {
  readonly started: Started
  readonly address: string
  /** Replaces what the first step started, for example by a new code. */
  replace(started: Started): void
  finish(done: Done): void
  startAgain(): void
}

interface FlowProps<Started, Done> {
  readonly plan: FlowPlan<Started, Done>
  /** The number of its first step. */
  readonly firstStep?: number
  /** Whether the user has just requested it, so that it gets the focus. */
  readonly takesFocus?: boolean
}

type Progress<Started, Done> =
  | { readonly at: 'begin' }
  | { readonly at: 'proof'; readonly address: string; readonly started: Started }
  | { readonly at: 'decided'; readonly address: string; readonly decided: Decided }
  | { readonly at: 'result'; readonly address: string; readonly done: Done }

export function Flow<Started, Done>({
  plan: { begin, proof, result },
  firstStep = 1,
  takesFocus = false,
}: FlowProps<Started, Done>) {
  const progress = useSignal<Progress<Started, Done>>({ at: 'begin' })
  const attempt = useRef(0)
  const beginning = useRef<HTMLDivElement>(null)
  const task = useTask()
  const now = progress.value

  const mine = attempt.current
  /** Results that arrive after the user has started again are ignored. */
  const moveTo = (next: Progress<Started, Done>) => {
    if (attempt.current === mine) progress.value = next
  }

  // The "start again" button is removed, so keyboard users get the focus here.
  useEffect(() => {
    if (now.at !== 'begin' || (attempt.current === 0 && !takesFocus)) return
    beginning.current?.querySelector<HTMLElement>('input, button')?.focus()
  }, [now.at])

  const start = async (address: string) => {
    const started = await begin.run(address)
    moveTo(
      started instanceof Decided
        ? { at: 'decided', address, decided: started }
        : { at: 'proof', address, started },
    )
  }

  const startAgain = () => {
    attempt.current += 1
    progress.value = { at: 'begin' }
  }

  return (
    <Steps first={firstStep}>
      <Step title={begin.title} calls={begin.calls} state={now.at === 'begin' ? 'current' : 'done'}>
        {now.at === 'begin' ? (
          <div ref={beginning}>
            {begin.field ? (
              <AddressForm field={begin.field} button={begin.button} task={task} onSubmit={start}>
                {begin.furtherFields}
              </AddressForm>
            ) : (
              <button
                type="button"
                class="primary"
                aria-busy={task.busy}
                onClick={() => task.run(() => start(''))}
              >
                {begin.button}
              </button>
            )}
            <ProblemNote problem={task.problem} />
          </div>
        ) : (
          <p class="step-summary">
            {now.address && <span>{now.address}</span>}
            <StartAgain onClick={startAgain} />
          </p>
        )}
        {now.at === 'decided' && <DecidedOutcome {...now.decided} />}
      </Step>

      <Step
        title={proof.title}
        calls={proof.calls}
        state={now.at === 'proof' ? 'current' : now.at === 'result' ? 'done' : 'todo'}
      >
        {now.at === 'proof' &&
          proof.show({
            started: now.started,
            address: now.address,
            replace: started => moveTo({ ...now, started }),
            finish: done => moveTo({ at: 'result', address: now.address, done }),
            startAgain,
          })}
      </Step>

      <Step title={result.title} calls={result.calls} state={now.at === 'result' ? 'current' : 'todo'}>
        {now.at === 'result' && result.show(now.done)}
      </Step>
    </Steps>
  )
}
