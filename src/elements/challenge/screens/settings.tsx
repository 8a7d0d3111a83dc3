/**
 * The user's methods: what there is, adding one, removing one.
 *
 * @module
 */

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SettingsRow, SettingsScreen } from '../flows/screen.js'
import { history, nameOf } from '../methods/authenticators.js'
import { Icon } from './icons.js'
import { Panel } from './parts.js'

export function Settings({ screen }: { readonly screen: SettingsScreen }) {
  const { rows, status, add, done } = screen
  const said = useSignal('')

  // Only what changes in a region that is there already is read out.
  useEffect(() => {
    said.value = status
  }, [said, status])

  return (
    <Panel
      icon="shield"
      title="Your methods"
      lead={
        rows.length > 0 ? 'What you can confirm it’s you with.' : 'There is nothing to confirm it’s you with.'
      }
    >
      <p class="done-status" role="status">
        {said.value}
      </p>
      <ul class="owned">
        {rows.map(row => (
          <Owned key={row.authenticator.userAuthenticatorId} row={row} hasOthers={rows.length > 1} />
        ))}
      </ul>
      {add && (
        <button type="button" class="secondary" onClick={add}>
          Add a method
        </button>
      )}
      <button type="button" class="primary" onClick={done}>
        Done
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
          {method.label} {hasOthers && authenticator.isDefault && <span class="tag">Default</span>}
        </span>
        {name && <span class="destination">{name}</span>}
        <span class="history">{history(authenticator)}</span>
      </div>
      {remove && (
        <button type="button" class="inline" onClick={remove}>
          Remove
          <span class="visually-hidden">
            {' '}
            {method.label} {name}
          </span>
        </button>
      )}
    </li>
  )
}
