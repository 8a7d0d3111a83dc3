/** @jsxImportSource ../lib */
/**
 * Starts a ceremony with a passkey or security key. Browsers require a click for it.
 *
 * @module
 */

import type { CeremonyScreen } from '../flows/screen.js'
import { type Action, MoreActions, Panel, ProblemBox, Submit } from './parts.js'
import { useWords } from './words.js'

export interface UseCeremonyProps {
  readonly screen: CeremonyScreen
  readonly leave: Action | undefined
}

export function UseCeremony({ screen, leave }: UseCeremonyProps) {
  const { step, useOther } = screen
  const { choice, context } = step
  const { text } = useWords()
  const key = `${context.name}.${context.purpose}` as const
  const problem = step.problem.value

  return (
    <Panel icon={choice.method.icon} title={text(`${key}.title`)} lead={text(`${key}.lead`)}>
      <ProblemBox problem={problem} />
      <Submit
        label={text(problem ? 'tryAgain' : `${key}.button`)}
        busyLabel={text('ceremony.running')}
        busy={step.running.value}
        onClick={() => void step.start()}
      />
      <MoreActions other={{ label: text('useOther'), go: useOther }} leave={leave} />
    </Panel>
  )
}
