/**
 * The webhooks: which there are, and how one is added or removed.
 *
 * @module
 */
import { useRef } from 'preact/hooks'
import { controlDelete } from '../../control.js'
import { Problem } from '../../parts/problem.js'
import { useTask } from '../../parts/task.js'
import { refreshSoon, webhooks } from '../../state/emulator.js'
import type { Webhook } from '../../types.js'
import { AddWebhook } from './add-webhook.js'

export function Receivers() {
  const task = useTask()
  const dialog = useRef<HTMLDialogElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const remove = async ({ id }: Webhook) => {
    await controlDelete(`webhooks/${encodeURIComponent(id)}`)
    refreshSoon()
    // Its own button is about to disappear.
    addButton.current?.focus()
  }
  return (
    <section class="receivers" aria-label="Webhooks">
      {webhooks.value.length > 0 && (
        <ul class="plain" aria-label="Webhooks that were added">
          {webhooks.value.map(each => (
            <li key={each.id} class="receiver">
              <code>{each.url}</code>
              <span class="muted">{each.events.join(', ')}</span>
              <button type="button" class="copy" onClick={() => task.run(() => remove(each))}>
                Remove <span class="visually-hidden">{each.url}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p>
        <button type="button" class="secondary" ref={addButton} onClick={() => dialog.current?.showModal()}>
          Add webhook…
        </button>
      </p>
      <Problem task={task} />
      <AddWebhook dialog={dialog} />
    </section>
  )
}
