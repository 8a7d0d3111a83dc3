/**
 * The form for another webhook, in a dialog.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { control } from '../../control.js'
import { TextField } from '../../parts/field.js'
import { Problem } from '../../parts/problem.js'
import { useTask } from '../../parts/task.js'
import { submits } from '../../parts/task-form.js'
import { refreshSoon } from '../../state/emulator.js'
import type { AsynchronousEvent, Webhook } from '../../types.js'

type WebhookEvent = Webhook['events'][number]

/** Whether the emulator sends an event to a webhook that names none. */
type Defaults = { readonly [Event in WebhookEvent]: Event extends AsynchronousEvent ? true : false }

const EVENTS: Defaults = {
  'authenticator.created': true,
  'authenticator.updated': true,
  'authenticator.deleted': true,
  'action.created': true,
  'action.updated': true,
  'sms.created': false,
  'whatsapp.created': false,
  'email.created': false,
  'push.created': false,
  'action.verify': false,
  'action.log_created': false,
  'challenge.log_created': false,
}

const NAMES = Object.keys(EVENTS) as WebhookEvent[]

const DEFAULTS: ReadonlySet<WebhookEvent> = new Set(NAMES.filter(name => EVENTS[name]))

export function AddWebhook({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  const task = useTask()
  const url = useSignal('')
  const chosen = useSignal(DEFAULTS)

  const choose = (name: WebhookEvent, isChosen: boolean) => {
    const next = new Set(chosen.value)
    if (isChosen) next.add(name)
    else next.delete(name)
    chosen.value = next
  }
  const add = async () => {
    const events = NAMES.filter(name => chosen.value.has(name))
    await control('webhooks', { url: url.value.trim(), events })
    url.value = ''
    chosen.value = DEFAULTS
    dialog.current?.close()
    refreshSoon()
  }

  return (
    <dialog ref={dialog} aria-labelledby="add-webhook-title">
      <h2 id="add-webhook-title">Add a webhook</h2>
      <form class="add-webhook" onSubmit={submits(task, add)}>
        <TextField
          label="URL"
          value={url}
          inputMode="url"
          placeholder="http://localhost:3000/webhooks"
          required
        />
        <fieldset aria-describedby="add-webhook-hint">
          <legend>Events</legend>
          {NAMES.map(name => (
            <label key={name}>
              <input
                type="checkbox"
                checked={chosen.value.has(name)}
                onChange={event => choose(name, event.currentTarget.checked)}
              />{' '}
              {name}
            </label>
          ))}
        </fieldset>
        <p id="add-webhook-hint" class="hint">
          Your backend sends the messages itself when you choose <code>sms.created</code>,{' '}
          <code>whatsapp.created</code>, <code>email.created</code> or <code>push.created</code>: a call waits
          for it, as for <code>action.verify</code>, and fails when it fails.
        </p>
        <Problem task={task} />
        <p class="buttons">
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary" aria-busy={task.busy}>
            Add webhook
          </button>
        </p>
      </form>
    </dialog>
  )
}
