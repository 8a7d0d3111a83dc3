/**
 * The rules for authenticators: which one a challenge uses, which change a token allows, and what verifying a
 * phone number or e-mail address changes.
 */

import { forbidden, invalidRequest } from '../lib/errors.js'
import { type ContactMethodName, contactMethod, type EnrollableMethod } from './methods.js'
import type { Scope } from './scopes.js'
import type { Authenticator, AuthenticatorOf, ContactAuthenticator, User } from './users.js'

/** Per user. Keeps a script from filling the memory. */
const MAX_AUTHENTICATORS = 100

export type Change =
  | { readonly kind: 'add' }
  | { readonly kind: 'replace'; readonly authenticator: ContactAuthenticator }

export const isVerified = (authenticator: Authenticator) => authenticator.verifiedAt !== undefined

/** Whether it has a phone number or e-mail address. */
export const hasContact = (authenticator: Authenticator): authenticator is ContactAuthenticator =>
  'contact' in authenticator

export const verified = (user: User) => user.authenticators.filter(isVerified)

/** The user's authenticator of that ID, if it has a phone number or e-mail address. */
export const contactAuthenticator = (user: User, userAuthenticatorId: string) =>
  user.authenticators.filter(hasContact).find(each => each.userAuthenticatorId === userAuthenticatorId)

/** The user's verified authenticators of one method, or of several of the same kind. */
export const verifiedOf = <Method extends EnrollableMethod>(user: User, ...methods: readonly Method[]) =>
  verified(user).filter((authenticator): authenticator is AuthenticatorOf<Method> & Authenticator =>
    (methods as readonly string[]).includes(authenticator.verificationMethod),
  )

export const isEnrolled = (user: User) => user.authenticators.some(isVerified)

/** The methods of the user's verified authenticators, each once. */
export const enrolledMethods = (user: User) => [
  ...new Set(verified(user).map(authenticator => authenticator.verificationMethod)),
]

/** The authenticator of a challenge that names none: the default one, else the first. */
export function preferred<Method extends EnrollableMethod>(user: User, method: Method) {
  const candidates = verifiedOf(user, method)
  return candidates.find(candidate => candidate.isDefault) ?? candidates[0]
}

export const withContact = (user: User, method: ContactMethodName, contact: string) =>
  verifiedOf(user, method).find(authenticator => authenticator.contact === contact)

/** Whether the token allows enrolling an authenticator. The first one needs no scope. */
export const mayAdd = (user: User, scopes: readonly Scope[]) =>
  !isEnrolled(user) || scopes.includes('add:authenticators')

/** Throws `forbidden` unless the token allows enrolling an authenticator. */
export function requireMayAdd(user: User, scopes: readonly Scope[]): void {
  if (!mayAdd(user, scopes))
    throw forbidden('The user has an authenticator already, and the token lacks the scope to add one.')
  requireRoom(user)
}

/** Throws when the user has the largest number of authenticators. */
export function requireRoom({ authenticators }: User): void {
  if (authenticators.length >= MAX_AUTHENTICATORS)
    throw invalidRequest('The user has too many authenticators.')
}

/**
 * What a newly verified contact changes. The first authenticator is always added; after that the scopes
 * decide. With both `add:authenticators` and `update:authenticators` an authenticator of the same method is
 * replaced. `undefined` when the scopes allow no change.
 */
export function permittedChange(
  user: User,
  method: ContactMethodName,
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

/** The fields that every new authenticator starts with. */
export const newRecord = ({ userId }: User, userAuthenticatorId: string, createdAt: number) => ({
  userAuthenticatorId,
  userId,
  createdAt,
})

export const newContact = (
  user: User,
  verificationMethod: ContactMethodName,
  contact: string,
  userAuthenticatorId: string,
  createdAt: number,
): ContactAuthenticator => ({
  ...newRecord(user, userAuthenticatorId, createdAt),
  verificationMethod,
  contact,
})

/** Adds an enrolment that is not verified yet. It replaces an earlier one of the same method. */
export function addPending(user: User, pending: Authenticator): void {
  const isStale = ({ verificationMethod, verifiedAt }: Authenticator) =>
    verificationMethod === pending.verificationMethod && verifiedAt === undefined
  replaceAll(
    user,
    user.authenticators.filter(authenticator => !isStale(authenticator)),
  )
  user.authenticators.push(pending)
}

/** Records that the user has just verified an authenticator, which is added if it is new. */
export function confirm(user: User, authenticator: Authenticator, now: number): void {
  if (!isEnrolled(user)) authenticator.isDefault = true
  if (!user.authenticators.includes(authenticator)) user.authenticators.push(authenticator)
  authenticator.verifiedAt ??= now
  authenticator.lastVerifiedAt = now
}

/** Records that the user has verified the contact of an authenticator that is new, unverified or changed. */
export function confirmContact(
  user: User,
  authenticator: ContactAuthenticator,
  contact: string,
  now: number,
): void {
  const wasVerified = isVerified(authenticator)
  const changed = wasVerified && authenticator.contact !== contact
  confirm(user, authenticator, now)
  authenticator.contact = contact
  const field = contactMethod(authenticator.verificationMethod).contact
  // The verified contact of the user record stays when a second contact, or another old one, is verified.
  const isForRecord = user[`${field}Verified`] !== true && (!wasVerified || user[field] === contact)
  if (!changed && !isForRecord) return
  user[field] = contact
  user[`${field}Verified`] = true
}

export function makeDefault(user: User, chosen: Authenticator): void {
  for (const authenticator of user.authenticators) authenticator.isDefault = authenticator === chosen
}

/** Changes the contact of all verified authenticators of one kind to one that the backend has verified. */
export function moveContact(user: User, field: 'phoneNumber' | 'email', contact: string): void {
  for (const authenticator of verified(user).filter(hasContact))
    if (contactMethod(authenticator.verificationMethod).contact === field) authenticator.contact = contact
}

/** Removes an authenticator. If it was the default, the first remaining one becomes the default. */
export function remove(user: User, unwanted: Authenticator): void {
  replaceAll(
    user,
    user.authenticators.filter(authenticator => authenticator !== unwanted),
  )
  const next = verified(user)[0]
  if (unwanted.isDefault && next !== undefined) next.isDefault = true
}

function replaceAll(user: User, authenticators: readonly Authenticator[]) {
  user.authenticators.splice(0, Infinity, ...authenticators)
}
