/**
 * What track decides for an action: the outcomes that were set, and a form for another.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { control } from '../../control.js'
import { Badge } from '../../parts/badge.js'
import { SelectField, TextField } from '../../parts/field.js'
import { useTask } from '../../parts/task.js'
import { TaskForm } from '../../parts/task-form.js'
import { outcomes, refreshSoon } from '../../state/emulator.js'

const OUTCOMES = ['ALLOW', 'CHALLENGE', 'REVIEW', 'BLOCK']

export function Outcomes() {
  const task = useTask()
  const action = useSignal('')
  const outcome = useSignal('BLOCK')
  const save = async () => {
    await control('outcomes', { action: action.value.trim(), outcome: outcome.value })
    action.value = ''
    refreshSoon()
  }
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">Outcomes</h2>
      <p class="hint">
        What track decides for a new action. Without an outcome of its own, an action is challenged.
      </p>
      {outcomes.value.length > 0 && (
        <ul class="plain" aria-label="Outcomes that were set">
          {outcomes.value.map(each => (
            <li key={each.action}>
              <code>{each.action}</code> <Badge state={each.outcome} />
            </li>
          ))}
        </ul>
      )}
      <TaskForm task={task} button="Set outcome" onSubmit={save}>
        <TextField label="Action" value={action} required />
        <SelectField label="Outcome" value={outcome} options={OUTCOMES} />
      </TaskForm>
    </section>
  )
}
