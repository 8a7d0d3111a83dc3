/**
 * What a token may do (contract 2).
 */

import { forbidden } from '../lib/errors.js'

export type Scope =
  | 'read:authenticators'
  | 'add:authenticators'
  | 'update:authenticators'
  | 'remove:authenticators'

/** What an action's first token may do unless `track` asks for more. */
export const DEFAULT_SCOPES: readonly Scope[] = ['read:authenticators']

/** What the token of a completed challenge may do. */
export const ALL_SCOPES: readonly Scope[] = [
  'read:authenticators',
  'add:authenticators',
  'update:authenticators',
  'remove:authenticators',
]

/** Reads a space-separated list; names the emulator does not know grant nothing. */
export const parseScopes = (scope: string): readonly Scope[] =>
  ALL_SCOPES.filter(known => scope.split(/\s+/).includes(known))

/** Throws `forbidden` unless the scopes allow completing a challenge. */
export function requireReadScope(scopes: readonly Scope[]): void {
  if (!scopes.includes('read:authenticators'))
    throw forbidden('Completing a challenge needs the scope read:authenticators.')
}
