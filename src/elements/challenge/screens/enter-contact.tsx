/**
 * Asks for the phone number or e-mail address to add, and for consent where that is needed.
 *
 * @module
 */

import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ContactScreen } from '../flows/screen.js'
import { Exits, FieldError, Panel, ProblemBox, Submit, type WayOut } from './parts.js'

export interface EnterContactProps {
  readonly screen: ContactScreen
  readonly wayOut: WayOut | undefined
}

export function EnterContact({ screen, wayOut }: EnterContactProps) {
  const { step, back } = screen
  const { title, lead, field } = step.enrolment
  const input = useRef<HTMLInputElement>(null)
  const checkbox = useRef<HTMLInputElement>(null)

  useEffect(() => input.current?.focus(), [])

  // The first thing to correct gets the focus.
  useSignalEffect(() => {
    if (step.fieldError.value) input.current?.focus()
    else if (step.consentError.value) checkbox.current?.focus()
  })

  return (
    <Panel icon={step.choice.method.icon} title={title} lead={lead} focus="field">
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void step.submit()
        }}
      >
        <ProblemBox problem={step.problem.value} field={input} />
        <div class="field">
          <label for="contact">{field.label}</label>
          <input
            ref={input}
            id="contact"
            {...field.attributes}
            name={field.attributes.type}
            autocomplete={field.attributes.type}
            required
            readOnly={step.sending.value}
            value={step.typed.value}
            onInput={event => {
              step.typed.value = event.currentTarget.value
            }}
            aria-invalid={step.fieldError.value !== undefined}
            aria-describedby="contact-error contact-hint"
          />
          <FieldError id="contact-error" error={step.fieldError.value} />
          {field.hint && !step.fieldError.value && (
            <p id="contact-hint" class="hint">
              {field.hint}
            </p>
          )}
        </div>
        {step.consent && (
          <div class="field">
            <label class="consent">
              <input
                ref={checkbox}
                type="checkbox"
                required
                checked={step.agreed.value}
                onChange={event => {
                  step.agreed.value = event.currentTarget.checked
                }}
                aria-invalid={step.consentError.value !== undefined}
                aria-describedby="consent-error"
              />
              <span>{step.consent}</span>
            </label>
            <FieldError id="consent-error" error={step.consentError.value} />
          </div>
        )}
        <Submit label={step.enrolment.submit} busyLabel="Sending…" busy={step.sending.value} />
      </form>
      <Exits other={{ label: 'Back', go: back }} wayOut={wayOut} />
    </Panel>
  )
}
