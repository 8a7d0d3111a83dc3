/**
 * Radio buttons that look like a segmented control.
 *
 * @module
 */
import { useId } from 'preact/hooks'

export interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  /** Why it cannot be chosen here. */
  readonly unavailable?: string | false
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: readonly Option<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

export function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  const id = useId()
  const reasons = options.flatMap(({ unavailable }) => unavailable || [])
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div class="choice-options">
        {options.map(option => (
          <label key={option.value}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={Boolean(option.unavailable)}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {reasons.map(reason => (
        <p key={reason} class="hint">
          {reason}
        </p>
      ))}
    </fieldset>
  )
}
