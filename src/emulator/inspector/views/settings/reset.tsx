/**
 * Deletes everything, after a confirmation.
 *
 * @module
 */
import { useRef } from 'preact/hooks'
import { control } from '../../control.js'
import { Problem } from '../../parts/problem.js'
import { useTask } from '../../parts/task.js'
import { refreshSoon } from '../../state/emulator.js'

export function Reset() {
  const task = useTask()
  const dialog = useRef<HTMLDialogElement>(null)
  const reset = async () => {
    await control('reset', {})
    dialog.current?.close()
    refreshSoon()
  }
  return (
    <section aria-labelledby="reset">
      <h2 id="reset">Start over</h2>
      <p class="hint">
        Deletes all users, actions, challenges, sessions, messages, requests and outcomes, and returns to real
        time. A seed is applied again.
      </p>
      <p>
        <button type="button" class="danger" onClick={() => dialog.current?.showModal()}>
          Reset…
        </button>
      </p>
      <dialog ref={dialog} aria-labelledby="reset-title">
        <h2 id="reset-title">Delete everything?</h2>
        <p>This cannot be undone. Tests that are running will fail.</p>
        <p class="buttons">
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" class="danger" aria-busy={task.busy} onClick={() => task.run(reset)}>
            Delete everything
          </button>
        </p>
        <Problem task={task} />
      </dialog>
    </section>
  )
}
