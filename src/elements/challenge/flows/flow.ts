/**
 * The flow of one session: load it, take the user through it, report the result.
 *
 * `plan.ts` decides what comes first; `challenge.ts`, `enrolment.ts` and `settings.ts` are the parts.
 *
 * @module
 */

import type { Failure, Result } from 'authsignal-channels'
import type { Extension } from '../extensions/extension.js'
import { choosing, enrolment, settings } from '../extensions/on-demand.js'
import { NOT_LOADED } from '../lib/not-loaded.js'
import { type ReadonlySignal, signal } from '../lib/signal.js'
import { enrolmentChoices, type Offer } from '../methods/choices.js'
import type { Method, Proof } from '../methods/kinds.js'
import { type ChallengeClient, isBearer, type Session } from '../session.js'
import { endOfSession, NOTICES, noticeFor } from '../wording/notices.js'
import { startChallenge } from './challenge.js'
import { plan } from './plan.js'
import type { Exit, Screen, Step } from './screen.js'
import type { Flows, Stage } from './stage.js'

export interface Flow {
  readonly screen: ReadonlySignal<Screen>
  /** Where the user goes when leaving, as far as that is known before the session is loaded. */
  exit(): Exit
  /** Whether the user is verified, so that leaving now is a success. */
  isVerified(): boolean
  /** Whether the user has passed the challenge and manages their methods. */
  isInSettings(): boolean
  start(): Promise<void>
  /** Ends the flow: with a success if the user is verified, otherwise as cancelled. */
  leave(): void
  /** Ends the flow without a result: timers and requests stop, and no handler is called any more. */
  stop(): void
}

export interface FlowInput {
  readonly client: ChallengeClient
  readonly offer: Offer
  readonly flows: Flows
  /** From the backend's track call. Without one, or with a malformed one, the user sees a notice. */
  readonly token: string | undefined
  /** Requires the user to add a method, even if the action needs no challenge. Default `false`. */
  readonly forceEnrollment?: boolean
  /** Where the user goes when leaving; it determines the label of the button. Default `'close'`. */
  exit?(redirectUrl: string | undefined): Exit
  /** The user is verified; the backend validates the token. */
  onSuccess(result: { readonly token: string; readonly redirectUrl: string | undefined }): void
  /** The user left without being verified. */
  onCancel(result: { readonly redirectUrl: string | undefined }): void
  /** An API call failed. The user has seen why, and can try again where that makes sense. */
  onError?(failure: Failure): void
  /** A part of the challenge is loaded, and is about to be shown. */
  onExtension?(extension: Extension): void
}

export function createFlow(input: FlowInput & { readonly isFramed: boolean }): Flow {
  const { client, offer, flows, isFramed } = input
  const screen = signal<Screen>({ name: 'loading' })
  const loaded = new Map<() => Promise<Extension>, Extension>()
  let token = input.token ?? ''
  let redirectUrl: string | undefined
  let verified = false
  let inSettings = false
  let ended = false

  async function start() {
    if (!token) return show({ name: 'notice', notice: NOTICES.incomplete })
    if (!isBearer(token)) return show({ name: 'notice', notice: NOTICES.invalid })
    show({ name: 'loading' })
    client.setToken(token)
    // With several methods, most users see the list of them.
    if (offer.methods.length > 1) choosing().catch(() => {})
    const response = await report(client.session.init())
    if (response.errorCode === undefined) {
      const session = response.data.challengeOptions
      await begin(session, await methodHere(session))
    } else if (!endsSession(response)) show({ name: 'notice', notice: noticeFor(response), tryAgain: start })
  }

  /** The method of the user that this device is ready for. The app's own order needs no such look. */
  async function methodHere({ authenticators }: Session) {
    if (offer.isOrdered) return undefined
    for (const method of offer.methods) {
      const isOwned = authenticators.some(({ verificationMethod }) => verificationMethod === method.id)
      if (isOwned && method.kind === 'ceremony' && (await method.isHere?.(client, token))) return method
    }
    return undefined
  }

  async function begin(session: Session, here: Method | undefined) {
    const offer = { ...input.offer, here }
    redirectUrl = session.redirectUrl
    const stage: Stage = { client, session, offer, flows, isFramed, show, open, isShown, report, endsSession }
    const first = plan(session, offer, input.forceEnrollment)
    switch (first.start) {
      case 'stop':
        return show({ name: 'notice', notice: NOTICES[first.because] })
      case 'finish':
        verified = true
        return finish(stage)
      case 'enrol':
        return enrol(stage)
      case 'challenge':
        return startChallenge(stage, {
          onVerified: proof => {
            accept(proof)
            void (first.thenEnrol ? enrol(stage) : finish(stage))
          },
          onEnrolled: proof => {
            accept(proof)
            void finish(stage)
          },
        })
    }
  }

  function enrol(stage: Stage) {
    return open(enrolment, ({ startEnrolment }) =>
      startEnrolment(stage, {
        choices: enrolmentChoices(stage.session, stage.offer),
        onVerified: proof => {
          accept(proof)
          void finish(stage)
        },
      }),
    )
  }

  function accept(proof: Proof) {
    verified = true
    token = proof.token ?? token
  }

  /** The user is verified. Continues with the settings if the app has requested them. */
  async function finish(stage: Stage) {
    if (!stage.session.redirectToSettings) return leave()
    await open(settings, ({ startSettings }) => {
      inSettings = true
      startSettings(stage, { onVerified: accept, done: leave })
    })
  }

  async function open<Loaded extends Extension>(
    extension: () => Promise<Loaded>,
    start: (loaded: Loaded) => void,
  ): Promise<void> {
    if (loaded.has(extension)) return start(loaded.get(extension) as Loaded)
    show({ name: 'loading' })
    const part = await extension().catch(() => undefined)
    if (ended) return
    if (part) {
      loaded.set(extension, part)
      input.onExtension?.(part)
      return start(part)
    }
    await report(Promise.resolve(NOT_LOADED))
    const tryAgain = () => void open(extension, start)
    show({ name: 'notice', notice: noticeFor(NOT_LOADED), tryAgain })
  }

  function exit() {
    return input.exit?.(redirectUrl) ?? 'close'
  }

  function leave() {
    if (ended) return
    show({ name: 'ended', verified, exit: exit() })
    ended = true
    if (verified) input.onSuccess({ token, redirectUrl })
    else input.onCancel({ redirectUrl })
  }

  function stop() {
    disposeStep()
    ended = true
  }

  function show(next: Screen) {
    if (ended) return
    disposeStep()
    screen.value = next
  }

  function disposeStep() {
    if ('step' in screen.value && 'dispose' in screen.value.step) screen.value.step.dispose()
  }

  function isShown(step: Step) {
    return 'step' in screen.value && screen.value.step === step
  }

  async function report<Response extends Result<unknown>>(promise: Promise<Response>) {
    const response = await promise
    // An aborted call is not a failure: the user has left the screen.
    if (!ended && response.errorCode !== undefined && response.errorCode !== 'aborted')
      input.onError?.(response)
    return response
  }

  function endsSession(failure: Failure) {
    const notice = endOfSession(failure)
    if (notice) show({ name: 'notice', notice })
    return notice !== undefined
  }

  return {
    screen,
    exit,
    isVerified: () => verified,
    isInSettings: () => inSettings,
    start,
    leave,
    stop,
  }
}
