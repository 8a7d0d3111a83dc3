/**
 * Scopes: what a token allows.
 */

import { forbidden } from '../lib/errors.js'

export type Scope =
  | 'read:authenticators'
  | 'add:authenticators'
  | 'update:authenticators'
  | 'remove:authenticators'

/** The scopes of a token from `track`, unless the call names others. */
export const DEFAULT_SCOPES: readonly Scope[] = ['read:authenticators']

/** The scopes of a token from a completed challenge. */
export const ALL_SCOPES: readonly Scope[] = [
  'read:authenticators',
  'add:authenticators',
  'update:authenticators',
  'remove:authenticators',
]

/** Parses a space-separated list. Unknown names are ignored. */
export const parseScopes = (scope: string): readonly Scope[] =>
  ALL_SCOPES.filter(known => scope.split(/\s/).includes(known))

/** Throws `forbidden` unless the scopes allow a challenge. */
export function requireReadScope(scopes: readonly Scope[]): void {
  if (!scopes.includes('read:authenticators'))
    throw forbidden('Completing a challenge needs the scope read:authenticators.')
}
