/**
 * Sessions of nOTP: the session and refresh tokens, and which of them still count (nOTP contract 10).
 */

import { decodeJwt, type JWTPayload } from 'jose'
import * as v from 'valibot'
import { BoundedMap } from '../lib/bounded-map.js'
import { type Clock, toSeconds } from '../lib/clock.js'
import type { Keys } from '../lib/keys.js'
import { newId } from '../lib/secrets.js'
import type { EmulatorConfig } from '../options.js'
import { endedToken, invalidToken } from './errors.js'
import type { NotpUser } from './users.js'

export interface NotpSession {
  readonly id: string
  readonly user: NotpUser
  readonly details: SessionDetails
  readonly refreshJwt: string
  readonly refreshExpiresAt: number
}

/** What the tokens of a session say besides whose they are. */
export interface SessionDetails {
  /** How the user proved who it is. */
  readonly amr: readonly string[]
  /** Claims that came with the request, which nobody may trust, as JSON text. */
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

export interface NotpSessions {
  create(user: NotpUser, details: SessionDetails, options: { isStepUp: boolean }): Promise<IssuedTokens>
  /** The session of a refresh token that still counts; else throws. */
  read(refreshJwt: string): Promise<NotpSession>
  /** A new session token; the refresh token stays. CHOOSE: nOTP contract 4. */
  refresh(session: NotpSession): Promise<IssuedTokens>
  end(session: NotpSession): void
  /** Ends the sessions of the same user, except this one. */
  endOthers(session: NotpSession): void
  sweep(): void
  clear(): void
}

const SESSION_LIFETIME_MS = 10 * 60_000
const REFRESH_LIFETIME_MS = 28 * 24 * 60 * 60_000

const CAPACITY = 10_000

const RefreshClaims = v.object({ iss: v.string(), drn: v.literal('DSR'), sid: v.string() })

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly keys: Keys
}

export function createNotpSessions({ config, clock, keys }: Parts): NotpSessions {
  const sessions = new BoundedMap<string, NotpSession>(CAPACITY)

  async function sign(claims: JWTPayload, lifetimeMs: number) {
    const jwt = await keys.sign('JWT', { ...claims, iss: config.projectId }, lifetimeMs)
    return { jwt, expiresAt: decodeJwt(jwt).exp! * 1000 }
  }

  async function issue(session: NotpSession, isStepUp: boolean): Promise<IssuedTokens> {
    const { id, user, refreshExpiresAt } = session
    const claims = {
      ...shared(id, user, session.details),
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
      const id = newId()
      const claims = { ...shared(id, user, details), drn: 'DSR' }
      const { jwt, expiresAt } = await sign(claims, REFRESH_LIFETIME_MS)
      const session = { id, user, details, refreshJwt: jwt, refreshExpiresAt: expiresAt }
      sessions.set(id, session)
      return issue(session, isStepUp)
    },
    async read(refreshJwt) {
      const claims = await keys.verify('JWT', refreshJwt).catch(() => undefined)
      const parsed = v.safeParse(RefreshClaims, claims)
      if (!parsed.success || parsed.output.iss !== config.projectId) throw invalidToken()
      const session = sessions.get(parsed.output.sid)
      if (session === undefined) throw endedToken()
      return session
    },
    refresh: session => issue(session, false),
    end(session) {
      sessions.delete(session.id)
    },
    endOthers({ id, user }) {
      for (const [otherId, other] of sessions)
        if (other.user === user && otherId !== id) sessions.delete(otherId)
    },
    sweep() {
      const now = clock.now()
      for (const [id, { refreshExpiresAt }] of sessions) if (refreshExpiresAt <= now) sessions.delete(id)
    },
    clear: () => sessions.clear(),
  }
}

/** What both tokens of a session say. */
function shared(sid: string, { userId, tenantIds }: NotpUser, details: SessionDetails): JWTPayload {
  const { amr, customClaims, tenantId } = details
  return {
    sub: userId,
    sid,
    amr,
    ...(customClaims !== undefined && { nsec: JSON.parse(customClaims) }),
    ...(tenantId !== undefined && { dct: tenantId }),
    ...(tenantIds.size > 0 && { tenants: Object.fromEntries([...tenantIds.keys()].map(id => [id, {}])) }),
  }
}

const rfc3339 = (ms: number) => new Date(toSeconds(ms) * 1000).toISOString().replace('.000Z', 'Z')
