/** @jsxImportSource ../lib */
/**
 * Shows a QR code, and waits until the user has scanned it and responded on the phone.
 *
 * @module
 */

import type { ScanScreen } from '../flows/screen.js'
import { type Action, MoreActions, Panel, ProblemBox } from './parts.js'
import { QrCode } from './qr-code.js'
import { useWords } from './words.js'

export interface ScanCodeProps {
  readonly screen: ScanScreen
  readonly leave: Action | undefined
}

export function ScanCode({ screen, leave }: ScanCodeProps) {
  const { step, useOther } = screen
  const { of, text } = useWords()
  const problem = step.problem.value
  return (
    <Panel icon={step.choice.method.icon} title={text('qrCode.title')} lead={text('qrCode.lead')}>
      <ProblemBox problem={problem} />
      {!problem && (
        <>
          <QrCode picture={step.picture.value} label={text('qrCode.picture')} />
          <p data-authsignal="waiting">
            <span data-authsignal="spinner" />
            <span role="status">{of(step.status.value)}</span>
          </p>
        </>
      )}
      <MoreActions other={{ label: text('useOther'), go: useOther }} leave={leave} />
    </Panel>
  )
}
