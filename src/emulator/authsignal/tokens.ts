/**
 * Client tokens: short-lived JWTs, each for one user and one action.
 */

import * as v from 'valibot'
import { expiredToken, invalidToken } from '../lib/errors.js'
import { type Keys, TokenExpired } from '../lib/keys.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import type { Action, ActionReference, Actions } from './actions.js'
import { parseScopes, type Scope } from './scopes.js'
import type { User, Users } from './users.js'

/** The user and action a token was issued for, and its scopes. */
export interface Caller {
  readonly action: Action
  readonly user: User
  readonly scopes: readonly Scope[]
  readonly token: string
  /** When the token expires, in seconds since 1970. */
  readonly expiresAt: number
}

export interface Tokens {
  /** Issues a token for an action; `address` is that of the tenant. */
  issue(action: ActionReference, scopes: readonly Scope[], address: string): Promise<string>
  /** Verifies a token; throws `expired_token` or `invalid_token`. */
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

interface Parts {
  readonly config: EmulatorConfig
  readonly keys: Keys
  readonly users: Users
  readonly actions: Actions
}

export function createTokens({ config, keys, users, actions }: Parts): Tokens {
  return {
    issue({ id, userId, actionCode, idempotencyKey }, scopes, address) {
      const { tenantId } = config
      // Without e-mail address or phone number: the token is part of the URL of the hosted page.
      const other = { tenantId, userId, actionCode, idempotencyKey, actionId: id }
      const claims = { iss: `${address}/v1`, sub: userId, scope: scopes.join(' '), other }
      return keys.sign('JWT', claims, lifetimeMs(config))
    },
    async read(token) {
      const payload = await keys.verify('JWT', token).catch(error => {
        throw error instanceof TokenExpired ? expiredToken() : invalidToken()
      })
      const claims = v.safeParse(Claims, payload)
      if (!claims.success) throw invalidToken()
      const { exp, scope, other } = claims.output
      const action = actions.find(other)
      const user = users.find(other.userId)
      if (action === undefined || user === undefined || action.id !== other.actionId) throw invalidToken()
      // The tenants of an emulator with a seed of randomness have the same IDs.
      if (other.tenantId !== config.tenantId) throw invalidToken()
      return { action, user, scopes: parseScopes(scope), token, expiresAt: exp }
    },
  }
}
