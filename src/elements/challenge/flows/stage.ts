/**
 * What all flows share: the client, the session, and how they change the screen and handle failures.
 *
 * @module
 */

import type { Failure, Result } from 'authsignal-channels'
import type { Proof } from '../methods/kinds.js'
import type { ChallengeClient, Session } from '../session.js'
import type { Screen, Step } from './screen.js'

export interface Stage {
  readonly client: ChallengeClient
  readonly session: Session
  /** Whether the challenge runs inside a frame. */
  readonly isFramed: boolean
  show(screen: Screen): void
  /** Whether this step is still on screen. A response can arrive after the user has moved on. */
  isShown(step: Step): boolean
  /** Reports a failed call to the host page. Resolves with the same response. */
  report<Response extends Result<unknown>>(response: Promise<Response>): Promise<Response>
  /** Shows a notice if the failure means that the token can no longer be used. Returns whether it does. */
  endsSession(failure: Failure): boolean
}

/** The outcomes of proving one method. */
export interface ProofHandlers {
  onVerified(proof: Proof): void
  /** Shows the other methods; absent when there are none. */
  readonly useOther: (() => void) | undefined
}
