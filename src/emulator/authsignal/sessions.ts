/**
 * Sessions: an access token for an app's own API, and the refresh token that renews it (contract 4.6).
 */

import * as v from 'valibot'
import type { Clock } from '../lib/clock.js'
import { unauthorized } from '../lib/errors.js'
import type { Keys } from '../lib/keys.js'
import { newId, randomHex } from '../lib/secrets.js'
import type { VerificationMethod } from './methods.js'
import type { Session, Store } from './store.js'

export interface SessionTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

export interface Sessions {
  create(owner: Owner, issuer: string): Promise<SessionTokens>
  /** The session of an access token that still counts; else throws `unauthorized`. */
  read(accessToken: string): Promise<{ readonly session: Session; readonly expiresAt: number }>
  /** A new pair for a refresh token, which dies with its access token; else throws `unauthorized`. */
  refresh(refreshToken: string, issuer: string): Promise<SessionTokens>
  revoke(session: Session): void
  revokeAll(userId: string): void
}

interface Owner {
  readonly clientId: string
  readonly userId: string
  readonly verificationMethod: VerificationMethod
}

// CHOOSE: contract 4.6.
const ACCESS_LIFETIME_MS = 60 * 60_000
const REFRESH_LIFETIME_MS = 30 * 24 * 60 * 60_000

const Claims = v.object({ exp: v.number(), sid: v.string() })

export function createSessions(clock: Clock, keys: Keys, store: Store): Sessions {
  async function create({ clientId, userId, verificationMethod }: Owner, issuer: string) {
    const sessionId = newId()
    const refreshToken = randomHex(32)
    const refreshExpiresAt = clock.now() + REFRESH_LIFETIME_MS
    const session = { sessionId, clientId, userId, verificationMethod, refreshToken, refreshExpiresAt }
    store.sessions.set(sessionId, session)
    const claims = { iss: issuer, aud: clientId, sub: userId, sid: sessionId }
    return { accessToken: await keys.sign('at+jwt', claims, ACCESS_LIFETIME_MS), refreshToken }
  }

  const revoke = ({ sessionId }: Session) => {
    store.sessions.delete(sessionId)
  }

  return {
    create,
    async read(accessToken) {
      const claims = await keys.verify('at+jwt', accessToken).catch(() => undefined)
      const parsed = v.safeParse(Claims, claims)
      const session = parsed.success ? store.sessions.get(parsed.output.sid) : undefined
      if (!parsed.success || session === undefined) throw unauthorized()
      return { session, expiresAt: parsed.output.exp }
    },
    async refresh(refreshToken, issuer) {
      const session = [...store.sessions.values()].find(each => each.refreshToken === refreshToken)
      if (session === undefined || session.refreshExpiresAt <= clock.now()) throw unauthorized()
      revoke(session)
      return create(session, issuer)
    },
    revoke,
    revokeAll(userId) {
      for (const session of [...store.sessions.values()]) if (session.userId === userId) revoke(session)
    },
  }
}
