/**
 * The list of methods, to be challenged with one or to add one.
 *
 * @module
 */

import type { ChooseScreen } from '../screen.js'
import { Icon } from './icons.js'
import { Exits, Panel, type WayOut } from './parts.js'

const TEXT = {
  challenge: { title: 'Confirm it’s you', lead: 'Choose how to get your code.' },
  enrol: { title: 'Set up verification', lead: 'Choose how to get codes when you need to confirm it’s you.' },
} as const

export interface ChooseMethodProps {
  readonly screen: ChooseScreen
  readonly wayOut: WayOut | undefined
}

export function ChooseMethod({ screen, wayOut }: ChooseMethodProps) {
  const { purpose, rows, add, back } = screen
  return (
    <Panel icon="shield" {...TEXT[purpose]}>
      <ul class="methods">
        {rows.map(({ method, destination, choose }) => (
          <li key={method.id}>
            <button type="button" class="method" onClick={choose}>
              <Icon name={method.icon} />
              <span class="method-text">
                <span class="method-label">{method.label}</span>
                {destination && <span class="destination">{destination}</span>}
              </span>
              <Icon name="chevron" />
            </button>
          </li>
        ))}
      </ul>
      <Exits
        other={add ? { label: 'Set up another method', go: add } : { label: 'Back', go: back }}
        wayOut={wayOut}
      />
    </Panel>
  )
}
