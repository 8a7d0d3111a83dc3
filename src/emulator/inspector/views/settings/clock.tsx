/**
 * The emulator's clock, with buttons and a form that move it ahead.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { TextField } from '../../parts/field.js'
import { useTask } from '../../parts/task.js'
import { TaskForm } from '../../parts/task-form.js'
import { duration } from '../../parts/time.js'
import { advance, aheadMs, now, returnToRealTime } from '../../state/clock.js'

const STEPS = [
  ['1 minute', 60],
  ['10 minutes', 600],
  ['1 hour', 3600],
  ['1 day', 86_400],
] as const

export function Clock() {
  const task = useTask()
  const minutes = useSignal('')
  const ahead = Math.round(aheadMs.value / 1000)
  return (
    <section aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <p>
        <strong class="clock-time">{new Date(now.value).toLocaleString()}</strong>{' '}
        <span class="muted">{ahead > 0 ? `${duration(ahead)} ahead of real time` : 'real time'}</span>
      </p>
      <p class="hint">Codes, tokens and limits follow this clock. Move it ahead to see them expire.</p>
      <p class="buttons">
        {STEPS.map(([label, seconds]) => (
          <button
            key={label}
            type="button"
            class="secondary"
            aria-busy={task.busy}
            onClick={() => task.run(() => advance(seconds))}
          >
            + {label}
          </button>
        ))}
        <button
          type="button"
          class="secondary"
          disabled={ahead === 0}
          onClick={() => task.run(returnToRealTime)}
        >
          Back to real time
        </button>
      </p>
      <TaskForm task={task} button="Move ahead" onSubmit={() => advance(Number(minutes.value) * 60)}>
        <TextField label="Minutes to move ahead" value={minutes} type="number" min="0" step="any" required />
      </TaskForm>
    </section>
  )
}
