/** @jsxImportSource ../lib */
/**
 * Shows the secret for an authenticator app, as a QR code and as text.
 *
 * @module
 */

import type { AppScreen } from '../flows/screen.js'
import { ACTIONS, APP } from '../wording/screens.js'
import { CopyButton } from './copy-button.js'
import { type Action, MoreActions, Panel, ProblemBox } from './parts.js'

export interface SetUpAppProps {
  readonly screen: AppScreen
  readonly leave: Action | undefined
}

export function SetUpApp({ screen, leave }: SetUpAppProps) {
  const { step, back } = screen
  const { enrolment, choice } = step
  const secret = step.secret.value

  return (
    <Panel icon={choice.method.icon} title={enrolment.title} lead={enrolment.lead}>
      <ProblemBox problem={step.problem.value} />
      {secret && (
        <>
          <svg
            class="qr-picture"
            viewBox={step.picture.value?.viewBox}
            role="img"
            aria-label={APP.picture}
            shape-rendering="crispEdges"
          >
            <path d={step.picture.value?.path} />
          </svg>
          <div class="secret-heading">
            <span>{APP.key}</span>
            <CopyButton copied={step.copied} text={secret.secret} what={APP.key.toLowerCase()} />
          </div>
          <p class="secret">
            {inFours(secret.secret).map(part => (
              <span>{part} </span>
            ))}
          </p>
          <button type="button" class="primary" onClick={step.onScanned}>
            {ACTIONS.proceed}
          </button>
        </>
      )}
      <MoreActions other={{ label: ACTIONS.back, go: back }} leave={leave} />
    </Panel>
  )
}

const inFours = (text: string): readonly string[] => text.match(/.{1,4}/g) ?? []
