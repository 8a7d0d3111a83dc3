/** @jsxImportSource ../lib */
/**
 * Waits for what the user does elsewhere: on another device, or in a mailbox.
 *
 * @module
 */

import type { WaitScreen } from '../flows/screen.js'
import { Delivery, Resend } from './delivery.js'
import { type Action, MoreActions, Panel, ProblemBox } from './parts.js'
import { useWords } from './words.js'

export interface WaitElsewhereProps {
  readonly screen: WaitScreen
  readonly leave: Action | undefined
}

export function WaitElsewhere({ screen, leave }: WaitElsewhereProps) {
  const { step, change, useOther } = screen
  const { method, destination } = step.choice
  const { text } = useWords()

  return (
    <Panel
      icon={method.icon}
      title={text(`${method.name}.title`)}
      lead={
        <Delivery
          id="delivery"
          state={step.delivery.value}
          sends={method.name}
          method={method.name}
          to={destination}
          change={change}
          changes={method.contact}
        />
      }
    >
      <ProblemBox problem={step.problem.value} />
      {step.waiting.value && (
        <p data-authsignal="waiting">
          <span data-authsignal="spinner" />
          {text(`${method.name}.waiting`)}
        </p>
      )}
      <Resend step={step} sends={method.name} />
      <MoreActions other={{ label: text('useOther'), go: useOther }} leave={leave} />
    </Panel>
  )
}
