/**
 * What can go wrong in a scenario, whoever says so: the SDK, the backend, or the lack of one.
 *
 * Showing it is `parts/problem-note.tsx`.
 *
 * @module
 */
import { type Failure, type Result, WebAuthnError } from 'authsignal-channels'

export class Problem extends Error {
  readonly code: string
  /** Seconds to wait before trying again, when that was said. */
  readonly retryAfter: number | undefined

  constructor(code: string, description: string, retryAfter?: number) {
    super(description)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** The data of an SDK answer; a failure is thrown, so that a scenario reads from top to bottom. */
export function unwrap<T>(response: Result<T>): T {
  if (response.errorCode !== undefined) throw problemOf(response as Failure)
  return response.data as T
}

export function problemOf({
  errorCode,
  errorDescription,
  retryAfter,
}: Pick<Failure, 'errorCode' | 'errorDescription' | 'retryAfter'>): Problem {
  return new Problem(errorCode, errorDescription, retryAfter)
}

/** A mistake in the page itself is shown too, rather than lost. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof WebAuthnError) return problemOfCeremony(error)
  return new Problem('unexpected', String(error))
}

/** How a ceremony of passkeys or security keys ended, in words that frighten nobody. */
function problemOfCeremony({ code, message, cause }: WebAuthnError): Problem {
  const passedOn = code === 'ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY' && cause instanceof Error
  const name = passedOn ? cause.name : code
  return new Problem(name, ceremonyEndings[name] ?? message)
}

const ceremonyEndings: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The browser’s question was closed, ran out of time, or had nothing to offer. Nothing has changed; try again whenever you like.',
  ERROR_CEREMONY_ABORTED: 'Another question of the browser took the place of this one.',
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'This one is enrolled already, and can be used right away.',
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT:
    'A passkey needs a screen lock, fingerprint, face or PIN, which this device does not offer.',
}
