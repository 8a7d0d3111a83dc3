/**
 * Shows the secret for an authenticator app, as a QR code and as text.
 *
 * @module
 */

import { useRef } from 'preact/hooks'
import { QrPicture } from '../../qr-picture.js'
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
  const heading = useRef<HTMLHeadingElement>(null)

  return (
    <Panel heading={heading} icon={choice.method.icon} title={enrolment.title} lead={enrolment.lead}>
      <ProblemBox problem={step.problem.value} field={heading} />
      {secret && (
        <>
          <QrPicture text={secret.uri} label={APP.picture} />
          <div class="secret-heading">
            <span>{APP.key}</span>
            <CopyButton text={secret.secret} what={APP.key.toLowerCase()} />
          </div>
          <p class="secret">
            {inFours(secret.secret).map((part, index) => (
              <span key={index}>{part} </span>
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
