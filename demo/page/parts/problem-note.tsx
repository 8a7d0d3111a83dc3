/**
 * Shows what went wrong, and offers to wait, to skip the wait, or to start again.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { skip } from '../clock.js'
import type { Problem } from '../problem.js'
import { config } from '../sdk.js'
import { Note } from './note.js'
import { StartAgain } from './start-again.js'
import { useTask } from './task.js'

interface ProblemNoteProps {
  readonly problem: Problem | undefined
  /** Offered when trying again cannot succeed, for example with an expired token. */
  readonly onStartAgain?: (() => void) | undefined
}

/** Caused by the user, not a failure. */
const calm = new Set([
  'popup_closed',
  'NotAllowedError',
  'ERROR_CEREMONY_ABORTED',
  'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED',
])

/** After these, the user has to start again. */
const final = new Set([
  'expired_token',
  'invalid_token',
  'not_found',
  'unauthorized',
  'token_not_set',
  // A login by nOTP has expired, its user exists already, or its user does not exist.
  'E011004',
  'E062107',
  'E062108',
])

export function ProblemNote({ problem, onStartAgain }: ProblemNoteProps) {
  return (
    <div role="alert">
      {problem && (
        <Note key={problem} kind={calm.has(problem.code) ? 'plain' : 'danger'} brief>
          <p>{problem.message}</p>
          {problem.retryAfter !== undefined && <Wait seconds={problem.retryAfter} />}
          <p class="note-foot">
            <code>{problem.code}</code>
            {onStartAgain && final.has(problem.code) && <StartAgain onClick={onStartAgain} />}
          </p>
        </Note>
      )}
    </div>
  )
}

/** Counts down to the next attempt. With the emulator the wait can be skipped. */
export function Wait({ seconds }: { readonly seconds: number }) {
  const left = useSignal(seconds)
  const { run, problem } = useTask()

  useEffect(() => {
    const end = Date.now() + seconds * 1000
    const timer = setInterval(() => {
      left.value = Math.min(left.value, Math.max(0, Math.ceil((end - Date.now()) / 1000)))
      if (left.value === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [seconds])

  const skipWait = () =>
    run(async () => {
      await skip(left.value)
      left.value = 0
    })

  if (left.value === 0) return <p>You can try again now.</p>
  return (
    <p class="wait">
      {/* Only visual: a screen reader would announce it every second. The message has the time to wait, too. */}
      <span aria-hidden="true">{minutes(left.value)} left</span>
      {config.service === 'emulator' && (
        <button type="button" class="link" onClick={skipWait}>
          Skip the wait
        </button>
      )}
      {problem?.message}
    </p>
  )
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
