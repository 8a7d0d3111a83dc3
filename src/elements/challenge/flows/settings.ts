/**
 * The way through the settings: see the user's methods, add one, remove one, until done.
 *
 * What is listed and allowed is asked for anew after each change, for a new token has new scopes.
 *
 * @module
 */

import type { Proof } from '../methods/kinds.js'
import type { ChallengeOptions } from '../session.js'
import { createRemovalStep } from '../steps/removal.js'
import { noticeFor } from '../wording/problems.js'
import { startEnrolment } from './enrolment.js'
import type { Stage } from './flow.js'
import { additionChoices, mayEnrol, mayRemove, type OwnedAuthenticator, ownedAuthenticators } from './plan.js'

export interface SettingsEndings {
  /** A method was added: its token is the one to go back with. */
  onVerified(proof: Proof): void
  done(): void
}

export function startSettings(stage: Stage, { onVerified, done }: SettingsEndings) {
  const { client, show, isShown, told, isOver } = stage

  async function load(status = '') {
    show({ name: 'loading' })
    const response = await told(client.session.init())
    if (response.errorCode === undefined) list(response.data.challengeOptions, status)
    else if (!isOver(response))
      show({ name: 'notice', notice: noticeFor(response), tryAgain: () => void load(status) })
  }

  function list(options: ChallengeOptions, status = '') {
    const back = () => list(options)
    const owned = ownedAuthenticators(options)
    const rows = owned.map(each => ({
      ...each,
      remove: mayRemove(options) ? () => confirmRemoval(each, owned.length === 1, back) : undefined,
    }))
    const choices = mayEnrol(options) ? additionChoices(options) : []
    const add = choices.length > 0 ? () => addOneOf(choices, options, back) : undefined
    show({ name: 'settings', rows, status, add, done })
  }

  function addOneOf(
    choices: ReturnType<typeof additionChoices>,
    options: ChallengeOptions,
    back: () => void,
  ) {
    startEnrolment(
      { ...stage, options },
      {
        choices,
        back,
        onVerified: (proof, { method }) => {
          onVerified(proof)
          void load(`${method.label} added.`)
        },
      },
    )
  }

  function confirmRemoval(owned: OwnedAuthenticator, isLast: boolean, back: () => void) {
    const step = createRemovalStep({
      owned,
      isLast,
      remove: () => told(client.session.removeAuthenticator(owned.authenticator.userAuthenticatorId)),
      onRemoved: () => {
        if (isShown(step)) void load(`${owned.method.label} removed.`)
      },
      isOver,
    })
    show({ name: 'removal', step, back })
  }

  void load()
}
