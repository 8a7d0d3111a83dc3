/** @jsxImportSource ../lib */
/**
 * Lets the user enter a phone number or email address, and agree to messages where that is required.
 *
 * @module
 */

import type { ContactScreen } from '../flows/screen.js'
import { EXAMPLES } from '../methods/input.js'
import { message } from '../wording/catalogue.js'
import { type Action, FieldError, MoreActions, Panel, ProblemBox, Submit } from './parts.js'
import { Said, useWords } from './words.js'

export interface EnterContactProps {
  readonly screen: ContactScreen
  readonly leave: Action | undefined
}

export function EnterContact({ screen, leave }: EnterContactProps) {
  const { step, back } = screen
  const { name, field, attributes } = step.enrolment
  const { text } = useWords()
  return (
    <Panel
      icon={step.choice.method.icon}
      title={text(`${name}.add.title`)}
      lead={text(`${name}.add.lead`)}
      hasField
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void step.submit()
        }}
      >
        <ProblemBox problem={step.problem.value} />
        <div data-authsignal="field">
          <label for="contact" data-authsignal="label">
            {text(`${field}.label`)}
          </label>
          <input
            data-focus
            focusOn={step.fieldError.value}
            id="contact"
            data-authsignal="input"
            {...attributes}
            dir="ltr"
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
          {field === 'phoneNumber' && !step.fieldError.value && (
            <p id="contact-hint" data-authsignal="hint">
              <Said
                message={message('phoneNumber.hint', {
                  example: <bdi dir="ltr">{EXAMPLES.phoneNumber}</bdi>,
                })}
              />
            </p>
          )}
        </div>
        {step.consent && (
          <div data-authsignal="field">
            <label data-authsignal="consent">
              <input
                focusOn={step.fieldError.value ? undefined : step.consentError.value}
                type="checkbox"
                data-authsignal="checkbox"
                required
                checked={step.agreed.value}
                onChange={event => {
                  step.agreed.value = event.currentTarget.checked
                }}
                aria-invalid={step.consentError.value !== undefined}
                aria-describedby="consent-error"
              />
              <span>{text('sms.consent')}</span>
            </label>
            <FieldError id="consent-error" error={step.consentError.value} />
          </div>
        )}
        <Submit
          label={text(step.choice.method.kind === 'wait' ? 'emailML.send' : 'code.send')}
          busyLabel={text('sending')}
          busy={step.sending.value}
        />
      </form>
      <MoreActions other={{ label: text('back'), go: back }} leave={leave} />
    </Panel>
  )
}
