/**
 * The three steps that every scenario with a code of our own form goes through: begin, enter the code, result.
 *
 * What happens in each, and on which side, is the scenario's plan.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Channel } from '../channels.js'
import { AddressForm } from './address-form.js'
import { CodeForm, type Rejection } from './code-form.js'
import { ProblemNote } from './problem-note.js'
import { type Call, Step, Steps } from './steps.js'
import { useTask } from './task.js'

export type Verdict<Done> =
  | (Rejection & { readonly isVerified: false })
  | { readonly isVerified: true; readonly done: Done }

export interface OtpPlan<Started, Done> {
  readonly begin: {
    readonly title: string
    readonly button: string
    readonly calls: readonly Call[]
    /** What the field says at first; without it there is no field, and `run` gets an empty string. */
    readonly address?: string
    readonly addressLabel?: string
    run(address: string): Promise<Started>
  }
  readonly check: {
    readonly calls: readonly Call[]
    resend(started: Started): Promise<Started>
    verify(started: Started, code: string): Promise<Verdict<Done>>
  }
  readonly result: {
    readonly title: string
    readonly calls: readonly Call[]
    show(done: Done): ComponentChildren
  }
}

interface OtpFlowProps<Started, Done> {
  readonly channel: Channel
  readonly plan: OtpPlan<Started, Done>
  /** The number of its first step. */
  readonly firstStep?: number
}

type Progress<Started, Done> =
  | { readonly at: 'begin' }
  | { readonly at: 'code'; readonly address: string; readonly started: Started }
  | { readonly at: 'result'; readonly address: string; readonly done: Done }

export function OtpFlow<Started, Done>({
  channel,
  plan: { begin, check, result },
  firstStep = 1,
}: OtpFlowProps<Started, Done>) {
  const progress = useSignal<Progress<Started, Done>>({ at: 'begin' })
  const task = useTask()
  const now = progress.value

  /** An answer that comes after the user started again is of no interest any more. */
  const moveTo = (next: Progress<Started, Done>) => {
    if (progress.peek() === now) progress.value = next
  }

  const start = async (address: string) => {
    moveTo({ at: 'code', address, started: await begin.run(address) })
  }

  const startAgain = () => {
    progress.value = { at: 'begin' }
  }

  const verify = async (code: string): Promise<Rejection> => {
    if (now.at !== 'code') return { isVerified: true }
    const verdict = await check.verify(now.started, code)
    if (verdict.isVerified) moveTo({ at: 'result', address: now.address, done: verdict.done })
    return verdict
  }

  const resend = async () => {
    if (now.at === 'code') moveTo({ ...now, started: await check.resend(now.started) })
  }

  return (
    <Steps first={firstStep}>
      <Step title={begin.title} calls={begin.calls} state={now.at === 'begin' ? 'current' : 'done'}>
        {now.at === 'begin' ? (
          <>
            {begin.address === undefined ? (
              <button
                type="button"
                class="primary"
                aria-busy={task.busy}
                onClick={() => task.run(() => start(''))}
              >
                {begin.button}
              </button>
            ) : (
              <AddressForm
                channel={channel}
                label={begin.addressLabel ?? channel.addressLabel}
                address={begin.address}
                button={begin.button}
                task={task}
                onSubmit={start}
              />
            )}
            <ProblemNote problem={task.problem} />
          </>
        ) : (
          <p class="step-summary">
            {now.address && <span>{now.address}</span>}
            <button type="button" class="link" onClick={startAgain}>
              Start again
            </button>
          </p>
        )}
      </Step>

      <Step
        title="Enter the code"
        calls={check.calls}
        state={now.at === 'begin' ? 'todo' : now.at === 'code' ? 'current' : 'done'}
      >
        {now.at === 'code' && (
          <CodeForm channel={channel} onVerify={verify} onResend={resend} onStartAgain={startAgain} />
        )}
      </Step>

      <Step title={result.title} calls={result.calls} state={now.at === 'result' ? 'current' : 'todo'}>
        {now.at === 'result' && result.show(now.done)}
      </Step>
    </Steps>
  )
}
