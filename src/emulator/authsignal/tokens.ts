/**
 * The client token: what it says, and the action it stands for (contract 2).
 */

import * as v from 'valibot'
import { invalidToken } from '../lib/errors.js'
import type { Keys } from '../lib/keys.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import { parseScopes, type Scope } from './scopes.js'
import type { Action, Store, User } from './store.js'

/** Who is calling: the user and action a token was issued for, and what it allows. */
export interface Caller {
  readonly action: Action
  readonly user: User
  readonly scopes: readonly Scope[]
  readonly token: string
  /** When the token expires, in seconds since 1970. */
  readonly expiresAt: number
}

export interface Tokens {
  /** A token for an action; `origin` is where the request came in. */
  issue(action: Action, scopes: readonly Scope[], origin: string): Promise<string>
  /** The caller a token stands for; throws `expired_token` or `invalid_token`. */
  read(token: string): Promise<Caller>
}

const Claims = v.object({
  exp: v.number(),
  scope: v.string(),
  other: v.object({
    tenantId: v.string(),
    userId: v.string(),
    actionCode: v.string(),
    idempotencyKey: v.string(),
    actionId: v.string(),
  }),
})

export function createTokens(config: EmulatorConfig, keys: Keys, store: Store): Tokens {
  return {
    issue({ id, userId, actionCode, idempotencyKey }, scopes, origin) {
      const { tenantId } = config
      // No contact data, which the contract leaves optional: the token travels in a URL.
      const other = { tenantId, userId, actionCode, idempotencyKey, actionId: id }
      // CHOOSE: the issuer is the API base URL; contract 2.
      const claims = { iss: `${origin}/v1`, sub: userId, scope: scopes.join(' '), other }
      return keys.sign('JWT', claims, lifetimeMs(config))
    },
    async read(token) {
      const claims = v.safeParse(Claims, await keys.verify('JWT', token))
      if (!claims.success) throw invalidToken()
      const { exp, scope, other } = claims.output
      const action = store.findAction(other)
      const user = store.users.get(other.userId)
      if (action === undefined || user === undefined || action.id !== other.actionId) throw invalidToken()
      return { action, user, scopes: parseScopes(scope), token, expiresAt: exp }
    },
  }
}
