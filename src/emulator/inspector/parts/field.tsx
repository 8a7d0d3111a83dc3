/**
 * Fields with their labels: for a text, and for one of several options.
 *
 * @module
 */
import type { Signal } from '@preact/signals'
import type { PartialInputHTMLAttributes } from 'preact'
import { useId } from 'preact/hooks'

interface FieldProps {
  readonly label: string
  /** What the field contains. */
  readonly value: Signal<string>
}

interface TextFieldProps
  extends FieldProps,
    Pick<
      PartialInputHTMLAttributes<HTMLInputElement>,
      'autocomplete' | 'inputMode' | 'required' | 'min' | 'step' | 'placeholder'
    > {
  readonly type?: 'text' | 'number' | 'tel'
  /** Offered while the user types; other texts can be typed too. */
  readonly suggestions?: readonly string[]
}

export function TextField({
  label,
  value,
  suggestions,
  type = 'text',
  autocomplete = 'off',
  ...input
}: TextFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        type={type}
        id={id}
        list={suggestions && `${id}-suggestions`}
        autocomplete={autocomplete}
        spellcheck={false}
        value={value.value}
        onInput={event => {
          value.value = event.currentTarget.value
        }}
      />
      {suggestions && (
        <datalist id={`${id}-suggestions`}>
          {suggestions.map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </div>
  )
}

interface SelectFieldProps extends FieldProps {
  readonly options: readonly string[]
}

export function SelectField({ label, value, options }: SelectFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value.value}
        onChange={event => {
          value.value = event.currentTarget.value
        }}
      >
        {options.map(each => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </div>
  )
}
