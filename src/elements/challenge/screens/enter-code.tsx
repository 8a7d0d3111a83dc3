/** @jsxImportSource ../lib */
/**
 * Lets the user enter a code, and offers to send a new one.
 *
 * @module
 */

import type { CodeScreen } from '../flows/screen.js'
import { CODE_LENGTH } from '../steps/code.js'
import { Delivery, Resend } from './delivery.js'
import { type Action, FieldError, focusScreen, MoreActions, Panel, ProblemBox, Submit } from './parts.js'
import { useWords } from './words.js'

export interface EnterCodeProps {
  readonly screen: CodeScreen
  readonly leave: Action | undefined
}

export function EnterCode({ screen, leave }: EnterCodeProps) {
  const { step, change, back, useOther } = screen
  const { method, destination } = step.choice
  const { text } = useWords()
  const clock = step.lockedFor.value
  const isLocked = clock > 0
  // An authenticator app makes the codes itself.
  const by = method.name === 'totp' ? undefined : method.name
  return (
    <Panel
      icon={method.icon}
      title={text('code.title')}
      lead={
        by ? (
          <Delivery
            id="code-delivery"
            state={step.delivery.value}
            sends="code"
            method={by}
            to={destination}
            change={change}
            changes={method.contact}
          />
        ) : (
          <span id="code-delivery">{text('totp.instruction')}</span>
        )
      }
      hasField
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void step.check()
        }}
      >
        <ProblemBox problem={step.problem.value} />
        <authsignal-code data-authsignal="field" length={CODE_LENGTH} oncomplete={() => void step.check()}>
          <label for="code" data-authsignal="label">
            {text('code.label', { count: CODE_LENGTH })}
          </label>
          <input
            data-focus
            // A wrong code is selected, so that typing replaces it.
            focusOn={step.codeError.value}
            id="code"
            data-authsignal="code"
            name="code"
            autocapitalize="off"
            spellcheck={false}
            required
            readOnly={step.checking.value || isLocked}
            value={step.typed.value}
            onInput={event => {
              step.typed.value = event.currentTarget.value
            }}
            aria-invalid={step.codeError.value !== undefined}
            aria-describedby="code-error code-delivery"
          />
          <FieldError id="code-error" error={step.codeError.value} />
        </authsignal-code>
        <Submit
          label={isLocked ? text('code.lockedFor', { clock }) : text('continue')}
          busyLabel={text('code.checking')}
          busy={step.checking.value}
          disabled={isLocked}
        />
      </form>
      {by && (
        <Resend step={step} sends="code" blocked={step.checking.value || isLocked} onResent={focusScreen} />
      )}
      <MoreActions
        other={back ? { label: text('back'), go: back } : { label: text('useOther'), go: useOther }}
        leave={leave}
      />
    </Panel>
  )
}
