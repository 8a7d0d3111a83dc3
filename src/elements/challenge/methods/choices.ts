/**
 * Which methods a session offers: to be challenged with, to add, to remove.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'
import type { Session } from '../session.js'
import type { Method } from './kinds.js'

/**
 * A method, and the authenticator it uses: the number or address for messages (masked if it is enrolled, in full if
 * the app named it), or the name of the passkey or phone.
 */
export interface Choice<Kind extends Method = Method> {
  readonly method: Kind
  readonly destination: string | undefined
}

/** What the app offers: the methods that it has, and their order. */
export interface Offer {
  readonly methods: readonly Method[]
  /** Whether the app has chosen the order. Otherwise it depends on the user. */
  readonly isOrdered: boolean
  /** The method that this device is ready for: a passkey. */
  readonly here?: Method | undefined
}

/** One of the user's authenticators, with its method. */
export interface OwnedAuthenticator {
  readonly authenticator: Authenticator
  readonly method: Method
}

/** The first method needs no scope; a further one needs the scope that a verified challenge gives. */
export function mayEnrol({ isEnrolled, scopes }: Session): boolean {
  return !isEnrolled || scopes.includes('add:authenticators')
}

export function mayRemove({ scopes }: Session): boolean {
  return scopes.includes('remove:authenticators')
}

/**
 * The enrolled methods. Unless the app has chosen the order: the one that this device is
 * ready for comes first, then the one used last, then the default.
 */
export function challengeChoices(session: Session, offer: Offer): readonly Choice[] {
  return allowed(session, offer).flatMap(method => {
    const owned = ownedOf(session, method)
    return owned.length > 0 ? [{ method, destination: destinationOf(method, owned) }] : []
  })
}

/** The methods that the user can add and has none of. */
export function enrolmentChoices(session: Session, offer: Offer): readonly Choice[] {
  return enrollable(session, offer).filter(({ method }) => ownedOf(session, method).length === 0)
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

/** What identifies an authenticator: a masked number or address, or the name of a passkey or phone. */
export function nameOf(authenticator: Authenticator): string | undefined {
  const { phoneNumber, email, webauthnCredential, displayName } = authenticator
  return phoneNumber ?? email ?? webauthnCredential?.name ?? displayName
}

function allowed(session: Session, { methods, isOrdered, here }: Offer): readonly Method[] {
  const { verificationMethods, defaultVerificationMethod } = session
  const all = methods.filter(({ id }) => verificationMethods.includes(id))
  if (isOrdered) return all
  const lastUsed = (method: Method) =>
    Math.max(
      ...ownedOf(session, method).map(({ lastVerifiedAt }) =>
        lastVerifiedAt ? Date.parse(lastVerifiedAt) : 0,
      ),
      0,
    )
  const isDefault = ({ id }: Method) => Number(id === defaultVerificationMethod)
  const isHere = (method: Method) => Number(method === here)
  return all.toSorted(
    (a, b) => isHere(b) - isHere(a) || lastUsed(b) - lastUsed(a) || isDefault(b) - isDefault(a),
  )
}

function enrollable(session: Session, offer: Offer): readonly Choice[] {
  const { isEnrolled, user } = session
  // For an enrolled user the service lists the methods to verify with, not those to add.
  const methods = isEnrolled ? offer.methods : allowed(session, offer)
  return methods
    .map(method => ({ method, destination: method.contact && user?.[method.contact] }))
    .filter(({ method, destination }) => method.enrolment || (destination && !isEnrolled))
}

const ownedOf = ({ authenticators }: Session, { id }: Method) =>
  authenticators.filter(({ verificationMethod }) => verificationMethod === id)

/** Messages go to the default authenticator. Any passkey will do, so with several of them none is named. */
function destinationOf({ contact }: Method, owned: readonly Authenticator[]): string | undefined {
  const meant = contact ? (owned.find(({ isDefault }) => isDefault) ?? owned[0]) : owned[0]
  return meant && (contact || owned.length === 1) ? nameOf(meant) : undefined
}
