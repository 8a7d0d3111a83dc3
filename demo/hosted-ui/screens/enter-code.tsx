/**
 * Takes the code, and offers a new one.
 *
 * @module
 */

import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { CodeStep } from '../code-step.js'
import { CODE_LENGTH, codeDigits } from '../input.js'
import type { CodeScreen } from '../screen.js'
import { clock } from '../wording.js'
import { Exits, FieldError, Panel, ProblemBox, Submit, type WayOut } from './parts.js'

export interface EnterCodeProps {
  readonly screen: CodeScreen
  readonly wayOut: WayOut | undefined
}

export function EnterCode({ screen, wayOut }: EnterCodeProps) {
  const { step, change, useOther } = screen
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => input.current?.focus(), [])

  // A wrong code is selected, so that typing replaces it.
  useSignalEffect(() => {
    if (!step.codeError.value) return
    input.current?.focus()
    input.current?.select()
  })

  function onInput(typed: string) {
    const before = codeDigits(step.typed.value)
    step.typed.value = typed
    const digits = codeDigits(typed)
    if (digits.length === CODE_LENGTH && digits !== before) void step.check()
  }

  return (
    <Panel
      icon={step.choice.method.icon}
      title="Enter the code"
      lead={<Delivery step={step} change={change} />}
      focus="field"
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void step.check()
        }}
      >
        <ProblemBox problem={step.problem.value} field={input} />
        <div class="field">
          <label for="code">{CODE_LENGTH}-digit code</label>
          <input
            ref={input}
            id="code"
            class="code"
            name="code"
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9 \-]*"
            maxlength={32}
            autocapitalize="off"
            spellcheck={false}
            required
            readOnly={step.checking.value}
            value={step.typed.value}
            onInput={event => onInput(event.currentTarget.value)}
            aria-invalid={step.codeError.value !== undefined}
            aria-describedby="code-error code-delivery"
          />
          <FieldError id="code-error" error={step.codeError.value} />
        </div>
        <Submit label="Continue" busyLabel="Checking…" busy={step.checking.value} />
      </form>
      <Resend step={step} focusField={() => input.current?.focus()} />
      <Exits other={{ label: 'Use another method', go: useOther }} wayOut={wayOut} />
    </Panel>
  )
}

function Delivery({ step, change }: { readonly step: CodeStep; readonly change: (() => void) | undefined }) {
  const { method, destination } = step.choice
  const to = destination ? <strong class="destination">{destination}</strong> : 'you'
  const start = {
    sending: 'Sending a code to ',
    sent: 'We sent a code to ',
    failed: 'We could not send a code to ',
  }
  return (
    <>
      <span id="code-delivery" role="status">
        {start[step.delivery.value]}
        {to} {method.by}
        {step.delivery.value === 'sending' ? '…' : '.'}
      </span>
      {change && (
        <>
          {' '}
          <button type="button" class="inline" onClick={change}>
            Change<span class="visually-hidden"> {method.contact === 'email' ? 'address' : 'number'}</span>
          </button>
        </>
      )}
    </>
  )
}

function Resend({ step, focusField }: { readonly step: CodeStep; readonly focusField: () => void }) {
  const wait = step.resendIn.value
  const sending = step.delivery.value === 'sending'
  const disabled = sending || wait > 0 || step.checking.value

  async function resend() {
    if (disabled) return
    await step.resend()
    focusField()
  }

  return (
    <p class="resend">
      <span>Didn’t get it?</span>
      <button type="button" class="inline" aria-disabled={disabled} onClick={resend}>
        {sending ? 'Sending…' : wait > 0 ? `Resend code in ${clock(wait)}` : 'Resend code'}
      </button>
      <span class="resend-status" role="status">
        {step.status.value}
      </span>
    </p>
  )
}
