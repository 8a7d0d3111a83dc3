/**
 * Takes the code, and offers a new one.
 *
 * @module
 */

import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { CodeScreen } from '../flows/screen.js'
import { CODE_LENGTH, codeDigits } from '../methods/input.js'
import { Delivery, Resend } from './delivery.js'
import { Exits, FieldError, Panel, ProblemBox, Submit, type WayOut } from './parts.js'

export interface EnterCodeProps {
  readonly screen: CodeScreen
  readonly wayOut: WayOut | undefined
}

export function EnterCode({ screen, wayOut }: EnterCodeProps) {
  const { step, change, back, useOther } = screen
  const { method, destination } = step.choice
  const { codes } = method
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
      icon={method.icon}
      title="Enter the code"
      lead={
        'by' in codes ? (
          <Delivery
            id="code-delivery"
            state={step.delivery.value}
            sends="a code"
            to={destination}
            someone="you"
            by={codes.by}
            change={change}
            changes={method.contact}
          />
        ) : (
          <span id="code-delivery">{codes.instruction}</span>
        )
      }
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
      {'send' in codes && (
        <Resend
          step={step}
          label="Resend code"
          blocked={step.checking.value}
          onResent={() => input.current?.focus()}
        />
      )}
      <Exits
        other={back ? { label: 'Back', go: back } : { label: 'Use another method', go: useOther }}
        wayOut={wayOut}
      />
    </Panel>
  )
}
