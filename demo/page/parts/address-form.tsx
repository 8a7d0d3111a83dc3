/**
 * A form for a phone number or e-mail address, and for further fields that a scenario needs.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Channel } from '../channels.js'
import type { Task } from './task.js'

export interface AddressField extends Pick<Channel, 'addressLabel' | 'addressInput'> {
  /** The initial value. */
  readonly address: string
  /** The meaning of an empty field. Without this text the field is required. */
  readonly whenEmpty?: string
}

interface AddressFormProps {
  readonly field: AddressField
  readonly button: string
  readonly task: Task
  readonly onSubmit: (address: string) => Promise<void>
  /** Further fields, which stand before this one. */
  readonly children?: ComponentChildren
}

export function AddressForm({ field, button, task, onSubmit, children }: AddressFormProps) {
  const id = useId()
  const value = useSignal(field.address)
  const submit = (event: Event) => {
    event.preventDefault()
    task.run(() => onSubmit(value.value.trim()))
  }
  return (
    <form class="field-row" onSubmit={submit}>
      {children}
      <div class="field">
        <label for={id}>{field.addressLabel}</label>
        <input
          id={id}
          {...field.addressInput}
          required={!field.whenEmpty}
          aria-describedby={field.whenEmpty && `${id}-hint`}
          value={value.value}
          aria-invalid={task.problem?.code === 'invalid_request' ? 'true' : undefined}
          onInput={event => {
            value.value = event.currentTarget.value
          }}
        />
      </div>
      <button type="submit" class="primary" aria-busy={task.busy}>
        {button}
      </button>
      {field.whenEmpty && (
        <p id={`${id}-hint`} class="hint">
          {field.whenEmpty}
        </p>
      )}
    </form>
  )
}
