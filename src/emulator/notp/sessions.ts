/**
 * The sessions of nOTP: session tokens and refresh tokens.
 */

import type { JWTPayload } from 'jose'
import { decodeJwt } from 'jose/jwt/decode'
import * as v from 'valibot'
import { Id } from '../authsignal/fields.js'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import { type Clock, toSeconds } from '../lib/clock.js'
import type { Keys } from '../lib/keys.js'
import type { Random } from '../lib/random.js'
import { JsonText, listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import type { EmulatorConfig } from '../options.js'
import { endedToken, invalidToken } from './errors.js'
import type { NotpUser, NotpUsers } from './users.js'

export interface NotpSession {
  readonly id: string
  readonly userId: string
  readonly details: SessionDetails
  readonly refreshJwt: string
  readonly refreshExpiresAt: number
}

/** Further claims of the tokens of a session. */
export interface SessionDetails {
  /** The authentication methods (RFC 8176). */
  readonly amr: readonly string[]
  /** Claims from the request of the browser, so not trustworthy; as JSON text. */
  readonly customClaims?: string | undefined
  readonly tenantId?: string | undefined
}

/** A session with a fresh session token. */
export interface IssuedTokens {
  readonly session: NotpSession
  readonly sessionJwt: string
  /** When the session token expires, in milliseconds since 1970. */
  readonly sessionExpiresAt: number
}

interface NotpSessionsState {
  readonly notpSessions: readonly NotpSession[]
}

export interface NotpSessions extends Records<NotpSessionsState> {
  create(user: NotpUser, details: SessionDetails, options: { isStepUp: boolean }): Promise<IssuedTokens>
  /** The session of a valid refresh token; throws otherwise. */
  read(refreshJwt: string): Promise<NotpSession>
  /** The user of a session; throws when the user was deleted. */
  userOf(session: NotpSession): NotpUser
  /** Issues a new session token. The refresh token stays the same. */
  refresh(session: NotpSession): Promise<IssuedTokens>
  end(session: NotpSession): void
  /** Ends the other sessions of the same user. */
  endOthers(session: NotpSession): void
}

const SESSION_LIFETIME_MS = 10 * 60_000
const REFRESH_LIFETIME_MS = 28 * 24 * 60 * 60_000

const CAPACITY = 10_000

/** A session in a snapshot. */
export const NotpSessionState = v.strictObject({
  id: Id,
  userId: Id,
  details: v.strictObject({ amr: v.array(Text), customClaims: maybe(JsonText), tenantId: maybe(Id) }),
  refreshJwt: v.string(),
  refreshExpiresAt: Time,
})

const schema: Schemas<NotpSessionsState> = { notpSessions: listOf(NotpSessionState, 'id') }

const RefreshClaims = v.object({ iss: v.string(), drn: v.literal('DSR'), sid: v.string() })

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly random: Random
  readonly keys: Keys
  readonly users: NotpUsers
}

export function createNotpSessions({ config, clock, random, keys, users }: Parts): NotpSessions {
  const sessions = new BoundedMap<string, NotpSession>(CAPACITY)

  async function sign(claims: JWTPayload, lifetimeMs: number) {
    const jwt = await keys.sign('JWT', { ...claims, iss: config.projectId }, lifetimeMs)
    return { jwt, expiresAt: decodeJwt(jwt).exp! * 1000 }
  }

  function userOf({ userId }: NotpSession): NotpUser {
    const user = users.get(userId)
    if (user === undefined) throw endedToken()
    return user
  }

  async function issue(session: NotpSession, isStepUp: boolean): Promise<IssuedTokens> {
    const { id, refreshExpiresAt } = session
    const claims = {
      ...commonClaims(id, userOf(session), session.details),
      drn: 'DS',
      rexp: rfc3339(refreshExpiresAt),
      ...(isStepUp && { su: true }),
    }
    const lifetimeMs = Math.min(SESSION_LIFETIME_MS, refreshExpiresAt - clock.now())
    const { jwt, expiresAt } = await sign(claims, lifetimeMs)
    return { session, sessionJwt: jwt, sessionExpiresAt: expiresAt }
  }

  return {
    async create(user, details, { isStepUp }) {
      const id = random.id()
      const claims = { ...commonClaims(id, user, details), drn: 'DSR' }
      const { jwt, expiresAt } = await sign(claims, REFRESH_LIFETIME_MS)
      const { userId } = user
      const session = { id, userId, details, refreshJwt: jwt, refreshExpiresAt: expiresAt }
      const issued = await issue(session, isStepUp)
      sessions.set(id, session)
      return issued
    },
    async read(refreshJwt) {
      const claims = await keys.verify('JWT', refreshJwt).catch(() => undefined)
      const parsed = v.safeParse(RefreshClaims, claims)
      if (!parsed.success || parsed.output.iss !== config.projectId) throw invalidToken()
      const session = sessions.get(parsed.output.sid)
      if (session === undefined) throw endedToken()
      return session
    },
    userOf,
    refresh: session => issue(session, false),
    end(session) {
      sessions.delete(session.id)
    },
    endOthers({ id, userId }) {
      sessions.deleteWhere(other => other.userId === userId && other.id !== id)
    },
    get size() {
      return sessions.size
    },
    sweep: () => sessions.deleteWhere(({ refreshExpiresAt }) => refreshExpiresAt <= clock.now()),
    clear: () => sessions.clear(),
    schema,
    save: () => ({ notpSessions: [...sessions.values()] }),
    load: ({ notpSessions }) => sessions.replace(notpSessions.map(each => [each.id, each])),
  }
}

/** The claims of both tokens of a session. */
function commonClaims(sid: string, { userId, tenantIds }: NotpUser, details: SessionDetails): JWTPayload {
  const { amr, customClaims, tenantId } = details
  return {
    sub: userId,
    sid,
    amr,
    ...(customClaims !== undefined && { nsec: JSON.parse(customClaims) }),
    ...(tenantId !== undefined && { dct: tenantId }),
    ...(tenantIds.length > 0 && { tenants: Object.fromEntries(tenantIds.map(id => [id, {}])) }),
  }
}

const rfc3339 = (ms: number) => new Date(toSeconds(ms) * 1000).toISOString().replace('.000Z', 'Z')
