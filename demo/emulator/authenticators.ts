/**
 * A user's authenticators: which one is meant, who may change them, and what a verified contact does.
 */

import { otpMethod, type VerificationMethod } from './methods.js'
import type { Scope } from './scopes.js'
import { newId } from './secrets.js'
import type { Authenticator, User } from './store.js'

export type Change =
  | { readonly kind: 'add' }
  | { readonly kind: 'replace'; readonly authenticator: Authenticator }

export const isVerified = (authenticator: Authenticator) => authenticator.verifiedAt !== undefined

export const verifiedOf = (user: User, method?: VerificationMethod) =>
  user.authenticators.filter(
    authenticator =>
      isVerified(authenticator) && (method === undefined || authenticator.verificationMethod === method),
  )

export const isEnrolled = (user: User) => user.authenticators.some(isVerified)

/** The methods the user can be challenged with, each once. */
export const enrolledMethods = (user: User) => [
  ...new Set(verifiedOf(user).map(authenticator => authenticator.verificationMethod)),
]

/** The authenticator a challenge means when it names none: the default one, else the first. */
export function preferred(user: User, method: VerificationMethod): Authenticator | undefined {
  const candidates = verifiedOf(user, method)
  return candidates.find(candidate => candidate.isDefault) ?? candidates[0]
}

export const withContact = (user: User, method: VerificationMethod, contact: string) =>
  verifiedOf(user, method).find(authenticator => authenticator.contact === contact)

/**
 * What a newly verified contact may change: anything for the first authenticator, then what the scopes say.
 * With both scopes it replaces where there is something to replace (contract 2 and 4.5).
 */
export function permittedChange(
  user: User,
  method: VerificationMethod,
  contact: string,
  scopes: readonly Scope[],
): Change | undefined {
  if (!isEnrolled(user)) return { kind: 'add' }
  const known = withContact(user, method, contact) ?? preferred(user, method)
  if (known !== undefined && scopes.includes('update:authenticators'))
    return { kind: 'replace', authenticator: known }
  if (!scopes.includes('add:authenticators')) return undefined
  return known?.contact === contact ? { kind: 'replace', authenticator: known } : { kind: 'add' }
}

export const newAuthenticator = (
  { userId }: User,
  verificationMethod: VerificationMethod,
  contact: string,
  createdAt: number,
): Authenticator => ({ userAuthenticatorId: newId(), userId, verificationMethod, createdAt, contact })

/** Keeps an enrolment whose code was not typed yet, in place of an earlier one of the same method. */
export function addPending(user: User, pending: Authenticator): void {
  const isStale = ({ verificationMethod, verifiedAt }: Authenticator) =>
    verificationMethod === pending.verificationMethod && verifiedAt === undefined
  replaceAll(
    user,
    user.authenticators.filter(authenticator => !isStale(authenticator)),
  )
  user.authenticators.push(pending)
}

/** Records that the user controls the contact, on an authenticator that is new, unverified or changed. */
export function confirm(user: User, authenticator: Authenticator, contact: string, now: number): void {
  const wasVerified = isVerified(authenticator)
  const changed = wasVerified && authenticator.contact !== contact
  if (!isEnrolled(user)) authenticator.isDefault = true
  if (!user.authenticators.includes(authenticator)) user.authenticators.push(authenticator)
  authenticator.contact = contact
  authenticator.verifiedAt ??= now
  authenticator.lastVerifiedAt = now
  const field = otpMethod(authenticator.verificationMethod).contact
  // A further number, or an old one verified again, does not take the place of the one on the user record.
  const isTheirs = user[`${field}Verified`] !== true && (!wasVerified || user[field] === contact)
  if (!changed && !isTheirs) return
  user[field] = contact
  user[`${field}Verified`] = true
}

export function makeDefault(user: User, chosen: Authenticator): void {
  for (const authenticator of user.authenticators) authenticator.isDefault = authenticator === chosen
}

/** Moves the user's verified authenticators of one kind to a contact that was verified elsewhere. */
export function moveContact(user: User, field: 'phoneNumber' | 'email', contact: string): void {
  for (const authenticator of verifiedOf(user))
    if (otpMethod(authenticator.verificationMethod).contact === field) authenticator.contact = contact
}

/** Removes an authenticator; the next one becomes the default when it was that. */
export function remove(user: User, unwanted: Authenticator): void {
  replaceAll(
    user,
    user.authenticators.filter(authenticator => authenticator !== unwanted),
  )
  const next = verifiedOf(user)[0]
  if (unwanted.isDefault && next !== undefined) next.isDefault = true
}

function replaceAll(user: User, authenticators: readonly Authenticator[]) {
  user.authenticators.splice(0, Infinity, ...authenticators)
}
