/**
 * What can go wrong in a scenario: a failure of the SDK or the backend, or no backend at all.
 *
 * Showing it is `parts/problem-note.tsx`.
 *
 * @module
 */
import {
  type Failure,
  type Result,
  type UserMessageTexts,
  userMessage,
  WebAuthnError,
} from 'authsignal-channels'

/** The message is for the user. What developers need is in the log. */
export class Problem extends Error {
  readonly code: string
  /** Seconds to wait before trying again, when the service has sent it. */
  readonly retryAfter: number | undefined

  constructor(code: string, message: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** The data of an SDK response. Throws a failure, so that a scenario reads from top to bottom. */
export function unwrap<T>(response: Result<T>): T {
  if (response.errorCode !== undefined) throw problemOf(response as Failure)
  return response.data as T
}

/** @param texts The scenario's own sentences, by code. */
export function problemOf(
  failure: Pick<Failure, 'errorCode' | 'retryAfter'>,
  texts?: UserMessageTexts,
): Problem {
  return new Problem(failure.errorCode, userMessage(failure, { texts }), failure.retryAfter)
}

/** A mistake in the page itself is shown too; the console has the details. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof WebAuthnError) return problemOfCeremony(error)
  console.error(error)
  return problemOf({ errorCode: 'unexpected' })
}

/** Why a ceremony with a passkey or security key failed, for the user. */
function problemOfCeremony({ code, cause }: WebAuthnError): Problem {
  const passedOn = code === 'ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY' && cause instanceof Error
  const name = passedOn ? cause.name : code
  return new Problem(name, ceremonyProblems[name] ?? userMessage({ errorCode: name }))
}

const ceremonyProblems: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The browser’s prompt was closed, timed out, or found no passkey or key. Nothing has changed, you can try again.',
  ERROR_CEREMONY_ABORTED: 'Another prompt of the browser replaced this one.',
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'This one is enrolled already, and can be used right away.',
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT:
    'A passkey needs a screen lock, fingerprint, face or PIN, which this device does not offer.',
}
