/** @jsxImportSource ../lib */
/**
 * Lists the user's authenticators, to add or remove one.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'
import type { SettingsRow, SettingsScreen } from '../flows/screen.js'
import { nameOf } from '../methods/choices.js'
import { type Message, message } from '../wording/catalogue.js'
import type { Words } from '../wording/words.js'
import { Icon } from './icons.js'
import { Panel } from './parts.js'
import { useWords } from './words.js'

export function Settings({ screen }: { readonly screen: SettingsScreen }) {
  const { rows, status, add, done } = screen
  const { of, text } = useWords()
  return (
    <Panel
      icon="shield"
      title={text('settings.title')}
      lead={text(rows.length > 0 ? 'settings.lead' : 'settings.empty')}
    >
      <p class="done-status" role="status">
        {status.value && of(status.value)}
      </p>
      <ul class="owned">
        {rows.map(row => (
          <Owned row={row} hasOthers={rows.length > 1} />
        ))}
      </ul>
      {add && (
        <button type="button" class="secondary" onClick={add}>
          {text('settings.add')}
        </button>
      )}
      <button type="button" class="primary" onClick={done}>
        {text('settings.done')}
      </button>
    </Panel>
  )
}

function Owned({ row, hasOthers }: { readonly row: SettingsRow; readonly hasOthers: boolean }) {
  const { authenticator, method, remove } = row
  const name = nameOf(authenticator)
  const words = useWords()
  const label = message(`${method.name}.label`)
  return (
    <li class="owned-item">
      <Icon name={method.icon} />
      <div class="method-text">
        <span class="method-label">
          {words.of(label)}{' '}
          {hasOthers && authenticator.isDefault && <span class="tag">{words.text('settings.default')}</span>}
        </span>
        {name && (
          <span class="destination" dir="auto">
            {name}
          </span>
        )}
        <span class="history">{words.of(historyOf(authenticator, words))}</span>
      </div>
      {remove && (
        <button
          type="button"
          class="inline"
          aria-label={
            name
              ? words.text('settings.removeNamed', { method: label, name })
              : words.text('settings.removeMethod', { method: label })
          }
          onClick={remove}
        >
          {words.text('settings.remove')}
        </button>
      )}
    </li>
  )
}

/** When it was added, and when it was used if that was on another day. */
function historyOf(
  { createdAt, verifiedAt = createdAt, lastVerifiedAt = verifiedAt }: Authenticator,
  { date }: Words,
): Message {
  const [added, used] = [new Date(verifiedAt), new Date(lastVerifiedAt)]
  return date(added) === date(used)
    ? message('settings.history', { added })
    : message('settings.historyUsed', { added, used })
}
