/**
 * The step that shows a QR code and follows what becomes of it. `screens/scan-code.tsx` draws it.
 *
 * @module
 */

import type { Failure, QrCodeChallengeResponse, QrCodeInput, Result } from 'authsignal-channels'
import type { QrPicture } from '../../qr-picture.js'
import { NOT_LOADED } from '../lib/not-loaded.js'
import { type ReadonlySignal, signal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { Proof, ScanMethod } from '../methods/kinds.js'
import { type Message, message } from '../wording/catalogue.js'
import { explain, type Problem } from '../wording/problems.js'
import type { StepInput } from './step.js'

export interface ScanStep {
  readonly choice: Choice<ScanMethod>
  /** The code, once it is drawn. */
  readonly picture: ReadonlySignal<QrPicture | undefined>
  /** What the user can do now. Announced when it changes. */
  readonly status: ReadonlySignal<Message>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Shows a code. */
  start(): Promise<void>
  dispose(): void
}

export interface ScanStepInput extends StepInput, Pick<ScanStep, 'choice'> {
  challenge(
    input: Pick<QrCodeInput, 'signal' | 'onRefresh' | 'onStateChange' | 'onError'>,
  ): Promise<Result<QrCodeChallengeResponse>>
  /** Reports a failure to the host page. */
  report(failure: Promise<Failure>): Promise<Failure>
  onVerified(proof: Proof): void
  onRejected(): void
}

export function createScanStep(input: ScanStepInput): ScanStep {
  const picture = signal<QrPicture>()
  const status = signal<Message>(message('qrCode.waiting'))
  const problem = signal<Problem>()
  let current = new AbortController()

  async function start() {
    current.abort()
    current = new AbortController()
    const { signal } = current
    problem.value = undefined
    picture.value = undefined
    status.value = message('qrCode.waiting')
    const response = await input.challenge({
      signal,
      onRefresh(challengeId) {
        status.value = message('qrCode.renewed')
        void draw(challengeId, signal)
      },
      onStateChange(state, token) {
        if (state === 'claimed') status.value = message('qrCode.scanned')
        else if (state === 'approved') input.onVerified(token === undefined ? {} : { token })
        else if (state === 'rejected') input.onRejected()
      },
      onError: failure => void input.report(Promise.resolve(failure)).then(fail),
    })
    if (signal.aborted) return
    if (response.errorCode === undefined) await draw(response.data.challengeId, signal)
    else fail(response)
  }

  async function draw(challengeId: string, signal: AbortSignal) {
    const drawing = await import('../../qr-picture.js').catch(() => undefined)
    if (signal.aborted) return
    if (drawing) picture.value = drawing.qrPicture(challengeId)
    else fail(await input.report(Promise.resolve(NOT_LOADED)))
  }

  function fail(failure: Failure) {
    current.abort()
    if (!input.endsStep(failure)) problem.value = { text: explain(failure), tryAgain: start }
  }

  return { choice: input.choice, picture, status, problem, start, dispose: () => current.abort() }
}
