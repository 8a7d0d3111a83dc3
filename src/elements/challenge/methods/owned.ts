/**
 * What a user has, and can add or remove. Loaded when a user adds a method, or sees the settings.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'
import type { Session } from '../session.js'
import { type Choice, enrollable, type Offer, ownedOf } from './choices.js'
import type { Method } from './kinds.js'

/** One of the user's authenticators, with its method. */
export interface OwnedAuthenticator {
  readonly authenticator: Authenticator
  readonly method: Method
}

export function mayRemove({ scopes }: Session): boolean {
  return scopes.includes('remove:authenticators')
}

/**
 * The methods that a new user cannot add, because the app has to name the number first. They are shown, so that a user
 * who expects one is not left to search for it.
 */
export function unavailableMethods({ isEnrolled, user }: Session, { methods }: Offer): readonly Method[] {
  if (isEnrolled) return []
  return methods.filter(({ contact, enrolment }) => contact && !enrolment && !user?.[contact])
}

/** The methods that the user can add, including those that a user can have several of. */
export function additionChoices(session: Session, offer: Offer): readonly Choice[] {
  return enrollable(session, offer).filter(
    ({ method }) => method.several || ownedOf(session, method).length === 0,
  )
}

/** The user's authenticators, the default first. Leaves out those of methods that have no screen. */
export function ownedAuthenticators(
  { authenticators }: Session,
  { methods }: Offer,
): readonly OwnedAuthenticator[] {
  const owned = authenticators.flatMap(authenticator => {
    const method = methods.find(({ id }) => id === authenticator.verificationMethod)
    return method ? [{ authenticator, method }] : []
  })
  return owned.toSorted(
    (a, b) => Number(b.authenticator.isDefault ?? 0) - Number(a.authenticator.isDefault ?? 0),
  )
}
