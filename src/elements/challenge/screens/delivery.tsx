/**
 * What was sent, where to, and sending it again: for codes, links and requests.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { clock } from '../wording/problems.js'

export interface DeliveryProps {
  readonly id: string
  readonly state: 'sending' | 'sent' | 'failed'
  /** As in "We sent a code to …". */
  readonly sends: string
  readonly to: string | undefined
  /** Who it is sent to when that has no name. */
  readonly someone: string
  readonly by?: string
  /** What to do with it, once it is sent. */
  readonly instruction?: string
  readonly change: (() => void) | undefined
  readonly changes: 'phoneNumber' | 'email' | undefined
}

export function Delivery(props: DeliveryProps) {
  const { id, state, sends, to, someone, by, instruction, change, changes } = props
  const start = { sending: 'Sending', sent: 'We sent', failed: 'We could not send' }
  return (
    <>
      <span id={id} role="status">
        {start[state]} {sends} to {to ? <strong class="destination">{to}</strong> : someone}
        {by && ` ${by}`}
        {state === 'sending' ? '…' : '.'}
        {state === 'sent' && instruction && ` ${instruction}`}
      </span>
      {change && (
        <>
          {' '}
          <button type="button" class="inline" onClick={change}>
            Change<span class="visually-hidden"> {changes === 'email' ? 'address' : 'number'}</span>
          </button>
        </>
      )}
    </>
  )
}

export interface ResendProps {
  readonly step: {
    readonly delivery: ReadonlySignal<'sending' | 'sent' | 'failed'>
    readonly resendIn: ReadonlySignal<number>
    readonly status: ReadonlySignal<string>
    resend(): Promise<void>
  }
  readonly label: string
  /** Something else is under way. */
  readonly blocked?: boolean
  readonly onResent?: () => void
}

export function Resend({ step, label, blocked = false, onResent }: ResendProps) {
  const wait = step.resendIn.value
  const sending = step.delivery.value === 'sending'
  const disabled = sending || wait > 0 || blocked

  async function resend() {
    if (disabled) return
    await step.resend()
    onResent?.()
  }

  return (
    <p class="resend">
      <span>Didn’t get it?</span>
      <button type="button" class="inline" aria-disabled={disabled} onClick={resend}>
        {sending ? 'Sending…' : wait > 0 ? `${label} in ${clock(wait)}` : label}
      </button>
      <span class="resend-status" role="status">
        {step.status.value}
      </span>
    </p>
  )
}
