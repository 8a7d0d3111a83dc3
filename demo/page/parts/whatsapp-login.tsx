/**
 * Waits until the WhatsApp message of a login has arrived. Shows its QR code, its link and the state.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { NotpSessionResponse, NotpStartResponse } from 'authsignal-channels'
import { useEffect, useRef } from 'preact/hooks'
import { CopyButton } from '../../../src/emulator/inspector/parts/copy-button.js'
import { Problem, unwrap } from '../problem.js'
import { codeOnScreen } from '../qr-codes.js'
import { authsignal, config } from '../sdk.js'
import { discardDraft, openWhatsapp, ownNumber, withoutSpaces } from '../whatsapp.js'
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

export interface StartedLogin extends NotpStartResponse {
  /** The number that has to send the message; empty when any number is accepted. */
  readonly sender: string
}

interface WhatsappLoginProps {
  readonly started: StartedLogin
  readonly onArrived: (session: NotpSessionResponse) => Promise<void>
  readonly onStartAgain: () => void
}

type State = 'waiting' | 'approved' | 'expired' | 'failed'

const words: Readonly<Record<State, string>> = {
  waiting: 'Waiting for the message.',
  approved: 'The message has arrived.',
  expired: 'The code has expired.',
  failed: 'That did not work.',
}

/** The error codes of a login that has expired, from the service and from the SDK's poll. */
const EXPIRED = ['E011004', 'timeout']

function stateAfter({ errorCode }: { readonly errorCode?: string | undefined }): State {
  if (errorCode === undefined) return 'approved'
  return EXPIRED.includes(errorCode) ? 'expired' : 'failed'
}

export function WhatsappLogin({ started, onArrived, onStartAgain }: WhatsappLoginProps) {
  const { pendingRef, redirectUrl, image, sender } = started
  const state = useSignal<State>('waiting')
  const box = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  const link = useRef<HTMLAnchorElement & HTMLButtonElement>(null)
  const { run, problem } = useTask()

  const wait = async (signal: AbortSignal) => {
    const response = await authsignal.notp.waitForSession(pendingRef, { signal })
    if (signal.aborted) return
    // The focused element may be removed.
    if (box.current?.contains(document.activeElement)) status.current?.focus({ preventScroll: true })
    codeOnScreen.value = ''
    state.value = stateAfter(response)
    if (state.value === 'expired') throw new Problem(response.errorCode!, TOO_LATE)
    await onArrived(unwrap(response))
  }

  useEffect(() => {
    const leaving = new AbortController()
    codeOnScreen.value = redirectUrl
    run(() => wait(leaving.signal))
    // The pressed button was removed, so the focus moves to the next element.
    link.current?.focus({ preventScroll: true })
    box.current?.scrollIntoView({ block: 'nearest' })
    return () => {
      leaving.abort()
      codeOnScreen.value = ''
      discardDraft()
    }
  }, [])

  const isOpen = state.value === 'waiting'
  const isEmulated = config.service === 'emulator'
  return (
    <>
      <div class={`qr qr-${state.value}`} ref={box}>
        {/* biome-ignore lint/performance/noImgElement: a data URL, and no Next.js */}
        <img class="qr-picture" src={image} alt="QR code that opens WhatsApp with the message" />
        <div class="qr-beside">
          <p role="status" tabIndex={-1} ref={status}>
            {words[state.value]}
            <br />
            <code>{state.value}</code>
          </p>
          {isOpen && (
            <>
              <p>{instruction(sender)}</p>
              {isEmulated && <NumberOfPhone wanted={sender} onTaken={() => link.current?.focus()} />}
              <p class="whatsapp-link">
                {isEmulated ? (
                  <button
                    ref={link}
                    type="button"
                    class="secondary"
                    onClick={() => openWhatsapp(redirectUrl)}
                  >
                    Open WhatsApp
                  </button>
                ) : (
                  <a ref={link} class="secondary" href={redirectUrl} target="_blank" rel="noreferrer">
                    Open WhatsApp
                  </a>
                )}
                <CopyButton text={redirectUrl} what="the link" />
              </p>
              {isEmulated && (
                <p class="hint">
                  Here the link opens WhatsApp on the demo’s phone. On your page it opens the real one.
                </p>
              )}
              <button type="button" class="link" onClick={onStartAgain}>
                Cancel
              </button>
            </>
          )}
        </div>
      </div>
      <ProblemNote problem={problem} onStartAgain={onStartAgain} />
    </>
  )
}

const TOO_LATE = 'No message has arrived in time. Start again, with a new code.'

const instruction = (sender: string) =>
  `Scan the code with a phone, or open the link on it, and send the message${sender && ` from ${sender}`}.`

interface NumberOfPhoneProps {
  readonly wanted: string
  readonly onTaken: () => void
}

/** The phone of the demo can have any number, also the required one. */
function NumberOfPhone({ wanted, onTaken }: NumberOfPhoneProps) {
  if (!wanted.startsWith('+') || wanted === withoutSpaces(ownNumber.value)) return null
  const take = () => {
    ownNumber.value = wanted
    onTaken()
  }
  return (
    <button type="button" class="link" onClick={take}>
      Give the phone this number
    </button>
  )
}
