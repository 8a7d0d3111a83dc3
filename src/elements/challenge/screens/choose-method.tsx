/** @jsxImportSource ../lib */
/**
 * Lists methods, to verify with or to add.
 *
 * @module
 */

import type { ChooseScreen } from '../flows/screen.js'
import { ACTIONS, CHOOSE, SET_UP_ANOTHER } from '../wording/screens.js'
import { Icon } from './icons.js'
import { type Action, MoreActions, Panel } from './parts.js'

export interface ChooseMethodProps {
  readonly screen: ChooseScreen
  readonly leave: Action | undefined
}

export function ChooseMethod({ screen, leave }: ChooseMethodProps) {
  const { purpose, rows, add, back } = screen
  return (
    <Panel icon="shield" {...CHOOSE[purpose]}>
      <ul class="methods">
        {rows.map(({ method, destination, choose }) => (
          <li>
            <button type="button" class="method" onClick={choose}>
              <Icon name={method.icon} />
              <span class="method-text">
                <span class="method-label">{method.label}</span>
                <MethodDetail destination={destination} hint={method.hint} />
              </span>
              <Icon name="chevron" />
            </button>
          </li>
        ))}
      </ul>
      <MoreActions
        other={add ? { label: SET_UP_ANOTHER, go: add } : { label: ACTIONS.back, go: back }}
        leave={leave}
      />
    </Panel>
  )
}

function MethodDetail({ destination, hint }: { destination: string | undefined; hint: string | undefined }) {
  if (destination) return <span class="destination">{destination}</span>
  return hint ? <span class="method-hint">{hint}</span> : null
}
