/**
 * What all flows share: the client, the session, and how they change the screen and handle failures.
 *
 * @module
 */

import type { Failure, Result } from 'authsignal-channels'
import type { Extension } from '../extensions/extension.js'
import type { Choice, Offer } from '../methods/choices.js'
import type { CeremonyMethod, CodeMethod, Proof, ScanMethod, Sent, WaitMethod } from '../methods/kinds.js'
import type { ChallengeClient, Session } from '../session.js'
import type { Screen, Step } from './screen.js'

export interface Stage {
  readonly client: ChallengeClient
  readonly session: Session
  readonly offer: Offer
  readonly flows: Flows
  /** Whether the challenge runs inside a frame. */
  readonly isFramed: boolean
  show(screen: Screen): void
  /**
   * Loads a part of the challenge, then calls `start` with it: at once if it is loaded already. When it cannot be
   * loaded, the failure is reported, and the user reads why and can try again.
   */
  open<Loaded extends Extension>(
    extension: () => Promise<Loaded>,
    start: (loaded: Loaded) => void,
  ): Promise<void>
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

export interface SendingInput extends ProofHandlers {
  /** Sends the code, link or request. Default: to the user's own authenticator. */
  readonly send?: () => Promise<Result<Sent>>
  /** Whether it was sent before this screen. */
  readonly isSent?: boolean
  /** The service does not accept the number or address. Only called while the screen is shown. */
  readonly onRefused?: () => void
  /** Leads back to the input of the number or address. */
  readonly change?: () => void
}

export interface CodeInput extends SendingInput {
  readonly back?: () => void
}

/**
 * The ways to prove a method. There are only those of the methods that the app has, so that it bundles no others.
 */
export interface Flows {
  code(stage: Stage, choice: Choice<CodeMethod>, input: CodeInput): void
  wait(stage: Stage, choice: Choice<WaitMethod>, input: SendingInput): void
  ceremony(
    stage: Stage,
    choice: Choice<CeremonyMethod>,
    purpose: 'challenge' | 'enrolment',
    handlers: ProofHandlers,
  ): void
  scan(stage: Stage, choice: Choice<ScanMethod>, handlers: ProofHandlers): void
}
