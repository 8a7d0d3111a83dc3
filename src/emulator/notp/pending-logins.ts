/**
 * Logins that wait for a WhatsApp message: started by a call, verified by the message, completed by a poll.
 *
 * All decisions are synchronous, so of several simultaneous messages one counts.
 */

import * as v from 'valibot'
import { Id } from '../authsignal/fields.js'
import { contactMethod, PHONE_NUMBER } from '../authsignal/methods.js'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import { ApiError, invalidRequest } from '../lib/errors.js'
import type { Limits } from '../lib/limits.js'
import type { Random } from '../lib/random.js'
import { JsonText, listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import {
  invalidArgument,
  notVerified,
  tooManyStarts,
  unknownLogin,
  userExists,
  userNotFound,
} from './errors.js'
import {
  type IssuedTokens,
  type NotpSession,
  NotpSessionState,
  type NotpSessions,
  type SessionDetails,
} from './sessions.js'
import { MAX_LOGIN_IDS, type NotpUser, type NotpUsers, type Profile, ProfileState } from './users.js'

/** The request of a start call. Flows are named like their paths. */
export type LoginRequest =
  | (Shared & {
      readonly flow: 'signup'
      readonly profile: Profile
      /** The number that the message has to come from, when the login ID is not one. */
      readonly phone?: string | undefined
    })
  | (Shared & {
      readonly flow: 'signin'
      /** The session that gets a further factor. */
      readonly factor?:
        | { readonly of: NotpSession; readonly stepup: boolean; readonly mfa: boolean }
        | undefined
      readonly revokeOtherSessions?: boolean | undefined
    })
  | (Shared & { readonly flow: 'signup-in' })
  | UpdateRequest

interface UpdateRequest extends Shared {
  readonly flow: 'update'
  readonly userId: string
  /** The new number; the sender's by default. */
  readonly phone?: string | undefined
  readonly addToLoginIDs: boolean
}

interface Shared {
  /** Empty for the number that the message comes from. */
  readonly loginId: string
  /** As JSON text. */
  readonly customClaims?: string | undefined
  readonly tenantId?: string | undefined
}

export interface PendingLogin {
  readonly pendingRef: string
  /** The code in the message. It reveals nothing about `pendingRef`. */
  readonly code: string
  readonly request: LoginRequest
  /** When it expires. Later once it was verified or completed. */
  expiresAt: number
  outcome?: Outcome
}

/** The result of the message. */
export type Outcome =
  | { readonly userId: string; readonly firstSeen: boolean; issued?: IssuedTokens }
  | { readonly refusal: Refusal }

export type Refusal = Pick<ApiError, 'status' | 'code' | 'description'>

interface PendingLoginsState {
  readonly notpLogins: readonly PendingLogin[]
}

export interface PendingLogins extends Records<PendingLoginsState> {
  /** Starts a login; throws when it certainly cannot succeed. */
  start(request: LoginRequest): PendingLogin
  /** By its reference, or by a message with its code. Throws `not_found`. */
  find(key: { readonly pendingRef?: string | undefined; readonly code?: string | undefined }): PendingLogin
  /** Records a message from this number; throws when it has no effect. */
  receive(login: PendingLogin, phone: string): Outcome
  /** The tokens of a login whose message has arrived; throws otherwise. */
  collect(pendingRef: string): Promise<{ readonly issued: IssuedTokens; readonly firstSeen: boolean }>
}

/** Anyone can start one, with 4 kB of claims. */
const CAPACITY = 2_000

/** A success can be read again this long, because polls overlap and responses get lost. */
const GRACE_MS = 10_000

/** The limit of starts is that of codes by WhatsApp. Upstream does not document it. */
const STARTS = contactMethod('WHATSAPP').sends

const METHOD = 'whatsapp'

/** A number reserved for fiction. */
const BUSINESS_NUMBER = '12025550100'

const CODE_LENGTH = 16

const request = { loginId: Text, customClaims: maybe(JsonText), tenantId: maybe(Id) }

const RequestState = v.variant('flow', [
  v.strictObject({ ...request, flow: v.literal('signup'), profile: ProfileState, phone: maybe(Text) }),
  v.strictObject({
    ...request,
    flow: v.literal('signin'),
    factor: maybe(v.strictObject({ of: NotpSessionState, stepup: v.boolean(), mfa: v.boolean() })),
    revokeOtherSessions: maybe(v.boolean()),
  }),
  v.strictObject({ ...request, flow: v.literal('signup-in') }),
  v.strictObject({
    ...request,
    flow: v.literal('update'),
    userId: Id,
    phone: maybe(Text),
    addToLoginIDs: v.boolean(),
  }),
])

const OutcomeState = v.union(
  [
    v.strictObject({
      userId: Id,
      firstSeen: v.boolean(),
      issued: maybe(
        v.strictObject({ session: NotpSessionState, sessionJwt: v.string(), sessionExpiresAt: Time }),
      ),
    }),
    v.strictObject({
      refusal: v.strictObject({ status: v.number(), code: Text, description: Text }),
    }),
  ],
  'a user or a refusal',
)

const schema: Schemas<PendingLoginsState> = {
  notpLogins: listOf(
    v.strictObject({
      pendingRef: Text,
      code: Text,
      request: RequestState,
      expiresAt: Time,
      outcome: maybe(OutcomeState),
    }),
    'pendingRef',
  ),
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly random: Random
  readonly limits: Limits
  readonly users: NotpUsers
  readonly sessions: NotpSessions
}

export function createPendingLogins({
  config,
  clock,
  random,
  limits,
  users,
  sessions,
}: Parts): PendingLogins {
  const logins = new BoundedMap<string, PendingLogin>(CAPACITY)
  /** Tokens that are being signed. Polls that overlap get the same ones. */
  const issuing = new WeakMap<PendingLogin, Promise<IssuedTokens>>()

  const isExpired = ({ expiresAt }: PendingLogin) => expiresAt <= clock.now()

  /** The user of the refresh token in the request, for the flows that need one. */
  function callerOf(request: LoginRequest): NotpUser | undefined {
    if (request.flow === 'update') return users.get(request.userId)
    return request.flow === 'signin' && request.factor ? users.get(request.factor.of.userId) : undefined
  }

  /** The user of the request, if the request or the sender determines one. */
  const userOf = (request: LoginRequest, sender = '') =>
    callerOf(request) ?? users.find(request.loginId || sender)

  /** The reason why the login cannot succeed. Before the message there is no sender. */
  function conflict(request: LoginRequest, sender?: string): ApiError | undefined {
    if (request.flow === 'update') return updateConflict(request, sender ?? request.phone)
    const user = userOf(request, sender)
    const isKnowable = request.loginId !== '' || sender !== undefined
    if (request.flow === 'signup' && user !== undefined) return userExists()
    if (request.flow === 'signin' && user === undefined && isKnowable) return userNotFound()
    return undefined
  }

  // Users are never merged. A number that is another user's login ID is always a conflict, so `failOnConflict`
  // and `onMergeUseExisting` have no effect.
  function updateConflict({ userId, addToLoginIDs }: UpdateRequest, phone = '') {
    const user = users.get(userId)
    if (user === undefined) return userNotFound()
    if (!addToLoginIDs || phone === '' || user.loginIds.includes(phone)) return undefined
    if (users.find(phone) !== undefined) return userExists()
    if (user.loginIds.length >= MAX_LOGIN_IDS) return invalidArgument('The user has too many login IDs.')
    return undefined
  }

  /** The number that the message has to come from; `undefined` allows any. */
  function expectedSender(request: LoginRequest): string | undefined {
    if (request.flow === 'update') return request.phone
    if (PHONE_NUMBER.test(request.loginId)) return request.loginId
    return request.flow === 'signup' ? request.phone : userOf(request)?.phone
  }

  function resolve(request: LoginRequest, phone: string): Outcome {
    const error = conflict(request, phone)
    if (error !== undefined) {
      const { status, code, description } = error
      return { refusal: { status, code, description } }
    }
    const known = userOf(request, phone)
    if (request.flow === 'update' && known !== undefined) {
      known.phone = phone
      if (request.addToLoginIDs) users.addLoginId(known, phone)
      return { userId: known.userId, firstSeen: false }
    }
    const profile = request.flow === 'signup' ? request.profile : {}
    const user = known ?? users.create({ loginId: request.loginId || phone, phone, profile })
    // Signing in to a tenant adds the user to it; the emulator has no other call for that.
    if (request.tenantId !== undefined) users.addTenant(user, request.tenantId)
    return { userId: user.userId, firstSeen: known === undefined }
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

  /** Issues tokens, once also when polls overlap. */
  function tokensOf(login: PendingLogin, userId: string): Promise<IssuedTokens> {
    const running = issuing.get(login)
    if (running !== undefined) return running
    const user = users.get(userId)
    if (user === undefined) throw userNotFound()
    const started = issue(login.request, user)
    issuing.set(login, started)
    login.expiresAt = clock.now() + GRACE_MS
    return started
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
      const login = { pendingRef: random.base64Url(32), code: random.text(CODE_LENGTH), request, expiresAt }
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
      if (isExpired(login)) throw invalidRequest('The code has expired.')
      const sender = expectedSender(login.request)
      if (sender !== undefined && sender !== phone)
        throw invalidRequest('The message has to come from the number that it is about.')
      login.outcome = resolve(login.request, phone)
      login.expiresAt = Math.max(login.expiresAt, clock.now() + GRACE_MS)
      return login.outcome
    },

    async collect(pendingRef) {
      const login = logins.get(pendingRef)
      if (login === undefined || isExpired(login)) throw unknownLogin()
      const { outcome } = login
      if (outcome === undefined) throw notVerified()
      if ('refusal' in outcome) {
        const { status, code, description } = outcome.refusal
        throw new ApiError(status, code, description)
      }
      outcome.issued ??= await tokensOf(login, outcome.userId)
      return { issued: outcome.issued, firstSeen: outcome.firstSeen }
    },

    get size() {
      return logins.size
    },
    sweep: () => logins.deleteWhere(isExpired),
    clear: () => logins.clear(),
    schema,
    save: () => ({ notpLogins: [...logins.values()] }),
    load: ({ notpLogins }) => logins.replace(notpLogins.map(each => [each.pendingRef, each])),
  }
}

/** The link that opens WhatsApp with the message written. */
export function linkOf({ code, request }: PendingLogin): string {
  const sentence = request.flow === 'update' ? 'Please confirm my number.' : 'Please sign me in.'
  return `https://wa.me/${BUSINESS_NUMBER}?text=${encodeURIComponent(`${sentence} My code: ${code}`)}`
}

/** The code in a message, whatever else the sender wrote. */
const codeIn = (message: string) => /\b[A-Za-z0-9]{16}\b/.exec(message)?.[0]
