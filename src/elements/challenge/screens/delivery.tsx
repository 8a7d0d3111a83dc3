/** @jsxImportSource ../lib */
/**
 * Shows what was sent and where to, and offers to send it again: for codes, links and requests.
 *
 * @module
 */

import type { DeliveryState, Delivery as DeliveryStep } from '../steps/delivery.js'
import { DELIVERY, RESEND } from '../wording/screens.js'
import { clock } from '../wording/times.js'

export interface DeliveryProps {
  readonly id: string
  readonly state: DeliveryState
  /** As in "We sent a code to …". */
  readonly sends: string
  readonly to: string | undefined
  /** The recipient, where the authenticator has no name. */
  readonly recipient: string
  readonly by?: string | undefined
  /** What the user is to do once it is sent. */
  readonly instruction?: string
  readonly change: (() => void) | undefined
  readonly changes: 'phoneNumber' | 'email' | undefined
}

export function Delivery(props: DeliveryProps) {
  const { id, state, sends, to, recipient, by, instruction, change, changes } = props
  return (
    <>
      <span id={id} role="status">
        {DELIVERY[state]} {sends} to {to ? <strong class="destination">{to}</strong> : recipient}
        {by && ` ${by}`}
        {state === 'sending' ? '…' : '.'}
        {state === 'sent' && instruction && ` ${instruction}`}
      </span>
      {change && (
        <>
          {' '}
          <button type="button" class="inline" onClick={change}>
            {DELIVERY.change}
            {changes && <span class="visually-hidden"> {DELIVERY[changes]}</span>}
          </button>
        </>
      )}
    </>
  )
}

export interface ResendProps {
  readonly step: Omit<DeliveryStep, 'stop'>
  readonly label: string
  /** Whether something else is in progress. */
  readonly blocked?: boolean
  readonly onResent?: (event: Event) => void
}

export function Resend({ step, label, blocked = false, onResent }: ResendProps) {
  const wait = step.resendIn.value
  const sending = step.delivery.value === 'sending'
  const disabled = sending || wait > 0 || blocked

  async function resend(event: Event) {
    if (disabled) return
    onResent?.(event)
    await step.resend()
  }

  return (
    <p class="resend">
      <span>{RESEND.lead}</span>
      <button type="button" class="inline" aria-disabled={disabled} onClick={resend}>
        {sending ? RESEND.sending : wait > 0 ? `${label} in ${clock(wait)}` : label}
      </button>
      <span class="resend-status" role="status">
        {step.status.value}
      </span>
    </p>
  )
}
