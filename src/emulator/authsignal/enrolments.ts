/**
 * Changes to the authenticators of a user by the calls of the APIs. The rules are in `authenticators.ts`; here each
 * change is reported to webhooks, too.
 */

import type { Clock } from '../lib/clock.js'
import { confirm, confirmContact, isVerified, moveContact, remove, verified } from './authenticators.js'
import type { Events } from './events.js'
import type { AppAuthenticator, Authenticator, ContactAuthenticator, User } from './users.js'

export interface Enrolments {
  /** Records that the user has just verified an authenticator, which is added if it is new. */
  confirm(user: User, authenticator: Authenticator): void
  /** Records that the user has verified the contact of an authenticator that is new, unverified or changed. */
  confirmContact(user: User, authenticator: ContactAuthenticator, contact: string): void
  /** Gives an authenticator app that is enrolled the secret of another one. */
  replaceSecret(user: User, app: AppAuthenticator, totp: AppAuthenticator['totp']): void
  /** Changes the contact of all verified authenticators of one kind to one that the backend has verified. */
  moveContact(user: User, field: 'phoneNumber' | 'email', contact: string): void
  /** Removes an authenticator. If it was the default, the first remaining one becomes the default. */
  remove(user: User, unwanted: Authenticator): void
  /** Reports that all authenticators of a user are deleted, with the user. */
  removeAll(user: User): void
}

export function createEnrolments(clock: Clock, events: Events): Enrolments {
  /** Makes a change, and reports it if the authenticator is another one or has another contact afterwards. */
  function report(authenticator: Authenticator, change: () => void) {
    const before = stateOf(authenticator)
    change()
    const after = stateOf(authenticator)
    if (before === undefined) events.authenticator('created', authenticator, clock.now())
    else if (before !== after) events.authenticator('updated', authenticator, clock.now())
  }

  function reportDeletion(authenticator: Authenticator) {
    if (isVerified(authenticator)) events.authenticator('deleted', authenticator, clock.now())
  }

  return {
    confirm: (user, authenticator) => report(authenticator, () => confirm(user, authenticator, clock.now())),
    confirmContact: (user, authenticator, contact) =>
      report(authenticator, () => confirmContact(user, authenticator, contact, clock.now())),
    replaceSecret: (user, app, totp) =>
      report(app, () => {
        app.totp = totp
        confirm(user, app, clock.now())
      }),
    moveContact(user, field, contact) {
      const before = new Map(verified(user).map(each => [each, stateOf(each)]))
      moveContact(user, field, contact)
      for (const [each, state] of before)
        if (stateOf(each) !== state) events.authenticator('updated', each, clock.now())
    },
    remove(user, unwanted) {
      remove(user, unwanted)
      reportDeletion(unwanted)
    },
    removeAll: user => verified(user).forEach(reportDeletion),
  }
}

/** What a change is noticed by; `undefined` for one that is not enrolled. */
function stateOf(authenticator: Authenticator): string | undefined {
  if (!isVerified(authenticator)) return undefined
  if ('contact' in authenticator) return authenticator.contact
  return 'totp' in authenticator ? authenticator.totp.secret : ''
}
