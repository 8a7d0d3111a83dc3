/**
 * The life of the page: loading the session, taking the user through it, and going back to the app.
 *
 * What comes first is decided in `plan.ts`; the way through is `challenge-flow.ts`,
 * `enrolment-flow.ts` and `settings-flow.ts`.
 *
 * @module
 */

import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { Result, Failure } from 'authsignal-channels'
import type { Opener } from '../../../emulator/hosted-ui/opener.js'
import { isBearer, type PageAddress, returnAddress } from '../../../emulator/hosted-ui/page-address.js'
import type { Proof } from '../methods/kinds.js'
import type { ChallengeOptions, HostedClient } from '../session.js'
import { endOfSession, NOTICES, noticeFor } from '../wording/problems.js'
import { startChallenge } from './challenge.js'
import { startEnrolment } from './enrolment.js'
import { enrolmentChoices, plan } from './plan.js'
import type { Screen, Step } from './screen.js'
import { startSettings } from './settings.js'

export interface Flow {
  readonly screen: ReadonlySignal<Screen>
  /** Whether there is an app to go back to; as far as is known while the session loads. */
  canLeave(): boolean
  /** Whether leaving now takes a verified answer along. */
  isVerified(): boolean
  /** Whether the user is past the challenge and looks after their methods, until they are done. */
  isInSettings(): boolean
  start(): Promise<void>
  leave(): void
}

export interface FlowInput {
  readonly address: PageAddress
  readonly opener: Opener | undefined
  /** Whether the page is shown within the app's page. */
  readonly isFramed: boolean
  openSession(token: string): HostedClient
  navigate(address: string): void
}

/** What the ways through a session are given. */
export interface Stage {
  readonly client: HostedClient
  readonly options: ChallengeOptions
  readonly isFramed: boolean
  show(screen: Screen): void
  /** Whether the user is still there: an answer can come when they have gone elsewhere. */
  isShown(step: Step): boolean
  /** Lets the opener know when the call fails, and passes the answer on. */
  told<Answer extends Result<unknown>>(answer: Promise<Answer>): Promise<Answer>
  /** Ends the session on screen when that is what the failure means, and answers whether it does. */
  isOver(failure: Failure): boolean
}

export function createFlow({ address, opener, isFramed, openSession, navigate }: FlowInput): Flow {
  const screen = signal<Screen>({ name: 'loading' })
  let token = address.token ?? ''
  let redirectUrl: string | undefined
  let verified = false
  let inSettings = false
  let ended = false

  async function start() {
    if (!address.token) return show({ name: 'notice', notice: NOTICES.incomplete })
    if (!isBearer(address.token)) return show({ name: 'notice', notice: NOTICES.invalid })
    show({ name: 'loading' })
    const client = openSession(address.token)
    const response = await told(client.session.init())
    if (response.errorCode === undefined) begin(client, response.data.challengeOptions)
    else if (!isOver(response)) show({ name: 'notice', notice: noticeFor(response), tryAgain: start })
  }

  function begin(client: HostedClient, options: ChallengeOptions) {
    redirectUrl = options.redirectUrl
    const stage: Stage = { client, options, isFramed, show, isShown, told, isOver }
    const first = plan(options, address.forceEnrollment)
    switch (first.start) {
      case 'stop':
        return show({ name: 'notice', notice: NOTICES[first.because] })
      case 'finish':
        verified = true
        return conclude(stage)
      case 'enrol':
        return enrol(stage)
      case 'challenge':
        return startChallenge(stage, {
          onVerified: proof => {
            accept(proof)
            if (first.thenEnrol) enrol(stage)
            else conclude(stage)
          },
          onEnrolled: proof => {
            accept(proof)
            conclude(stage)
          },
        })
    }
  }

  function enrol(stage: Stage) {
    startEnrolment(stage, {
      choices: enrolmentChoices(stage.options),
      onVerified: proof => {
        accept(proof)
        conclude(stage)
      },
    })
  }

  function accept(proof: Proof) {
    verified = true
    token = proof.token ?? token
  }

  /** The user has proven who they are: what remains is the settings, where the app asks for them. */
  function conclude(stage: Stage) {
    if (!stage.options.redirectToSettings) return leave()
    inSettings = true
    startSettings(stage, { onVerified: accept, done: leave })
  }

  function leave() {
    if (ended) return
    const back = backToApp()
    show({ name: 'ended', verified, next: opener ? 'opener-closes' : back ? 'return-to-app' : 'nothing' })
    ended = true
    if (opener) opener.close(verified ? token : undefined)
    else if (back) navigate(back)
  }

  function backToApp() {
    return address.mode === 'redirect' ? returnAddress(redirectUrl, token) : undefined
  }

  function show(next: Screen) {
    if (ended) return
    if ('step' in screen.value && 'dispose' in screen.value.step) screen.value.step.dispose()
    screen.value = next
  }

  function isShown(step: Step) {
    return 'step' in screen.value && screen.value.step === step
  }

  async function told<Answer extends Result<unknown>>(answer: Promise<Answer>) {
    const response = await answer
    // Nobody waits any more for what was aborted.
    if (response.errorCode !== undefined && response.errorCode !== 'aborted') opener?.apiError(response)
    return response
  }

  function isOver(failure: Failure) {
    const notice = endOfSession(failure)
    if (notice) show({ name: 'notice', notice })
    return notice !== undefined
  }

  return {
    screen,
    canLeave: () => opener !== undefined || backToApp() !== undefined,
    isVerified: () => verified,
    isInSettings: () => inSettings,
    start,
    leave,
  }
}
