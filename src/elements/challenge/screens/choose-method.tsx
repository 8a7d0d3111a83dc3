/** @jsxImportSource ../lib */
/**
 * Lists methods, to verify with or to add.
 *
 * @module
 */

import type { ChooseScreen } from '../flows/screen.js'
import { Icon } from './icons.js'
import { type Action, MoreActions, Panel } from './parts.js'
import { useWords } from './words.js'

export interface ChooseMethodProps {
  readonly screen: ChooseScreen
  readonly leave: Action | undefined
}

export function ChooseMethod({ screen, leave }: ChooseMethodProps) {
  const { purpose, rows, add, back } = screen
  const { text } = useWords()
  return (
    <Panel icon="shield" title={text(`choose.${purpose}.title`)} lead={text(`choose.${purpose}.lead`)}>
      <ul class="methods">
        {rows.map(({ method, destination, choose }) => (
          <li>
            <button type="button" class="method" onClick={choose}>
              <Icon name={method.icon} />
              <span class="method-text">
                <span class="method-label">{text(`${method.name}.label`)}</span>
                <MethodDetail destination={destination} hint={text(`${method.name}.hint`)} />
              </span>
              <Icon name="chevron" />
            </button>
          </li>
        ))}
      </ul>
      <MoreActions
        other={add ? { label: text('choose.setUpAnother'), go: add } : { label: text('back'), go: back }}
        leave={leave}
      />
    </Panel>
  )
}

function MethodDetail({ destination, hint }: { destination: string | undefined; hint: string }) {
  if (!destination) return <span class="method-hint">{hint}</span>
  return (
    <span class="destination" dir="auto">
      {destination}
    </span>
  )
}
