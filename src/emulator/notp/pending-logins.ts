/**
 * Logins that wait for a WhatsApp message: started, verified by the message, and collected by polling.
 *
 * All decisions are synchronous, so of any number of simultaneous messages one counts.
 */

import * as v from 'valibot'
import { contactMethod } from '../authsignal/methods.js'
import { PhoneNumber } from '../http/fields.js'
import { BoundedMap } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import { ApiError, invalidRequest } from '../lib/errors.js'
import type { Limits } from '../lib/limits.js'
import { randomBase64Url } from '../lib/secrets.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import {
  invalidArgument,
  notVerified,
  tooManyStarts,
  unknownLogin,
  userExists,
  userNotFound,
} from './errors.js'
import { codeIn, messageLink, newLinkCode } from './link.js'
import type { IssuedTokens, NotpSession, NotpSessions, SessionDetails } from './sessions.js'
import { MOST_LOGIN_IDS, type NotpUser, type NotpUsers, type Profile } from './users.js'

/** What a start call asks for; the names are those of its path. */
export type LoginRequest =
  | (Shared & {
      readonly flow: 'signup'
      readonly profile: Profile
      /** The number that the message has to come from, when the login ID is not one. */
      readonly phone?: string | undefined
    })
  | (Shared & {
      readonly flow: 'signin'
      /** A factor more for the session that the caller has. */
      readonly factor?:
        | { readonly of: NotpSession; readonly stepup: boolean; readonly mfa: boolean }
        | undefined
      readonly revokeOtherSessions?: boolean | undefined
    })
  | (Shared & { readonly flow: 'signup-in' })
  | UpdateRequest

interface UpdateRequest extends Shared {
  readonly flow: 'update'
  readonly user: NotpUser
  /** The new number; without it that of the message. */
  readonly phone?: string | undefined
  readonly addToLoginIDs: boolean
}

interface Shared {
  /** Empty: the number that the message comes from. */
  readonly loginId: string
  /** As JSON text. */
  readonly customClaims?: string | undefined
  readonly tenantId?: string | undefined
}

export interface PendingLogin {
  readonly pendingRef: string
  /** What the message says; it tells nothing about `pendingRef`. */
  readonly code: string
  readonly request: LoginRequest
  /** When it is forgotten, as one that waits, was verified, or was collected. */
  expiresAt: number
  outcome?: Outcome
}

/** What the message led to. */
export type Outcome =
  | { readonly user: NotpUser; readonly firstSeen: boolean; issued?: Promise<IssuedTokens> }
  | { readonly error: ApiError }

export interface PendingLogins {
  /** Throws when it is known already that the login cannot succeed. */
  start(request: LoginRequest): PendingLogin
  /** By its reference, or by a message with its code. Throws `not_found`. */
  find(key: { readonly pendingRef?: string | undefined; readonly code?: string | undefined }): PendingLogin
  /** The message has arrived from this number. Throws when it changes nothing. */
  receive(login: PendingLogin, phone: string): Outcome
  /** The tokens of a login whose message has arrived; else throws. */
  collect(pendingRef: string): Promise<{ readonly issued: IssuedTokens; readonly firstSeen: boolean }>
  sweep(): void
  clear(): void
}

const CAPACITY = 10_000

/** A success stays readable this long: polls overlap, and answers get lost (nOTP contract 15.4). */
const GRACE_MS = 10_000

/** CHOOSE: as often as a code may be sent over WhatsApp; nOTP contract 9. */
const STARTS = contactMethod('WHATSAPP').sends

const METHOD = 'whatsapp'

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly limits: Limits
  readonly users: NotpUsers
  readonly sessions: NotpSessions
}

export function createPendingLogins({ config, clock, limits, users, sessions }: Parts): PendingLogins {
  const logins = new BoundedMap<string, PendingLogin>(CAPACITY)

  const isOver = ({ expiresAt }: PendingLogin) => expiresAt <= clock.now()

  /** Whom the request is about, as far as it and the sender tell. */
  const userOf = (request: LoginRequest, sender = '') =>
    callerOf(request) ?? users.find(request.loginId || sender)

  /** Why the login cannot succeed; without a sender, what is known of that before the message. */
  function conflict(request: LoginRequest, sender?: string): ApiError | undefined {
    if (request.flow === 'update') return updateConflict(request, sender ?? request.phone)
    const user = userOf(request, sender)
    const isKnowable = request.loginId !== '' || sender !== undefined
    if (request.flow === 'signup' && user !== undefined) return userExists()
    if (request.flow === 'signin' && user === undefined && isKnowable) return userNotFound()
    return undefined
  }

  // CHOOSE: users are never merged, so a number that is another user's login ID is a conflict whether or not
  // `failOnConflict` is set, and `onMergeUseExisting` has no effect; nOTP contract 11.
  function updateConflict({ user, addToLoginIDs }: UpdateRequest, phone = '') {
    if (!addToLoginIDs || phone === '' || user.loginIds.includes(phone)) return undefined
    if (users.find(phone) !== undefined) return userExists()
    if (user.loginIds.length >= MOST_LOGIN_IDS) return invalidArgument('The user has too many login IDs.')
    return undefined
  }

  /** The only number that the message may come from; `undefined` lets any. */
  function expectedSender(request: LoginRequest): string | undefined {
    if (request.flow === 'update') return request.phone
    if (v.is(PhoneNumber, request.loginId)) return request.loginId
    return request.flow === 'signup' ? request.phone : userOf(request)?.phone
  }

  function settle(request: LoginRequest, phone: string): Outcome {
    const error = conflict(request, phone)
    if (error !== undefined) return { error }
    if (request.flow === 'update') {
      request.user.phone = phone
      if (request.addToLoginIDs) users.addLoginId(request.user, phone)
      return { user: request.user, firstSeen: false }
    }
    const known = userOf(request, phone)
    const profile = request.flow === 'signup' ? request.profile : {}
    const user = known ?? users.create({ loginId: request.loginId || phone, phone, profile })
    // CHOOSE: whoever signs in to a tenant belongs to it, for there is no other way to; nOTP contract 5.
    if (request.tenantId !== undefined) user.tenantIds.set(request.tenantId, true)
    return { user, firstSeen: known === undefined }
  }

  async function issue(request: LoginRequest, user: NotpUser): Promise<IssuedTokens> {
    const { customClaims, tenantId } = request
    const { factor, revokeOtherSessions } = request.flow === 'signin' ? request : {}
    const amr = factor?.mfa ? [...new Set([...factor.of.details.amr, METHOD, 'mfa'])] : [METHOD]
    const details: SessionDetails = { amr, customClaims, tenantId }
    const issued = await sessions.create(user, details, { isStepUp: factor?.stepup === true })
    if (revokeOtherSessions) sessions.endOthers(issued.session)
    return issued
  }

  return {
    start(request) {
      const { loginId } = request
      const caller = callerOf(request)
      if (caller !== undefined && loginId !== '' && users.find(loginId) !== caller)
        throw invalidArgument('"loginId" is not that of the user.')
      const error = conflict(request)
      if (error !== undefined) throw error

      const subject = loginId || caller?.userId
      const { retryAfter } =
        subject === undefined ? {} : limits.take(JSON.stringify(['notp', subject]), STARTS)
      if (retryAfter !== undefined) throw tooManyStarts(retryAfter)

      const expiresAt = clock.now() + lifetimeMs(config)
      const login = { pendingRef: randomBase64Url(32), code: newLinkCode(), request, expiresAt }
      logins.set(login.pendingRef, login)
      return login
    },

    find({ pendingRef, code }) {
      const given = code === undefined ? undefined : codeIn(code)
      const login =
        pendingRef === undefined
          ? [...logins.values()].find(each => each.code === given)
          : logins.get(pendingRef)
      if (login === undefined) throw new ApiError(404, 'not_found', 'This code is unknown or has expired.')
      return login
    },

    receive(login, phone) {
      if (login.outcome !== undefined) throw invalidRequest('The message has arrived already.')
      if (isOver(login)) throw invalidRequest('The code has expired.')
      const sender = expectedSender(login.request)
      if (sender !== undefined && sender !== phone)
        throw invalidRequest('The message has to come from the number that it is about.')
      login.outcome = settle(login.request, phone)
      login.expiresAt = Math.max(login.expiresAt, clock.now() + GRACE_MS)
      return login.outcome
    },

    async collect(pendingRef) {
      const login = logins.get(pendingRef)
      if (login === undefined || isOver(login)) throw unknownLogin()
      const { outcome } = login
      if (outcome === undefined) throw notVerified()
      if ('error' in outcome) throw outcome.error
      if (outcome.issued === undefined) {
        outcome.issued = issue(login.request, outcome.user)
        login.expiresAt = clock.now() + GRACE_MS
      }
      return { issued: await outcome.issued, firstSeen: outcome.firstSeen }
    },

    sweep() {
      for (const [pendingRef, login] of logins) if (isOver(login)) logins.delete(pendingRef)
    },
    clear: () => logins.clear(),
  }
}

/** Whose refresh token came with the request, where that matters. */
function callerOf(request: LoginRequest): NotpUser | undefined {
  if (request.flow === 'update') return request.user
  return request.flow === 'signin' ? request.factor?.of.user : undefined
}

/** The message that the link writes for the user. */
export const linkOf = ({ code, request }: PendingLogin) =>
  messageLink(request.flow === 'update' ? 'Please confirm my number.' : 'Please sign me in.', code)
