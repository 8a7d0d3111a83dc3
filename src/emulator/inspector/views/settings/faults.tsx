/**
 * Faults on demand: those that were added, and a form for another.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { control, controlDelete } from '../../control.js'
import { TextField } from '../../parts/field.js'
import { useTask } from '../../parts/task.js'
import { TaskForm } from '../../parts/task-form.js'
import { faults, refreshSoon } from '../../state/emulator.js'
import type { Fault } from '../../types.js'

/** The most useful ones. The emulator knows more, which can be typed. */
const NAMES = ['network', 'timeout', 'latency', 'lost-response', 'cut', 'html', '429', '500', '503']

export function Faults() {
  const task = useTask()
  const path = useSignal('/v1/client/*')
  const fault = useSignal('network')
  const times = useSignal('1')
  const add = async () => {
    const isLimited = times.value.trim() !== ''
    const rule = { path: path.value.trim(), fault: fault.value.trim() }
    await control('faults', isLimited ? { ...rule, times: Number(times.value) } : rule)
    refreshSoon()
  }
  const remove = async (each: Fault) => {
    await controlDelete(`faults/${encodeURIComponent(each.id)}`)
    refreshSoon()
  }
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      <p class="hint">Breaks the next requests to a path, so that you see how your app takes it.</p>
      {faults.value.length > 0 && (
        <ul class="plain" aria-label="Faults that were added">
          {faults.value.map(each => (
            <li key={each.id}>
              <code>{each.fault}</code> on <code>{each.path}</code>{' '}
              <span class="muted">
                met {each.hits}
                {each.times !== undefined && ` of ${each.times}`} times
              </span>{' '}
              <button type="button" class="copy" onClick={() => task.run(() => remove(each))}>
                Remove <span class="visually-hidden">{`${each.fault} on ${each.path}`}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <TaskForm task={task} button="Add fault" onSubmit={add}>
        <TextField label="Fault" value={fault} suggestions={NAMES} required />
        <TextField label="Path" value={path} required />
        <TextField label="Times" value={times} type="number" min="1" placeholder="always" />
      </TaskForm>
    </section>
  )
}
