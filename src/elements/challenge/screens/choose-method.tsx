/** @jsxImportSource ../lib */
/**
 * Lists methods, to verify with or to add.
 *
 * @module
 */

import type { ChooseScreen } from '../flows/screen.js'
import { CHEVRON, SHIELD } from '../icons/lists.js'
import { IconView } from './icon.js'
import { type Action, Button, MoreActions, Panel } from './parts.js'
import { useWords } from './words.js'

export interface ChooseMethodProps {
  readonly screen: ChooseScreen
  readonly leave: Action | undefined
}

export function ChooseMethod({ screen, leave }: ChooseMethodProps) {
  const { purpose, rows, unavailable = [], add, back } = screen
  const { text } = useWords()
  return (
    <Panel icon={SHIELD} title={text(`choose.${purpose}.title`)} lead={text(`choose.${purpose}.lead`)}>
      <ul data-authsignal="methods">
        {rows.map(({ method, destination, choose }) => (
          <li>
            <Button piece="method" onClick={choose}>
              <IconView icon={method.icon} />
              <span data-authsignal="method-text">
                <span data-authsignal="method-label">{text(`${method.name}.label`)}</span>
                <MethodDetail destination={destination} hint={text(`${method.name}.hint`)} />
              </span>
              <IconView icon={CHEVRON} piece="chevron" />
            </Button>
          </li>
        ))}
        {unavailable.map(method => (
          <li>
            <Button piece="method" aria-disabled={true} onClick={() => {}}>
              <IconView icon={method.icon} />
              <span data-authsignal="method-text">
                <span data-authsignal="method-label">{text(`${method.name}.label`)}</span>
                <span data-authsignal="method-detail">{text('whatsapp.unavailable')}</span>
              </span>
            </Button>
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
  if (!destination) return <span data-authsignal="method-detail">{hint}</span>
  return (
    <span data-authsignal="destination" dir="auto">
      {destination}
    </span>
  )
}
