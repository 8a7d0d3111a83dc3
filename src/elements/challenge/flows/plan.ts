/**
 * From what the service says about a session to what the user is asked to do.
 *
 * Decisions only, without a screen or a request; `flow.ts` carries them out.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'
import { nameOf } from '../methods/authenticators.js'
import { METHODS } from '../methods/catalogue.js'
import type { Enrolment, Method } from '../methods/kinds.js'
import type { ChallengeOptions } from '../session.js'

/**
 * A method, and which of the user's own is meant: where its messages go, masked when it is enrolled and
 * in full when the app told us, or what the passkey or phone is called.
 */
export interface Choice<Kind extends Method = Method> {
  readonly method: Kind
  readonly destination: string | undefined
}

/** A method that the user can add, and the number or address that the app knows for it. */
export interface EnrolmentChoice extends Choice {
  /** Absent when only the number or address that is known can be added. */
  readonly enrolment: Enrolment | undefined
}

/** One of the user's authenticators, of a method that this page knows. */
export interface OwnedAuthenticator {
  readonly authenticator: Authenticator
  readonly method: Method
}

export type Plan =
  | { readonly start: 'challenge'; readonly thenEnrol: boolean }
  | { readonly start: 'enrol' }
  /** Verified before this page was opened: the app only has to be told. */
  | { readonly start: 'finish' }
  | { readonly start: 'stop'; readonly because: 'blocked' | 'in_review' | 'no_method' }

export function plan(options: ChallengeOptions, forceEnrollment: boolean): Plan {
  const canEnrol = enrolmentChoices(options).length > 0
  const wantsEnrolment = canEnrol && (forceEnrollment || !options.isEnrolled)

  switch (options.state) {
    // A verified code does not change these, so asking for one would be of no use.
    case 'BLOCK':
    case 'CHALLENGE_FAILED':
    case 'REVIEW_FAILED':
      return { start: 'stop', because: 'blocked' }
    case 'REVIEW_REQUIRED':
      return { start: 'stop', because: 'in_review' }
    case 'CHALLENGE_SUCCEEDED':
    case 'REVIEW_SUCCEEDED':
      return wantsEnrolment && mayEnrol(options) ? { start: 'enrol' } : { start: 'finish' }
  }

  if (wantsEnrolment && mayEnrol(options)) return { start: 'enrol' }
  if (challengeChoices(options).length > 0) return { start: 'challenge', thenEnrol: wantsEnrolment }
  return { start: 'stop', because: 'no_method' }
}

/** The first method is free to add; a further one takes the scope, which a verified challenge gives. */
export function mayEnrol({ isEnrolled, scopes }: ChallengeOptions): boolean {
  return !isEnrolled || scopes.includes('add:authenticators')
}

/** The enrolled methods that this page can challenge with, the user's default first. */
export function challengeChoices(options: ChallengeOptions): readonly Choice[] {
  return offered(options).flatMap(method => {
    const owned = ownedOf(options, method)
    return owned.length > 0 ? [{ method, destination: destinationOf(method, owned) }] : []
  })
}

/** The methods that the user does not have yet and can add on this page. */
export function enrolmentChoices(options: ChallengeOptions): readonly EnrolmentChoice[] {
  return enrollable(options).filter(({ method }) => ownedOf(options, method).length === 0)
}

/** The same, and those that the user can have a further one of. */
export function additionChoices(options: ChallengeOptions): readonly EnrolmentChoice[] {
  return enrollable(options).filter(({ method }) => method.several || ownedOf(options, method).length === 0)
}

function enrollable(options: ChallengeOptions): readonly EnrolmentChoice[] {
  // For a user who is enrolled the service lists what can be verified with, not what can be added.
  const candidates = options.isEnrolled ? METHODS : offered(options)
  return candidates
    .map(method => ({
      method,
      enrolment: method.enrolment,
      destination: method.contact && options.user?.[method.contact],
    }))
    .filter(choice => choice.enrolment || (choice.destination && !options.isEnrolled))
}

/** What the user has, the default first. */
export function ownedAuthenticators({ authenticators }: ChallengeOptions): readonly OwnedAuthenticator[] {
  const owned = authenticators.flatMap(authenticator => {
    const method = METHODS.find(({ id }) => id === authenticator.verificationMethod)
    return method ? [{ authenticator, method }] : []
  })
  return owned.toSorted(
    (a, b) => Number(b.authenticator.isDefault ?? 0) - Number(a.authenticator.isDefault ?? 0),
  )
}

export function mayRemove({ scopes }: ChallengeOptions): boolean {
  return scopes.includes('remove:authenticators')
}

const ownedOf = ({ authenticators }: ChallengeOptions, { id }: Method) =>
  authenticators.filter(({ verificationMethod }) => verificationMethod === id)

/** Messages go to the default one; any passkey will do, so of several none is named. */
function destinationOf({ contact }: Method, owned: readonly Authenticator[]): string | undefined {
  const meant = contact ? (owned.find(({ isDefault }) => isDefault) ?? owned[0]) : owned[0]
  return meant && (contact || owned.length === 1) ? nameOf(meant) : undefined
}

function offered({ verificationMethods, defaultVerificationMethod }: ChallengeOptions): readonly Method[] {
  const allowed = METHODS.filter(method => verificationMethods.includes(method.id))
  const isDefault = (method: Method) => method.id === defaultVerificationMethod
  return [...allowed.filter(isDefault), ...allowed.filter(method => !isDefault(method))]
}
