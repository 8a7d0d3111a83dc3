/**
 * Runs a ceremony with a passkey or security key. Browsers require a click for it.
 *
 * @module
 */
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

interface CeremonyProps {
  readonly text: string
  readonly button: string
  readonly perform: () => Promise<void>
  readonly onStartAgain?: () => void
}

export function Ceremony({ text, button, perform, onStartAgain }: CeremonyProps) {
  const task = useTask()
  return (
    <>
      <p>{text}</p>
      <button type="button" class="primary" aria-busy={task.busy} onClick={() => task.run(perform)}>
        {button}
      </button>
      <ProblemNote problem={task.problem} onStartAgain={onStartAgain} />
    </>
  )
}
