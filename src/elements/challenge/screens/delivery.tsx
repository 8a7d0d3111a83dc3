/** @jsxImportSource ../lib */
/**
 * Shows what was sent and where to, and offers to send it again: for codes, links and requests.
 *
 * @module
 */

import type { CodeMethod, WaitMethod } from '../methods/kinds.js'
import type { DeliveryState, Delivery as DeliveryStep } from '../steps/delivery.js'
import { message } from '../wording/catalogue.js'
import { Button } from './parts.js'
import { Destination, Said, useWords } from './words.js'

type SendingMethod = Exclude<CodeMethod['name'], 'totp'> | WaitMethod['name']
type Sends = 'code' | WaitMethod['name']

export interface DeliveryProps {
  readonly id: string
  readonly state: DeliveryState
  readonly sends: Sends
  /** The keys of its texts start with this. */
  readonly method: SendingMethod
  readonly to: string | undefined
  readonly change: (() => void) | undefined
  readonly changes: 'phoneNumber' | 'email' | undefined
}

export function Delivery(props: DeliveryProps) {
  const { id, state, sends, method, to, change, changes } = props
  const { text } = useWords()
  return (
    <>
      <span id={id} role="status">
        {to ? (
          <Said
            message={message(state === 'sent' ? `${method}.sentTo` : `${sends}.${state}To`, {
              contact: <Destination text={to} />,
            })}
          />
        ) : (
          text(`${sends}.${state}`)
        )}
      </span>
      {change && (
        <>
          {' '}
          <Button piece="link" onClick={change}>
            {text(changes === 'email' ? 'emailAddress.change' : 'phoneNumber.change')}
          </Button>
        </>
      )}
    </>
  )
}

export interface ResendProps {
  readonly step: Omit<DeliveryStep, 'stop'>
  readonly sends: Sends
  /** Whether something else is in progress. */
  readonly blocked?: boolean
  readonly onResent?: (event: Event) => void
}

export function Resend({ step, sends, blocked = false, onResent }: ResendProps) {
  const { of, text } = useWords()
  const clock = step.resendIn.value
  const sending = step.delivery.value === 'sending'
  const disabled = sending || clock > 0 || blocked

  async function resend(event: Event) {
    if (disabled) return
    onResent?.(event)
    await step.resend()
  }

  return (
    <p data-authsignal="resend">
      <span>{text('resend.lead')}</span>
      <Button piece="link" aria-disabled={disabled} onClick={resend}>
        {sending
          ? text('sending')
          : clock > 0
            ? text(`${sends}.resendIn`, { clock })
            : text(`${sends}.resend`)}
      </Button>
      <span data-authsignal="status" role="status">
        {step.status.value && of(step.status.value)}
      </span>
    </p>
  )
}
