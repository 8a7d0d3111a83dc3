/**
 * Gives an authenticator app its secret, as a picture and as text.
 *
 * @module
 */

import { useRef } from 'preact/hooks'
import { QrPicture } from '../../qr-picture.js'
import type { AppScreen } from '../flows/screen.js'
import { CopyButton } from './copy-button.js'
import { Exits, Panel, ProblemBox, type WayOut } from './parts.js'

export interface SetUpAppProps {
  readonly screen: AppScreen
  readonly wayOut: WayOut | undefined
}

export function SetUpApp({ screen, wayOut }: SetUpAppProps) {
  const { step, back } = screen
  const { enrolment, choice } = step
  const secret = step.secret.value
  const heading = useRef<HTMLHeadingElement>(null)

  return (
    <Panel heading={heading} icon={choice.method.icon} title={enrolment.title} lead={enrolment.lead}>
      <ProblemBox problem={step.problem.value} field={heading} />
      {secret && (
        <>
          <QrPicture text={secret.uri} label="QR code for your authenticator app" />
          <div class="secret-heading">
            <span>Key</span>
            <CopyButton text={secret.secret} what="key" />
          </div>
          <p class="secret">
            {inFours(secret.secret).map((part, index) => (
              <span key={index}>{part} </span>
            ))}
          </p>
          <button type="button" class="primary" onClick={step.onScanned}>
            Continue
          </button>
        </>
      )}
      <Exits other={{ label: 'Back', go: back }} wayOut={wayOut} />
    </Panel>
  )
}

const inFours = (text: string): readonly string[] => text.match(/.{1,4}/g) ?? []
