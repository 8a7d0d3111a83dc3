/** @jsxImportSource ../lib */
/**
 * Requires confirmation before an authenticator is removed.
 *
 * @module
 */

import type { RemovalScreen } from '../flows/screen.js'
import { nameOf } from '../methods/choices.js'
import { REMOVAL } from '../wording/screens.js'
import { Panel, ProblemBox, Submit } from './parts.js'

export function ConfirmRemoval({ screen }: { readonly screen: RemovalScreen }) {
  const { step, back } = screen
  const { authenticator, method } = step.owned
  const name = nameOf(authenticator)
  return (
    <Panel
      icon="trash"
      tone="danger"
      title={REMOVAL.title(method.noun)}
      lead={
        <>
          {name && (
            <>
              <strong class="destination">{name}</strong> {REMOVAL.named}{' '}
            </>
          )}
          {step.isLast ? REMOVAL.last : REMOVAL.other}
        </>
      }
    >
      <ProblemBox problem={step.problem.value} />
      <Submit
        tone="danger"
        label={REMOVAL.remove}
        busyLabel={REMOVAL.removing}
        busy={step.removing.value}
        onClick={() => void step.remove()}
      />
      <button type="button" class="secondary" onClick={back}>
        {REMOVAL.keep}
      </button>
    </Panel>
  )
}
