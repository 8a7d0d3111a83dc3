/**
 * What can go wrong in a scenario, whoever says so: the SDK, the backend, or the lack of one.
 *
 * Showing it is `parts/problem-note.tsx`.
 *
 * @module
 */
import type { AuthsignalResponse, Failure } from 'authsignal-channels'

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
export function unwrap<T>(response: AuthsignalResponse<T>): T {
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
  return error instanceof Problem ? error : new Problem('unexpected', String(error))
}
