/**
 * One button that lets the browser ask for a passkey or security key.
 *
 * @module
 */

import type { CeremonyScreen } from '../flows/screen.js'
import { Exits, Panel, ProblemBox, Submit, type WayOut } from './parts.js'

export interface UseCeremonyProps {
  readonly screen: CeremonyScreen
  readonly wayOut: WayOut | undefined
}

export function UseCeremony({ screen, wayOut }: UseCeremonyProps) {
  const { step, useOther } = screen
  const { ceremony, choice } = step
  const problem = step.problem.value

  return (
    <Panel icon={choice.method.icon} title={ceremony.title} lead={ceremony.lead}>
      <ProblemBox problem={problem} />
      <Submit
        label={problem ? 'Try again' : ceremony.button}
        busyLabel="Waiting for your device…"
        busy={step.running.value}
        onClick={() => void step.start()}
      />
      <Exits other={{ label: 'Use another method', go: useOther }} wayOut={wayOut} />
    </Panel>
  )
}
