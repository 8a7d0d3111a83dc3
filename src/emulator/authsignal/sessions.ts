/**
 * Sessions: an access token for an app's own API, and a refresh token to renew it.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import { unauthorized } from '../lib/errors.js'
import type { Keys } from '../lib/keys.js'
import type { Random } from '../lib/random.js'
import { listOf, type Schemas, Text, Time } from '../lib/state.js'
import { Id, VerificationMethodName } from './fields.js'
import type { VerificationMethod } from './methods.js'

export interface Session {
  readonly sessionId: string
  readonly clientId: string
  readonly userId: string
  readonly verificationMethod: VerificationMethod
  readonly refreshToken: string
  readonly refreshExpiresAt: number
}

export interface SessionTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

interface SessionsState {
  readonly sessions: readonly Session[]
}

export interface Sessions extends Records<SessionsState> {
  create(owner: Owner, issuer: string): Promise<SessionTokens>
  /** The session of a valid access token; throws `unauthorized` otherwise. */
  read(accessToken: string): Promise<{ readonly session: Session; readonly expiresAt: number }>
  /** A new session for a refresh token, whose own session ends; throws `unauthorized`. */
  refresh(refreshToken: string, issuer: string): Promise<SessionTokens>
  revoke(session: Session): void
  /** Ends all sessions of a user. */
  forgetUser(userId: string): void
}

interface Owner {
  readonly clientId: string
  readonly userId: string
  readonly verificationMethod: VerificationMethod
}

// Upstream documents neither lifetime.
const ACCESS_LIFETIME_MS = 60 * 60_000
const REFRESH_LIFETIME_MS = 30 * 24 * 60 * 60_000

const Claims = v.object({ exp: v.number(), sid: v.string() })

const CAPACITY = 10_000

const schema: Schemas<SessionsState> = {
  sessions: listOf(
    v.strictObject({
      sessionId: Id,
      clientId: Text,
      userId: Id,
      verificationMethod: VerificationMethodName,
      refreshToken: Text,
      refreshExpiresAt: Time,
    }),
    'sessionId',
  ),
}

export function createSessions(clock: Clock, keys: Keys, random: Random): Sessions {
  const sessions = new BoundedMap<string, Session>(CAPACITY)

  async function create({ clientId, userId, verificationMethod }: Owner, issuer: string) {
    const sessionId = random.id()
    const refreshToken = random.hex(32)
    const refreshExpiresAt = clock.now() + REFRESH_LIFETIME_MS
    const session = { sessionId, clientId, userId, verificationMethod, refreshToken, refreshExpiresAt }
    sessions.set(sessionId, session)
    const claims = { iss: issuer, aud: clientId, sub: userId, sid: sessionId }
    return { accessToken: await keys.sign('at+jwt', claims, ACCESS_LIFETIME_MS), refreshToken }
  }

  const revoke = ({ sessionId }: Session) => {
    sessions.delete(sessionId)
  }

  return {
    create,
    async read(accessToken) {
      const claims = await keys.verify('at+jwt', accessToken).catch(() => undefined)
      const parsed = v.safeParse(Claims, claims)
      const session = parsed.success ? sessions.get(parsed.output.sid) : undefined
      if (!parsed.success || session === undefined) throw unauthorized()
      return { session, expiresAt: parsed.output.exp }
    },
    async refresh(refreshToken, issuer) {
      const session = [...sessions.values()].find(each => each.refreshToken === refreshToken)
      if (session === undefined || session.refreshExpiresAt <= clock.now()) throw unauthorized()
      revoke(session)
      return create(session, issuer)
    },
    revoke,
    get size() {
      return sessions.size
    },
    forgetUser: userId => sessions.deleteWhere(session => session.userId === userId),
    sweep: () => sessions.deleteWhere(({ refreshExpiresAt }) => refreshExpiresAt <= clock.now()),
    clear: () => sessions.clear(),
    schema,
    save: () => ({ sessions: [...sessions.values()] }),
    load: state => sessions.replace(state.sessions.map(each => [each.sessionId, each])),
  }
}
