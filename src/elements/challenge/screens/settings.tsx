/** @jsxImportSource ../lib */
/**
 * Lists the user's authenticators, to add or remove one.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'
import type { SettingsRow, SettingsScreen } from '../flows/screen.js'
import { SHIELD } from '../icons/lists.js'
import { nameOf } from '../methods/choices.js'
import { type Message, message } from '../wording/catalogue.js'
import type { Words } from '../wording/words.js'
import { IconView } from './icon.js'
import { Button, Panel } from './parts.js'
import { useWords } from './words.js'

export function Settings({ screen }: { readonly screen: SettingsScreen }) {
  const { rows, status, add, done } = screen
  const { of, text } = useWords()
  return (
    <Panel
      icon={SHIELD}
      title={text('settings.title')}
      lead={text(rows.length > 0 ? 'settings.lead' : 'settings.empty')}
    >
      <p data-authsignal="status" role="status">
        {status.value && of(status.value)}
      </p>
      <ul data-authsignal="authenticators">
        {rows.map(row => (
          <Owned row={row} hasOthers={rows.length > 1} />
        ))}
      </ul>
      {add && (
        <Button piece="secondary" onClick={add}>
          {text('settings.add')}
        </Button>
      )}
      <Button piece="submit" onClick={done}>
        {text('settings.done')}
      </Button>
    </Panel>
  )
}

function Owned({ row, hasOthers }: { readonly row: SettingsRow; readonly hasOthers: boolean }) {
  const { authenticator, method, remove } = row
  const name = nameOf(authenticator)
  const words = useWords()
  const label = message(`${method.name}.label`)
  return (
    <li data-authsignal="authenticator">
      <IconView icon={method.icon} />
      <div data-authsignal="method-text">
        <span data-authsignal="method-label">
          {words.of(label)}{' '}
          {hasOthers && authenticator.isDefault && (
            <span data-authsignal="tag">{words.text('settings.default')}</span>
          )}
        </span>
        {name && (
          <span data-authsignal="destination" dir="auto">
            {name}
          </span>
        )}
        <span data-authsignal="history">{words.of(historyOf(authenticator, words))}</span>
      </div>
      {remove && (
        <Button
          piece="link"
          tone="danger"
          aria-label={
            name
              ? words.text('settings.removeNamed', { method: label, name })
              : words.text('settings.removeMethod', { method: label })
          }
          onClick={remove}
        >
          {words.text('settings.remove')}
        </Button>
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
