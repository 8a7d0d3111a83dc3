/**
 * The records of the emulator, for the inspector and other tools: users, actions, challenges, sessions, and those of nOTP, as
 * lists, newest first. Users can be added. Tokens are not part of them; the codes of authenticator apps are, as on a
 * phone.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { type Action, OUTCOMES } from '../../authsignal/actions.js'
import { type Approval, hasResponse } from '../../authsignal/approvals.js'
import type { Challenge } from '../../authsignal/challenges.js'
import type { Session } from '../../authsignal/sessions.js'
import { currentCode } from '../../authsignal/totp.js'
import type { Authenticator, User } from '../../authsignal/users.js'
import type { Ceremony } from '../../authsignal/webauthn/ceremonies.js'
import { CustomData, wholeNumber } from '../../http/fields.js'
import { json } from '../../http/response.js'
import { ActionState, IsoTime, ServerAuthenticator, UserDevice, UserSummary } from '../../http/shapes.js'
import { actionSummary, serverAuthenticator, userDevice, userSummary } from '../../http/views.js'
import { toIso } from '../../lib/clock.js'
import { invalidRequest } from '../../lib/errors.js'
import type { PendingLogin } from '../../notp/pending-logins.js'
import type { NotpSession } from '../../notp/sessions.js'
import type { NotpUser } from '../../notp/users.js'
import { lifetimeMs } from '../../options.js'
import { addUser, SeedUserSchema } from '../../seed.js'
import type { Service } from '../../service.js'
import { controlOperation } from './operation.js'

const ListQuery = v.object({
  userId: v.optional(v.string()),
  search: v.optional(v.pipe(v.string(), v.toLowerCase())),
  limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(1000)), '200'),
})

type ListQuery = v.InferOutput<typeof ListQuery>

interface View {
  readonly userId?: string | undefined
}

const UserRecord = v.strictObject({
  ...UserSummary.entries,
  custom: v.optional(CustomData),
  authenticators: v.array(
    v.strictObject({
      ...ServerAuthenticator.entries,
      isDefault: v.boolean(),
      code: v.optional(v.string()),
      codeExpiresAt: v.optional(IsoTime),
    }),
  ),
  devices: v.array(UserDevice),
})

const ActionRecord = v.looseObject({
  userId: v.string(),
  actionCode: v.string(),
  idempotencyKey: v.string(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  state: ActionState,
  stateUpdatedAt: IsoTime,
  verificationMethod: v.optional(v.string()),
  verifiedByAuthenticatorId: v.optional(v.string()),
  outcome: v.picklist(OUTCOMES),
  history: v.array(v.strictObject({ state: ActionState, since: IsoTime })),
})

const ChallengeRecord = v.strictObject({
  challengeId: v.string(),
  verificationMethod: v.string(),
  state: v.picklist(['valid', 'used', 'replaced', 'expired', 'unclaimed', 'claimed', 'approved', 'rejected']),
  userId: v.optional(v.string()),
  userAuthenticatorId: v.optional(v.string()),
  actionCode: v.optional(v.string()),
  idempotencyKey: v.optional(v.string()),
  purpose: v.optional(v.string()),
  to: v.optional(v.string()),
  createdAt: IsoTime,
  expiresAt: IsoTime,
  verifiedAt: v.optional(IsoTime),
})

const SessionRecord = v.strictObject({
  sessionId: v.string(),
  clientId: v.string(),
  userId: v.string(),
  verificationMethod: v.string(),
  expiresAt: IsoTime,
})

const NotpUserRecord = v.looseObject({
  userId: v.string(),
  loginIds: v.array(v.string()),
  phone: v.string(),
  tenantIds: v.array(v.string()),
  createdAt: IsoTime,
})

/** Without `pendingRef`, which gives its holder the tokens. */
const NotpLoginRecord = v.strictObject({
  code: v.string(),
  flow: v.string(),
  loginId: v.string(),
  state: v.picklist(['waiting', 'approved', 'refused', 'expired']),
  userId: v.optional(v.string()),
  errorCode: v.optional(v.string()),
  errorDescription: v.optional(v.string()),
  expiresAt: IsoTime,
})

const NotpSessionRecord = v.strictObject({
  sessionId: v.string(),
  userId: v.string(),
  amr: v.array(v.string()),
  expiresAt: IsoTime,
})

const ADD_USER = controlOperation({
  id: 'addUser',
  summary: 'Adds a user with verified authenticators',
  body: SeedUserSchema,
  response: UserRecord,
})

const listing = <const Name extends string>(
  id: string,
  summary: string,
  name: Name,
  record: v.GenericSchema,
) =>
  controlOperation({
    id,
    summary: `${summary}, newest first`,
    query: ListQuery,
    response: v.strictObject({ [name]: v.array(record), total: v.number() }),
  })

const LISTS = {
  users: listing('listUsers', 'The users with their authenticators', 'users', UserRecord),
  actions: listing('listActions', 'The actions with their history', 'actions', ActionRecord),
  challenges: listing('listChallenges', 'The challenges of all methods', 'challenges', ChallengeRecord),
  sessions: listing('listSessions', 'The sessions', 'sessions', SessionRecord),
  notpUsers: listing('listNotpUsers', 'The users of nOTP', 'users', NotpUserRecord),
  notpLogins: listing('listNotpLogins', 'The logins of nOTP', 'logins', NotpLoginRecord),
  notpSessions: listing('listNotpSessions', 'The sessions of nOTP', 'sessions', NotpSessionRecord),
}

/** The views that match the query, and how many match in all. */
function select<Item extends View>(
  { userId, search, limit }: ListQuery,
  items: readonly Item[],
  viewOf: (item: Item) => object,
) {
  const ofUser = userId === undefined ? items : items.filter(each => each.userId === userId)
  if (!search) return { total: ofUser.length, views: ofUser.slice(0, limit).map(viewOf) }
  const found = ofUser.map(viewOf).filter(view => JSON.stringify(view).toLowerCase().includes(search))
  return { total: found.length, views: found.slice(0, limit) }
}

export function recordRoutes(service: Service): Hono {
  const { users, actions, sessions, notp } = service

  /** A list in a response, by its name. */
  function list<Item extends View>(
    name: string,
    newestFirst: () => readonly Item[],
    viewOf: (item: Item, service: Service) => object,
  ) {
    return (c: { readonly var: { readonly query: ListQuery } }) => {
      const { total, views } = select(c.var.query, newestFirst(), item => viewOf(item, service))
      return json({ [name]: views, total })
    }
  }

  return new Hono()
    .post('/users', ADD_USER, c => {
      const user = c.var.body
      if (users.find(user.userId) !== undefined) throw invalidRequest('There is a user with this ID already.')
      addUser(service, user)
      return json(userView(users.ensure(user.userId), service))
    })
    .get(
      '/users',
      LISTS.users,
      list('users', () => [...users.all()].reverse(), userView),
    )
    .get(
      '/actions',
      LISTS.actions,
      list('actions', () => actions.save().actions.toReversed(), actionView),
    )
    .get(
      '/challenges',
      LISTS.challenges,
      list(
        'challenges',
        () => challengesOf(service),
        view => view,
      ),
    )
    .get(
      '/sessions',
      LISTS.sessions,
      list('sessions', () => sessions.save().sessions.toReversed(), sessionView),
    )
    .get(
      '/notp/users',
      LISTS.notpUsers,
      list('users', () => notp.users.save().notpUsers.toReversed(), notpUserView),
    )
    .get(
      '/notp/logins',
      LISTS.notpLogins,
      list('logins', () => notp.logins.save().notpLogins.toReversed().map(loginOf), loginView),
    )
    .get(
      '/notp/sessions',
      LISTS.notpSessions,
      list('sessions', () => notp.sessions.save().notpSessions.toReversed(), notpSessionView),
    )
}

const userView = (user: User, service: Service) => ({
  ...userSummary(user),
  ...(user.custom !== undefined && { custom: user.custom }),
  authenticators: user.authenticators.map(each => authenticatorView(each, service)),
  devices: (user.devices ?? []).map(device => userDevice(user.userId, device)),
})

function authenticatorView(authenticator: Authenticator, { clock }: Service) {
  const view = { ...serverAuthenticator(authenticator), isDefault: authenticator.isDefault === true }
  if (!('totp' in authenticator)) return view
  const { code, expiresAt } = currentCode(authenticator.totp, clock.now())
  return { ...view, code, codeExpiresAt: toIso(expiresAt) }
}

function actionView(action: Action) {
  const { userId, outcome, details, earlierStates = [], state, stateUpdatedAt } = action
  const history = [...earlierStates, { state, since: stateUpdatedAt }]
  return {
    userId,
    ...actionSummary(action),
    outcome,
    ...details,
    history: history.map(each => ({ state: each.state, since: toIso(each.since) })),
  }
}

/** All kinds of challenges in one list. */
function challengesOf(service: Service) {
  const { challenges, approvals, ceremonies, actions } = service
  const running = ceremonies.save().ceremonies
  const actionOf = new Map(running.length === 0 ? [] : actions.save().actions.map(each => [each.id, each]))
  return [
    ...challenges.all().map(each => messageChallenge(each, service)),
    ...approvals.save().approvals.map(each => approvalChallenge(each, service)),
    ...running.map(each => ceremonyChallenge(each, actionOf.get(each.actionId ?? ''), service)),
  ].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
}

function messageChallenge(challenge: Challenge, { challenges, config }: Service) {
  const { challengeId, method, userId, actionCode, idempotencyKey, contact, purpose } = challenge
  const { expiresAt, verifiedAt } = challenge
  return {
    challengeId,
    verificationMethod: method,
    state: challenges.codeState(challenge),
    userId,
    actionCode,
    idempotencyKey,
    purpose: purpose.kind,
    to: contact,
    // Of the latest code.
    createdAt: toIso(expiresAt - lifetimeMs(config)),
    expiresAt: toIso(expiresAt),
    ...(verifiedAt !== undefined && { verifiedAt: toIso(verifiedAt) }),
  }
}

function approvalChallenge(approval: Approval, { approvals }: Service) {
  const { challengeId, kind, state, userId, userAuthenticatorId, actionCode, idempotencyKey } = approval
  return {
    challengeId,
    verificationMethod: kind,
    state: !hasResponse(approval) && approvals.isExpired(approval) ? 'expired' : state,
    userId,
    userAuthenticatorId,
    actionCode,
    idempotencyKey,
    createdAt: toIso(approval.createdAt),
    expiresAt: toIso(approval.expiresAt),
  }
}

/** A ceremony is deleted when it has its response, so this one has none. */
function ceremonyChallenge(ceremony: Ceremony, action: Action | undefined, { clock, config }: Service) {
  const { challengeId, method, kind, named, expiresAt } = ceremony
  return {
    challengeId,
    verificationMethod: method,
    state: expiresAt <= clock.now() ? 'expired' : 'valid',
    userId: action?.userId,
    actionCode: (action ?? named)?.actionCode,
    idempotencyKey: (action ?? named)?.idempotencyKey,
    purpose: kind,
    createdAt: toIso(expiresAt - lifetimeMs(config)),
    expiresAt: toIso(expiresAt),
  }
}

function sessionView({ sessionId, clientId, userId, verificationMethod, refreshExpiresAt }: Session) {
  return { sessionId, clientId, userId, verificationMethod, expiresAt: toIso(refreshExpiresAt) }
}

function notpUserView({ userId, loginIds, phone, profile, tenantIds, createdAt }: NotpUser) {
  return { userId, loginIds, phone, ...profile, tenantIds, createdAt: toIso(createdAt) }
}

function notpSessionView({ id, userId, details, refreshExpiresAt }: NotpSession) {
  return { sessionId: id, userId, amr: details.amr, expiresAt: toIso(refreshExpiresAt) }
}

/** A login with the user that it has found. */
const loginOf = (login: PendingLogin) => ({
  login,
  userId: login.outcome !== undefined && 'userId' in login.outcome ? login.outcome.userId : undefined,
})

function loginView({ login, userId }: ReturnType<typeof loginOf>, { clock }: Service) {
  const { code, request, outcome, expiresAt } = login
  const refusal = outcome !== undefined && 'refusal' in outcome ? outcome.refusal : undefined
  const waiting = expiresAt <= clock.now() ? 'expired' : 'waiting'
  return {
    code,
    flow: request.flow,
    loginId: request.loginId,
    state: outcome === undefined ? waiting : refusal === undefined ? 'approved' : 'refused',
    userId,
    ...(refusal !== undefined && { errorCode: refusal.code, errorDescription: refusal.description }),
    expiresAt: toIso(expiresAt),
  }
}
