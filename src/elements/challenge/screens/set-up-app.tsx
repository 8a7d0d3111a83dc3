/** @jsxImportSource ../lib */
/**
 * Shows the secret for an authenticator app, as a QR code and as text.
 *
 * @module
 */

import type { AppScreen } from '../flows/screen.js'
import { CopyButton } from './copy-button.js'
import { type Action, Button, MoreActions, Panel, ProblemBox } from './parts.js'
import { QrCode } from './qr-code.js'
import { useWords } from './words.js'

export interface SetUpAppProps {
  readonly screen: AppScreen
  readonly leave: Action | undefined
}

export function SetUpApp({ screen, leave }: SetUpAppProps) {
  const { step, back } = screen
  const { choice } = step
  const { text } = useWords()
  const secret = step.secret.value

  return (
    <Panel icon={choice.method.icon} title={text('totp.add.title')} lead={text('totp.add.lead')}>
      <ProblemBox problem={step.problem.value} />
      {secret && (
        <>
          <QrCode picture={step.picture.value} label={text('totp.picture')} />
          <div data-authsignal="secret-heading">
            <span>{text('totp.key')}</span>
            <CopyButton copied={step.copied} text={secret.secret} />
          </div>
          <p data-authsignal="secret" dir="ltr">
            {inFours(secret.secret).map(part => (
              <span>{part} </span>
            ))}
          </p>
          <Button piece="submit" onClick={step.onScanned}>
            {text('continue')}
          </Button>
        </>
      )}
      <MoreActions other={{ label: text('back'), go: back }} leave={leave} />
    </Panel>
  )
}

const inFours = (text: string): readonly string[] => text.match(/.{1,4}/g) ?? []
