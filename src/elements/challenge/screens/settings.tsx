/** @jsxImportSource ../lib */
/**
 * Lists the user's authenticators, to add or remove one.
 *
 * @module
 */

import type { SettingsRow, SettingsScreen } from '../flows/screen.js'
import { nameOf } from '../methods/choices.js'
import { SETTINGS } from '../wording/screens.js'
import { history } from '../wording/times.js'
import { Icon } from './icons.js'
import { Panel } from './parts.js'

export function Settings({ screen }: { readonly screen: SettingsScreen }) {
  const { rows, status, add, done } = screen
  return (
    <Panel icon="shield" title={SETTINGS.title} lead={rows.length > 0 ? SETTINGS.lead : SETTINGS.empty}>
      <p class="done-status" role="status">
        {status.value}
      </p>
      <ul class="owned">
        {rows.map(row => (
          <Owned row={row} hasOthers={rows.length > 1} />
        ))}
      </ul>
      {add && (
        <button type="button" class="secondary" onClick={add}>
          {SETTINGS.add}
        </button>
      )}
      <button type="button" class="primary" onClick={done}>
        {SETTINGS.done}
      </button>
    </Panel>
  )
}

function Owned({ row, hasOthers }: { readonly row: SettingsRow; readonly hasOthers: boolean }) {
  const { authenticator, method, remove } = row
  const name = nameOf(authenticator)
  return (
    <li class="owned-item">
      <Icon name={method.icon} />
      <div class="method-text">
        <span class="method-label">
          {method.label} {hasOthers && authenticator.isDefault && <span class="tag">{SETTINGS.default}</span>}
        </span>
        {name && <span class="destination">{name}</span>}
        <span class="history">{history(authenticator)}</span>
      </div>
      {remove && (
        <button type="button" class="inline" onClick={remove}>
          {SETTINGS.remove}
          <span class="visually-hidden">
            {' '}
            {method.label} {name}
          </span>
        </button>
      )}
    </li>
  )
}
