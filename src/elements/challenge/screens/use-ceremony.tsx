/** @jsxImportSource ../lib */
/**
 * Starts a ceremony with a passkey or security key. Browsers require a click for it.
 *
 * @module
 */

import type { CeremonyScreen } from '../flows/screen.js'
import { ACTIONS, CEREMONY_RUNNING } from '../wording/screens.js'
import { type Action, MoreActions, Panel, ProblemBox, Submit } from './parts.js'

export interface UseCeremonyProps {
  readonly screen: CeremonyScreen
  readonly leave: Action | undefined
}

export function UseCeremony({ screen, leave }: UseCeremonyProps) {
  const { step, useOther } = screen
  const { ceremony, choice } = step
  const problem = step.problem.value

  return (
    <Panel icon={choice.method.icon} title={ceremony.title} lead={ceremony.lead}>
      <ProblemBox problem={problem} />
      <Submit
        label={problem ? ACTIONS.tryAgain : ceremony.button}
        busyLabel={CEREMONY_RUNNING}
        busy={step.running.value}
        onClick={() => void step.start()}
      />
      <MoreActions other={{ label: ACTIONS.useOther, go: useOther }} leave={leave} />
    </Panel>
  )
}
