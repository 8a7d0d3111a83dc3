/**
 * Push and QR code challenges, which a user approves or rejects on another device.
 *
 * The routes decide who may start and respond. A challenge must still be open when a response is recorded, so of
 * several simultaneous ones one counts.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import { invalidRequest, notFound } from '../lib/errors.js'
import type { Random } from '../lib/random.js'
import { JsonText, listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import { type ActionReference, ActionReferenceState, type Actions, referenceTo } from './actions.js'
import { preferred, verifiedOf } from './authenticators.js'
import type { Enrolments } from './enrolments.js'
import { ActionCode, Id } from './fields.js'
import { requireReadScope } from './scopes.js'
import type { Caller } from './tokens.js'
import type { DeviceAuthenticator, Users } from './users.js'

/** A push or QR code challenge. */
export interface Approval {
  readonly challengeId: string
  readonly kind: 'PUSH' | 'QR_CODE'
  /** The secret of the browser that shows a QR code. */
  readonly deviceCode?: string | undefined
  /** The action of the token it was started with; none while no user is known. */
  readonly actionId?: string | undefined
  readonly actionCode: string
  readonly idempotencyKey: string
  /** As JSON text. */
  readonly custom?: string | undefined
  readonly userAgent?: string | undefined
  /** The only device that may respond. */
  readonly userAuthenticatorId?: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
  state: 'unclaimed' | 'claimed' | 'approved' | 'rejected'
  userId?: string | undefined
  /** The action of a challenge that has its response. */
  action?: ActionReference
}

/** Called with each new state of a challenge. */
export type ApprovalObserver = (approval: Approval) => void

interface ApprovalsState {
  readonly approvals: readonly Approval[]
}

export interface Approvals extends Records<ApprovalsState> {
  /** Starts a push challenge on all of the user's devices or on the named one; throws when there is none. */
  startPush(caller: Caller, input: PushInput): { readonly approval: Approval; readonly deviceIds: string[] }
  /** Starts a QR code challenge. With a caller only that user may claim it. */
  startQr(caller: Caller | undefined, input: QrInput): Approval
  /** Throws `not_found`. */
  find(kind: Approval['kind'], challengeId: string): Approval
  /** The challenges without a response, of one user or of all, oldest first. */
  pending(kind: Approval['kind'], userId: string | undefined): Approval[]
  /** A user has scanned the code. */
  claim(approval: Approval, userId: string): void
  /**
   * Records the user's response. `device` is the one that responded, when it is known. Rejects when a webhook refuses
   * an approval; the challenge then stays open.
   */
  respond(approval: Approval, isApproved: boolean, device?: DeviceAuthenticator): Promise<void>
  observe(challengeId: string, observer: ApprovalObserver): void
  /** Removes an observer of a challenge, which may have been deleted already. */
  unobserve(challengeId: string, observer: ApprovalObserver): void
  isExpired(approval: Approval): boolean
}

interface PushInput {
  readonly userAuthenticatorId?: string | undefined
  readonly userAgent?: string | undefined
}

interface QrInput {
  /** The action to complete while no user is known. Otherwise it is the action of the token. */
  readonly actionCode?: string | undefined
  /** As JSON text. */
  readonly custom?: string | undefined
  readonly userAgent?: string | undefined
}

const schema: Schemas<ApprovalsState> = {
  approvals: listOf(
    v.strictObject({
      challengeId: Id,
      kind: v.picklist(['PUSH', 'QR_CODE']),
      deviceCode: maybe(Text),
      actionId: maybe(Id),
      actionCode: ActionCode,
      idempotencyKey: Id,
      custom: maybe(JsonText),
      userAgent: maybe(Text),
      userAuthenticatorId: maybe(Id),
      createdAt: Time,
      expiresAt: Time,
      state: v.picklist(['unclaimed', 'claimed', 'approved', 'rejected']),
      userId: maybe(Id),
      action: maybe(ActionReferenceState),
    }),
    'challengeId',
  ),
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly random: Random
  readonly users: Users
  readonly actions: Actions
  readonly enrolments: Enrolments
}

const DEVICE_CODE_BYTES = 16

/** Anyone can start one, with 4 kB of custom data. */
const CAPACITY = 2_000

/** An expired challenge is kept this long, so that a poll gets "expired" and not "not found". */
const RETENTION_MS = 60 * 60_000

export function createApprovals({ config, clock, random, users, actions, enrolments }: Parts): Approvals {
  const approvals = new BoundedMap<string, Approval>(CAPACITY)
  /** By challenge ID. Open connections are not part of a challenge's record. */
  const observers = new Map<string, Set<ApprovalObserver>>()

  function start(details: Omit<Approval, 'challengeId' | 'createdAt' | 'expiresAt'>): Approval {
    const createdAt = clock.now()
    const expiresAt = createdAt + lifetimeMs(config)
    const approval: Approval = { ...details, challengeId: random.id(), createdAt, expiresAt }
    approvals.set(approval.challengeId, approval)
    return approval
  }

  const isExpired = ({ expiresAt }: Approval) => expiresAt <= clock.now()

  function requireOpen(approval: Approval) {
    if (isExpired(approval)) throw invalidRequest('The challenge has expired.')
    if (hasResponse(approval)) throw invalidRequest('The challenge was approved or rejected already.')
  }

  function setState(approval: Approval, state: Approval['state']) {
    approval.state = state
    for (const observer of [...(observers.get(approval.challengeId) ?? [])]) observer(approval)
  }

  /** The device of a response that names none: that of the challenge, else the user's preferred one. */
  function deviceOf({ kind, userId, userAuthenticatorId }: Approval): DeviceAuthenticator | undefined {
    const user = users.find(userId!)
    if (kind !== 'PUSH' || user === undefined) return undefined
    if (userAuthenticatorId === undefined) return preferred(user, 'PUSH')
    return verifiedOf(user, 'PUSH').find(each => each.userAuthenticatorId === userAuthenticatorId)
  }

  return {
    startPush({ user, action, scopes }, { userAuthenticatorId, userAgent }) {
      requireReadScope(scopes)
      const devices = verifiedOf(user, 'PUSH').map(device => device.userAuthenticatorId)
      if (devices.length === 0) throw invalidRequest('The user has no PUSH authenticator.')
      if (userAuthenticatorId !== undefined && !devices.includes(userAuthenticatorId))
        throw notFound('authenticator')
      const { id, userId, actionCode, idempotencyKey } = action
      const approval = start({
        kind: 'PUSH',
        actionId: id,
        userId,
        actionCode,
        idempotencyKey,
        userAuthenticatorId,
        userAgent,
        state: 'claimed',
      })
      return { approval, deviceIds: userAuthenticatorId === undefined ? devices : [userAuthenticatorId] }
    },

    startQr(caller, { actionCode, custom, userAgent }) {
      const shared = { kind: 'QR_CODE', state: 'unclaimed', userAgent } as const
      const deviceCode = random.hex(DEVICE_CODE_BYTES)
      if (caller !== undefined) {
        requireReadScope(caller.scopes)
        const { id, userId, actionCode, idempotencyKey } = caller.action
        return start({ ...shared, deviceCode, actionId: id, userId, actionCode, idempotencyKey })
      }
      if (actionCode === undefined) throw invalidRequest('"action" is missing or not valid.')
      return start({ ...shared, deviceCode, actionCode, idempotencyKey: random.id(), custom })
    },

    find(kind, challengeId) {
      const approval = approvals.get(challengeId)
      if (approval?.kind !== kind) throw notFound('challenge')
      return approval
    },

    pending: (kind, userId) =>
      [...approvals.values()].filter(
        each =>
          each.kind === kind &&
          (userId === undefined || each.userId === userId) &&
          !hasResponse(each) &&
          !isExpired(each),
      ),

    claim(approval, userId) {
      requireOpen(approval)
      if (approval.userId !== undefined && approval.userId !== userId)
        throw invalidRequest('The challenge belongs to another user.')
      users.ensure(userId)
      approval.userId = userId
      if (approval.state === 'unclaimed') setState(approval, 'claimed')
    },

    async respond(approval, isApproved, device = deviceOf(approval)) {
      requireOpen(approval)
      const { kind, userId, actionCode, idempotencyKey } = approval
      const user = userId === undefined ? undefined : users.find(userId)
      if (approval.state !== 'claimed' || user === undefined)
        throw invalidRequest('The challenge was not claimed by anyone.')
      if (kind === 'PUSH' && device === undefined) throw invalidRequest('The device was removed.')

      const action = actions.ensure({ userId: user.userId, actionCode, idempotencyKey })
      if (isApproved) {
        await actions.permit(action)
        requireOpen(approval)
        if (device !== undefined && !user.authenticators.includes(device))
          throw invalidRequest('The device was removed.')
      }
      approval.action = referenceTo(action)
      if (!isApproved) actions.fail(action)
      else {
        if (device !== undefined) enrolments.confirm(user, device)
        actions.complete(action, kind === 'PUSH' ? 'PUSH' : 'DEVICE', device?.userAuthenticatorId)
      }
      setState(approval, isApproved ? 'approved' : 'rejected')
    },

    observe(challengeId, observer) {
      observers.set(challengeId, (observers.get(challengeId) ?? new Set()).add(observer))
    },
    unobserve(challengeId, observer) {
      const remaining = observers.get(challengeId)
      remaining?.delete(observer)
      if (remaining?.size === 0) observers.delete(challengeId)
    },

    isExpired,
    get size() {
      return approvals.size
    },
    forgetUser: id => approvals.deleteWhere(({ userId }) => userId === id),
    sweep: () => approvals.deleteWhere(({ expiresAt }) => expiresAt + RETENTION_MS <= clock.now()),
    clear: () => approvals.clear(),
    schema,
    save: () => ({ approvals: [...approvals.values()] }),
    load: state => approvals.replace(state.approvals.map(each => [each.challengeId, each])),
  }
}

export const hasResponse = ({ state }: Approval) => state === 'approved' || state === 'rejected'
