/** @jsxImportSource ../lib */
/**
 * Waits for what the user does elsewhere: on another device, or in a mailbox.
 *
 * @module
 */

import type { WaitScreen } from '../flows/screen.js'
import { ACTIONS } from '../wording/screens.js'
import { Delivery, Resend } from './delivery.js'
import { type Action, MoreActions, Panel, ProblemBox } from './parts.js'

export interface WaitElsewhereProps {
  readonly screen: WaitScreen
  readonly leave: Action | undefined
}

export function WaitElsewhere({ screen, leave }: WaitElsewhereProps) {
  const { step, change, useOther } = screen
  const { method, destination } = step.choice

  return (
    <Panel
      icon={method.icon}
      title={method.title}
      lead={
        <Delivery
          id="delivery"
          state={step.delivery.value}
          sends={method.sends.one}
          to={destination}
          recipient={method.to}
          instruction={method.instruction}
          change={change}
          changes={method.contact}
        />
      }
    >
      <ProblemBox problem={step.problem.value} />
      {step.waiting.value && (
        <p class="waiting">
          <span class="spinner" />
          {method.waiting}
        </p>
      )}
      <Resend step={step} label={method.resend} />
      <MoreActions other={{ label: ACTIONS.useOther, go: useOther }} leave={leave} />
    </Panel>
  )
}
