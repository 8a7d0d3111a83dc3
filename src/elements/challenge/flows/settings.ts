/**
 * The settings: list the user's methods, add one, remove one.
 *
 * The session is loaded again after each change, because a new token has new scopes.
 *
 * @module
 */

import { signal } from '../lib/signal.js'
import { type Choice, mayEnrol } from '../methods/choices.js'
import type { Proof } from '../methods/kinds.js'
import { additionChoices, mayRemove, type OwnedAuthenticator, ownedAuthenticators } from '../methods/owned.js'
import type { Session } from '../session.js'
import { createRemovalStep } from '../steps/removal.js'
import { type Message, message } from '../wording/catalogue.js'
import { noticeFor } from '../wording/notices.js'
import { startEnrolment } from './enrolment.js'
import type { Stage } from './stage.js'

export interface SettingsHandlers {
  /** A method was added. The token of this proof is the newest one. */
  onVerified(proof: Proof): void
  done(): void
}

export function startSettings(stage: Stage, { onVerified, done }: SettingsHandlers) {
  const { client, offer, show, isShown, report, endsSession } = stage

  async function load(status?: Message) {
    show({ name: 'loading' })
    const response = await report(client.session.init())
    if (response.errorCode === undefined) list(response.data.challengeOptions, status)
    else if (!endsSession(response))
      show({ name: 'notice', notice: noticeFor(response), tryAgain: () => void load(status) })
  }

  function list(session: Session, status?: Message) {
    const back = () => list(session)
    const owned = ownedAuthenticators(session, offer)
    const rows = owned.map(each => ({
      ...each,
      remove: mayRemove(session) ? () => confirmRemoval(each, owned.length === 1, back) : undefined,
    }))
    const choices = mayEnrol(session) ? additionChoices(session, offer) : []
    const add = choices.length > 0 ? () => addOneOf(choices, session, back) : undefined
    const announced = signal<Message>()
    show({ name: 'settings', rows, status: announced, add, done })
    // Screen readers announce only changes of a region that is on screen already.
    setTimeout(() => {
      announced.value = status
    })
  }

  function addOneOf(choices: readonly Choice[], session: Session, back: () => void) {
    startEnrolment(
      { ...stage, session },
      {
        choices,
        back,
        onVerified: (proof, { method }) => {
          onVerified(proof)
          void load(message('settings.added', { method: message(`${method.name}.label`) }))
        },
      },
    )
  }

  function confirmRemoval(owned: OwnedAuthenticator, isLast: boolean, back: () => void) {
    const step = createRemovalStep({
      owned,
      isLast,
      remove: () => report(client.session.removeAuthenticator(owned.authenticator.userAuthenticatorId)),
      onRemoved: () => {
        if (isShown(step))
          void load(message('settings.removed', { method: message(`${owned.method.name}.label`) }))
      },
      endsStep: endsSession,
    })
    show({ name: 'removal', step, back })
  }

  void load()
}
