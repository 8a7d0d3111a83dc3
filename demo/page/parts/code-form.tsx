/**
 * Takes the one-time code: type, paste, or have it filled in from the phone beside the page.
 *
 * @module
 */
import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Channel } from '../channels.js'
import { messages } from '../messages.js'
import { Note } from './note.js'
import { ProblemNote, Wait } from './problem-note.js'
import { useTask } from './task.js'

export interface Rejection {
  readonly isVerified: boolean
  readonly failureReason?: string | undefined
}

interface CodeFormProps {
  readonly channel: Channel
  /** Resolves with the service's verdict on the code. */
  readonly onVerify: (code: string) => Promise<Rejection>
  readonly onResend: () => Promise<void>
  readonly onStartAgain: () => void
}

/** The service counts wrong codes over this long; after it, a right one works again. */
const ATTEMPT_WINDOW = 300

export function CodeForm({ channel, onVerify, onResend, onStartAgain }: CodeFormProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const code = useSignal('')
  const refusal = useSignal<string | undefined>(undefined)
  const resent = useSignal(false)
  const task = useTask()
  const arrived = useComputed(
    () => messages.value.find(message => message.code && message.channel === channel.messageChannel)?.code,
  )

  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.form?.scrollIntoView({ block: 'nearest' })
  }, [])

  const verify = () =>
    task.run(async () => {
      resent.value = false
      refusal.value = undefined
      const { isVerified, failureReason } = await onVerify(code.value)
      if (isVerified) return
      refusal.value = failureReason ?? 'CODE_INVALID_OR_EXPIRED'
      field.current?.select()
    })

  const resend = () =>
    task.run(async () => {
      refusal.value = undefined
      resent.value = false
      await onResend()
      code.value = ''
      resent.value = true
      field.current?.focus({ preventScroll: true })
    })

  const fill = (arrivedCode: string) => {
    code.value = arrivedCode
    field.current?.focus({ preventScroll: true })
  }

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        verify()
      }}
    >
      <div class="field-row">
        <div class="field">
          <label for={id}>Code sent by {channel.by}</label>
          <input
            ref={field}
            id={id}
            class="code-input"
            type="text"
            inputMode="numeric"
            autocomplete="one-time-code"
            required
            value={code.value}
            aria-invalid={refusal.value ? 'true' : undefined}
            aria-describedby={`${id}-status`}
            onInput={event => {
              code.value = event.currentTarget.value
            }}
          />
        </div>
        <button type="submit" class="primary" aria-busy={task.busy}>
          Verify
        </button>
      </div>
      <p class="field-actions">
        {arrived.value && arrived.value !== code.value && (
          <button type="button" class="link" onClick={() => fill(arrived.value ?? '')}>
            Use {arrived.value} from the phone
          </button>
        )}
        <button type="button" class="link" onClick={resend}>
          Send a new code
        </button>
      </p>
      <div id={`${id}-status`} role="status">
        {resent.value && <p class="hint">A new code is on its way. The earlier one no longer works.</p>}
        {refusal.value && <Refused reason={refusal.value} />}
      </div>
      <ProblemNote problem={task.problem} onStartAgain={onStartAgain} />
    </form>
  )
}

function Refused({ reason }: { readonly reason: string }) {
  const exhausted = reason === 'MAX_ATTEMPTS_EXCEEDED'
  return (
    <Note kind="danger" brief>
      <p>
        {exhausted
          ? 'Too many wrong codes. For now not even the right one is accepted.'
          : 'That code is wrong or has expired. Check the latest message, or send a new code.'}
      </p>
      {exhausted && <Wait seconds={ATTEMPT_WINDOW} />}
      <p class="note-foot">
        <code>{reason}</code>
      </p>
    </Note>
  )
}
