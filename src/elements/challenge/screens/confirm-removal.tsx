/**
 * Asks once more before an authenticator is removed.
 *
 * @module
 */

import type { RemovalScreen } from '../flows/screen.js'
import { nameOf } from '../methods/authenticators.js'
import { Panel, ProblemBox, Submit } from './parts.js'

export function ConfirmRemoval({ screen }: { readonly screen: RemovalScreen }) {
  const { step, back } = screen
  const { authenticator, method } = step.owned
  const name = nameOf(authenticator)
  return (
    <Panel
      icon="trash"
      tone="danger"
      title={`Remove this ${method.noun}?`}
      lead={
        <>
          {name && (
            <>
              <strong class="destination">{name}</strong> is removed from your account.{' '}
            </>
          )}
          {step.isLast
            ? 'It is all you have to confirm it’s you with: next time you will have to set up something new.'
            : 'You can no longer confirm it’s you with it.'}
        </>
      }
    >
      <ProblemBox problem={step.problem.value} />
      <Submit
        tone="danger"
        label="Remove"
        busyLabel="Removing…"
        busy={step.removing.value}
        onClick={() => void step.remove()}
      />
      <button type="button" class="secondary" onClick={back}>
        Keep it
      </button>
    </Panel>
  )
}
