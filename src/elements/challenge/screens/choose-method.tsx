/**
 * The list of methods, to be challenged with one or to add one.
 *
 * @module
 */

import type { ChooseScreen } from '../flows/screen.js'
import { Icon } from './icons.js'
import { Exits, Panel, type WayOut } from './parts.js'

const TEXT = {
  challenge: { title: 'Confirm it’s you', lead: 'Choose one of your methods.' },
  enrol: { title: 'Set up verification', lead: 'Choose how you will confirm it’s you from now on.' },
  add: { title: 'Add a method', lead: 'Choose what else to confirm it’s you with.' },
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
                <MethodDetail destination={destination} hint={method.hint} />
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

function MethodDetail({ destination, hint }: { destination: string | undefined; hint: string | undefined }) {
  if (destination) return <span class="destination">{destination}</span>
  return hint ? <span class="method-hint">{hint}</span> : null
}
