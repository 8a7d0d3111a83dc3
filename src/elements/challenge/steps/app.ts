/**
 * The step that gives the user's authenticator app its secret. `screens/set-up-app.tsx` draws it.
 *
 * @module
 */

import type { EnrollTotpResponse, Result } from 'authsignal-channels'
import type { QrPicture } from '../../qr-picture.js'
import { type ReadonlySignal, type Signal, signal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { CodeMethod } from '../methods/kinds.js'
import type { Message } from '../wording/catalogue.js'
import { explain, type Problem } from '../wording/problems.js'
import type { StepInput } from './step.js'

export interface AppStep {
  readonly choice: Choice<CodeMethod>
  /** For the picture, and for entering by hand. */
  readonly secret: ReadonlySignal<AppSecret | undefined>
  /** The QR code, once it is drawn. */
  readonly picture: ReadonlySignal<QrPicture | undefined>
  readonly problem: ReadonlySignal<Problem | undefined>
  /** Whether the secret was copied. */
  readonly copied: Signal<Message | undefined>
  load(): Promise<void>
  /** The user has added the secret to the app. */
  onScanned(): void
}

export type AppSecret = Pick<EnrollTotpResponse, 'uri' | 'secret'>

export interface AppStepInput extends StepInput, Pick<AppStep, 'choice' | 'onScanned'> {
  enroll(): Promise<Result<EnrollTotpResponse>>
}

export function createAppStep({ choice, onScanned, enroll, endsStep }: AppStepInput): AppStep {
  const secret = signal<AppSecret>()
  const picture = signal<QrPicture>()
  const problem = signal<Problem>()
  const copied = signal<Message>()

  async function load() {
    problem.value = undefined
    const response = await enroll()
    if (response.errorCode === undefined) {
      secret.value = response.data
      // Loaded when it is needed: few users see it. Without it, the key can be entered by hand.
      const drawing = await import('../../qr-picture.js').catch(() => undefined)
      picture.value = drawing?.qrPicture(response.data.uri)
    } else if (!endsStep(response)) problem.value = { text: explain(response), tryAgain: load }
  }

  return { choice, secret, picture, problem, copied, load, onScanned }
}
