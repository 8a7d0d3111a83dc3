/**
 * The result of a login by nOTP: a Descope session, which the backend validates and the page uses.
 *
 * @module
 */
import { signal, useSignal } from '@preact/signals'
import type { NotpSessionResponse } from 'authsignal-channels'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { post } from '../backend.js'
import { Problem } from '../problem.js'
import { Note } from './note.js'
import { Facts, Outcome } from './outcome.js'
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

/** The session of the signed-in user, lost with the page. An app would store the refresh token securely. */
export const notpSession = signal<NotpSessionResponse | undefined>(undefined)

export interface ValidatedSession {
  readonly session: NotpSessionResponse
  /** The claims of the session token, after the backend has validated it. */
  readonly claims: Claims
  /** The user's earlier number. */
  readonly oldPhone?: string | undefined
}

interface Claims {
  readonly sub?: string
  readonly amr?: readonly string[]
  readonly su?: boolean
  readonly exp?: number
}

/** The browser cannot be trusted: the session token goes to the backend, which verifies its signature. */
export async function validateSession(newSession: NotpSessionResponse): Promise<ValidatedSession> {
  const { sessionJwt, refreshJwt, user } = newSession
  if (!sessionJwt) {
    throw new Problem(
      'session_in_cookie',
      'This project delivers sessions as cookies, which this page cannot read.',
    )
  }
  const { claims } = await post<{ claims: Claims }>('notp/session', { sessionJwt })
  const before = notpSession.value?.user.userId === user.userId ? notpSession.value : undefined
  notpSession.value = { ...newSession, refreshJwt: refreshJwt || (before?.refreshJwt ?? '') }
  return { session: newSession, claims, oldPhone: before?.user.phone }
}

interface NeedsSessionProps {
  readonly onSignIn: () => void
  readonly children: ComponentChildren
}

/** The note of scenarios that need a session, with a link to the sign-in. */
export function NeedsSession({ onSignIn, children }: NeedsSessionProps) {
  const signIn = useRef<HTMLButtonElement>(null)
  const hasSignedOut = useSignal(false)
  const task = useTask()

  useEffect(() => {
    if (hasSignedOut.value) signIn.current?.focus()
  }, [hasSignedOut.value])

  if (!notpSession.value) {
    return (
      <Note>
        <p>This needs the session of a user who has signed in by nOTP. No user is signed in.</p>
        <button ref={signIn} type="button" class="primary" onClick={onSignIn}>
          Sign in first
        </button>
      </Note>
    )
  }

  const { user, refreshJwt } = notpSession.value
  const signOut = () =>
    task.run(async () => {
      await post('notp/sign-out', { refreshJwt })
      notpSession.value = undefined
      hasSignedOut.value = true
    })
  return (
    <>
      <p class="enrolled signed-in">
        <span>
          Signed in as <strong>{user.name || user.phone}</strong>
          {user.name && `, ${user.phone}`}
        </span>
        <button type="button" class="link" aria-busy={task.busy} onClick={signOut}>
          Sign out
        </button>
      </p>
      <ProblemNote problem={task.problem} />
      {children}
    </>
  )
}

export function showSession(
  title: string,
  { session: { user, firstSeen }, claims, oldPhone }: ValidatedSession,
  good = true,
) {
  const { userId, name, phone = '', verifiedPhone, loginIds } = user
  const { sub, amr, su = false, exp } = claims
  return (
    <Outcome
      title={good ? `${title} ${phone}` : 'Not confirmed: the action must not go ahead'}
      good={good}
      facts={{
        userId,
        name: name || undefined,
        phone: oldPhone && oldPhone !== phone ? `${oldPhone} → ${phone}` : phone,
        verifiedPhone: String(verifiedPhone),
        loginIds: loginIds.join(', '),
        firstSeen: String(firstSeen),
      }}
    >
      <div class="token">
        <h4>In the session token, which the backend has validated</h4>
        <Facts
          facts={{
            sub,
            amr: amr?.join(', '),
            su: String(su),
            exp: exp === undefined ? undefined : new Date(exp * 1000).toLocaleTimeString(),
          }}
        />
      </div>
    </Outcome>
  )
}
