/**
 * The phone's camera: takes the QR code on the screen of the demo, or the text of any other.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ApprovalRequest } from '../../../src/emulator/inspector/phone/approval-card.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'
import { scan } from '../qr-codes.js'
import { isWhatsappLink, openWhatsapp } from '../whatsapp.js'

interface QrScannerProps {
  /** What the QR code on the screen holds; empty when there is none to scan. */
  readonly onScreen: string
  readonly onScanned: (request: ApprovalRequest) => void
}

export function QrScanner({ onScreen, onScanned }: QrScannerProps) {
  const id = useId()
  const text = useSignal('')
  const task = useTask()

  const take = (content: string) =>
    task.run(async () => {
      if (isWhatsappLink(content)) openWhatsapp(content)
      else onScanned(await scan(content))
      text.value = ''
    })

  return (
    <form
      class="scanner"
      onSubmit={event => {
        event.preventDefault()
        take(text.value.trim())
      }}
    >
      {onScreen && (
        <button type="button" class="primary" aria-busy={task.busy} onClick={() => take(onScreen)}>
          Scan the code on the screen
        </button>
      )}
      <div class="field">
        <label for={id}>{onScreen ? 'Or paste what it holds' : 'Paste what a QR code holds'}</label>
        <div class="scanner-text">
          <input
            id={id}
            type="text"
            autocomplete="off"
            spellcheck={false}
            required
            value={text.value}
            onInput={event => {
              text.value = event.currentTarget.value
            }}
          />
          <button type="submit" class="secondary" aria-busy={task.busy}>
            Scan
          </button>
        </div>
      </div>
      <ProblemNote problem={task.problem} />
    </form>
  )
}
