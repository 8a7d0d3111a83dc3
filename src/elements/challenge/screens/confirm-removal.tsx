/** @jsxImportSource ../lib */
/**
 * Requires confirmation before an authenticator is removed.
 *
 * @module
 */

import type { RemovalScreen } from '../flows/screen.js'
import { TRASH } from '../icons/lists.js'
import { nameOf } from '../methods/choices.js'
import { message } from '../wording/catalogue.js'
import { Button, Panel, ProblemBox, Submit } from './parts.js'
import { Destination, Said, useWords } from './words.js'

export function ConfirmRemoval({ screen }: { readonly screen: RemovalScreen }) {
  const { step, back } = screen
  const { authenticator, method } = step.owned
  const name = nameOf(authenticator)
  const { text } = useWords()
  const key = step.isLast ? 'removal.last' : 'removal.other'
  return (
    <Panel
      icon={TRASH}
      tone="danger"
      title={text(`${method.name}.remove`)}
      lead={
        name ? <Said message={message(`${key}Named`, { name: <Destination text={name} /> })} /> : text(key)
      }
    >
      <ProblemBox problem={step.problem.value} />
      <Submit
        tone="danger"
        label={text('removal.remove')}
        busyLabel={text('removal.removing')}
        busy={step.removing.value}
        onClick={() => void step.remove()}
      />
      <Button piece="secondary" onClick={back}>
        {text('removal.keep')}
      </Button>
    </Panel>
  )
}
