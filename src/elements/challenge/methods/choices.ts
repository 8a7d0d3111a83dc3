/**
 * Which methods a session offers: to be challenged with, and to add a first one.
 *
 * What a user has, and can add to it, is in `owned.ts`.
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

/** The first method needs no scope; a further one needs the scope that a verified challenge gives. */
export function mayEnrol({ isEnrolled, scopes }: Session): boolean {
  return !isEnrolled || scopes.includes('add:authenticators')
}

/**
 * The enrolled methods, and a QR code. Unless the app has chosen the order: the one that this device is
 * ready for comes first, then the one used last, then the default.
 */
export function challengeChoices(session: Session, offer: Offer): readonly Choice[] {
  return allowed(session, offer).flatMap(method => {
    const owned = ownedOf(session, method)
    return owned.length > 0 || method.kind === 'scan'
      ? [{ method, destination: destinationOf(method, owned) }]
      : []
  })
}

/** The methods that the user can add and has none of. */
export function enrolmentChoices(session: Session, offer: Offer): readonly Choice[] {
  return enrollable(session, offer).filter(({ method }) => ownedOf(session, method).length === 0)
}

/** What identifies an authenticator: a masked number or address, or the name of a passkey or phone. */
export function nameOf(authenticator: Authenticator): string | undefined {
  const { phoneNumber, email, webauthnCredential, displayName } = authenticator
  return phoneNumber ?? email ?? webauthnCredential?.name ?? displayName
}

function allowed(session: Session, { methods, isOrdered, here }: Offer): readonly Method[] {
  const { verificationMethods, defaultVerificationMethod } = session
  const all = methods.filter(({ id, kind }) => kind === 'scan' || verificationMethods.includes(id))
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

/** The methods that the user can add, whether there is one already or not. */
export function enrollable(session: Session, offer: Offer): readonly Choice[] {
  const { isEnrolled, user } = session
  // For an enrolled user the service lists the methods to verify with, not those to add.
  const methods = isEnrolled ? offer.methods : allowed(session, offer)
  return methods
    .map(method => ({ method, destination: method.contact && user?.[method.contact] }))
    .filter(({ method, destination }) => method.enrolment || (destination && !isEnrolled))
}

/** The user's authenticators of a method. */
export const ownedOf = ({ authenticators }: Session, { id }: Method) =>
  authenticators.filter(({ verificationMethod }) => verificationMethod === id)

/** Messages go to the default authenticator. Any passkey will do, so with several of them none is named. */
function destinationOf({ contact }: Method, owned: readonly Authenticator[]): string | undefined {
  const meant = contact ? (owned.find(({ isDefault }) => isDefault) ?? owned[0]) : owned[0]
  return meant && (contact || owned.length === 1) ? nameOf(meant) : undefined
}
