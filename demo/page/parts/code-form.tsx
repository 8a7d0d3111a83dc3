/**
 * Takes the one-time code: type, paste, or have it filled in from the phone beside the page.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { userMessage } from 'authsignal-channels'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Note } from './note.js'
import { ProblemNote, Wait } from './problem-note.js'
import { useTask } from './task.js'

/** The service's response to a code. */
export type Verdict<Done> =
  | { readonly isVerified: false; readonly failureReason?: string | undefined }
  | { readonly isVerified: true; readonly done: Done }

interface CodeFormProps<Done> {
  readonly label: string
  readonly codeOnPhone: string | undefined
  /** What the user can do after a refused code. */
  readonly whenRefused: string
  readonly verify: (code: string) => Promise<Verdict<Done>>
  readonly onVerified: (done: Done) => void
  /** Absent where no code is sent. */
  readonly onResend?: () => Promise<void>
  readonly onStartAgain: () => void
}

/** The service counts wrong codes over this long; after it, a right one works again. */
const ATTEMPT_WINDOW = 300

export function CodeForm<Done>({
  label,
  codeOnPhone,
  whenRefused,
  verify,
  onVerified,
  onResend,
  onStartAgain,
}: CodeFormProps<Done>) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const code = useSignal('')
  const refusal = useSignal<string | undefined>(undefined)
  const resent = useSignal(false)
  const task = useTask()

  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.form?.scrollIntoView({ block: 'nearest' })
  }, [])

  const submit = () =>
    task.run(async () => {
      resent.value = false
      refusal.value = undefined
      const verdict = await verify(code.value)
      if (verdict.isVerified) return onVerified(verdict.done)
      refusal.value = verdict.failureReason ?? 'CODE_INVALID_OR_EXPIRED'
      field.current?.select()
    })

  const resend = (send: () => Promise<void>) =>
    task.run(async () => {
      refusal.value = undefined
      resent.value = false
      await send()
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
        submit()
      }}
    >
      <div class="field-row">
        <authsignal-code class="field">
          <label for={id}>{label}</label>
          <input
            ref={field}
            id={id}
            class="code-input"
            required
            value={code.value}
            aria-invalid={refusal.value ? 'true' : undefined}
            aria-describedby={`${id}-status`}
            onInput={event => {
              code.value = event.currentTarget.value
            }}
          />
        </authsignal-code>
        <button type="submit" class="primary" aria-busy={task.busy}>
          Verify
        </button>
      </div>
      <p class="field-actions">
        {codeOnPhone && codeOnPhone !== code.value && (
          <button type="button" class="link" onClick={() => fill(codeOnPhone)}>
            Use {codeOnPhone} from the phone
          </button>
        )}
        {onResend && (
          <button type="button" class="link" onClick={() => resend(onResend)}>
            Send a new code
          </button>
        )}
      </p>
      <div id={`${id}-status`} role="status">
        {resent.value && <p class="hint">A new code is on its way. The earlier one no longer works.</p>}
        {refusal.value && <Refused reason={refusal.value} advice={whenRefused} />}
      </div>
      <ProblemNote problem={task.problem} onStartAgain={onStartAgain} />
    </form>
  )
}

function Refused({ reason, advice }: { readonly reason: string; readonly advice: string }) {
  const exhausted = reason === 'MAX_ATTEMPTS_EXCEEDED'
  return (
    <Note kind="danger" brief>
      <p>
        {userMessage(
          { failureReason: reason, retryAfter: ATTEMPT_WINDOW },
          { texts: { CODE_INVALID_OR_EXPIRED: `That code is wrong or has expired. ${advice}` } },
        )}
      </p>
      {exhausted && <Wait seconds={ATTEMPT_WINDOW} />}
      <p class="note-foot">
        <code>{reason}</code>
      </p>
    </Note>
  )
}
