/**
 * The tools below the phone: open it in another window, or let its messages expire.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { skip } from '../clock.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'

const TEN_MINUTES = 600

export function PhoneTools() {
  const task = useTask()
  const skipped = useSignal(0)
  const skipAhead = async () => {
    await skip(TEN_MINUTES)
    skipped.value += 10
  }
  return (
    <div class="phone-tools">
      {location.pathname !== '/phone' && <OwnWindow />}
      <button type="button" class="link" onClick={() => task.run(skipAhead)}>
        Skip 10 minutes
      </button>
      <p role="status">
        {skipped.value > 0 && `Skipped ${skipped.value} minutes: earlier codes and tokens have expired.`}
      </p>
      <ProblemNote problem={task.problem} />
    </div>
  )
}

export function OwnWindow() {
  const open = (event: MouseEvent) => {
    // A link, so that it opens as a tab where the browser does not open a window.
    if (window.open('/phone', 'demo-phone', 'width=400,height=720')) event.preventDefault()
  }
  return (
    <a href="/phone" target="demo-phone" onClick={open}>
      Phone in its own window
    </a>
  )
}
