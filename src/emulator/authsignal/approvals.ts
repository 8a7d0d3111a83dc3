/**
 * Push and QR code challenges: somebody is asked on another device, and says yes or no.
 *
 * Who may ask and answer over which route is known there; all of this is synchronous, so of any number of
 * simultaneous answers one counts.
 */

import type { Clock } from '../lib/clock.js'
import { invalidRequest, notFound } from '../lib/errors.js'
import { newId, randomHex } from '../lib/secrets.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import type { Actions } from './actions.js'
import { confirm, preferred, verifiedOf } from './authenticators.js'
import { requireReadScope } from './scopes.js'
import type { Approval, DeviceAuthenticator, Store } from './store.js'
import type { Caller } from './tokens.js'

export interface Approvals {
  /** Asks the user's devices, or the one that is named; throws when there is none. */
  startPush(caller: Caller, input: PushInput): { readonly approval: Approval; readonly asked: string[] }
  /** Asks whoever scans the code, or the token's user only. */
  startQr(caller: Caller | undefined, input: QrInput): Approval
  /** Throws `not_found`. */
  find(kind: Approval['kind'], challengeId: string): Approval
  /** The challenges that wait for an answer, of one user or of all, oldest first. */
  pending(kind: Approval['kind'], userId: string | undefined): Approval[]
  /** A user has scanned the code. */
  claim(approval: Approval, userId: string): void
  /** The user has answered, on a device when it is known which. */
  respond(approval: Approval, isApproved: boolean, device?: DeviceAuthenticator): void
  isExpired(approval: Approval): boolean
}

interface PushInput {
  readonly userAuthenticatorId?: string | undefined
  readonly userAgent?: string | undefined
}

interface QrInput {
  /** The action of a user who is not known; that of the token counts otherwise (contract 3.10). */
  readonly actionCode?: string | undefined
  /** As JSON text. */
  readonly custom?: string | undefined
  readonly userAgent?: string | undefined
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly store: Store
  readonly actions: Actions
}

const DEVICE_CODE_BYTES = 16

export function createApprovals({ config, clock, store, actions }: Parts): Approvals {
  function start(details: Omit<Approval, 'challengeId' | 'createdAt' | 'expiresAt' | 'observers'>): Approval {
    const createdAt = clock.now()
    const expiresAt = createdAt + lifetimeMs(config)
    const approval: Approval = {
      ...details,
      challengeId: newId(),
      createdAt,
      expiresAt,
      observers: new Set(),
    }
    store.approvals.set(approval.challengeId, approval)
    return approval
  }

  const isExpired = ({ expiresAt }: Approval) => expiresAt <= clock.now()

  function requireOpen(approval: Approval) {
    if (isExpired(approval)) throw invalidRequest('The challenge has expired.')
    if (isAnswered(approval)) throw invalidRequest('The challenge was answered already.')
  }

  function setState(approval: Approval, state: Approval['state']) {
    approval.state = state
    for (const observer of [...approval.observers]) observer(approval)
  }

  /** The device that answers: the one that was asked, or the one a simulated phone stands for. */
  function deviceOf({ kind, userId, userAuthenticatorId }: Approval): DeviceAuthenticator | undefined {
    const user = store.users.get(userId!)
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
      return { approval, asked: userAuthenticatorId === undefined ? devices : [userAuthenticatorId] }
    },

    startQr(caller, { actionCode, custom, userAgent }) {
      const shared = { kind: 'QR_CODE', state: 'unclaimed', userAgent } as const
      const deviceCode = randomHex(DEVICE_CODE_BYTES)
      if (caller !== undefined) {
        requireReadScope(caller.scopes)
        const { id, userId, actionCode, idempotencyKey } = caller.action
        return start({ ...shared, deviceCode, actionId: id, userId, actionCode, idempotencyKey })
      }
      if (actionCode === undefined) throw invalidRequest('"action" is missing or not valid.')
      return start({ ...shared, deviceCode, actionCode, idempotencyKey: newId(), custom })
    },

    find(kind, challengeId) {
      const approval = store.approvals.get(challengeId)
      if (approval?.kind !== kind) throw notFound('challenge')
      return approval
    },

    pending: (kind, userId) =>
      [...store.approvals.values()].filter(
        each =>
          each.kind === kind &&
          (userId === undefined || each.userId === userId) &&
          !isAnswered(each) &&
          !isExpired(each),
      ),

    claim(approval, userId) {
      requireOpen(approval)
      if (approval.userId !== undefined && approval.userId !== userId)
        throw invalidRequest('The challenge belongs to another user.')
      store.ensureUser(userId)
      approval.userId = userId
      if (approval.state === 'unclaimed') setState(approval, 'claimed')
    },

    respond(approval, isApproved, device = deviceOf(approval)) {
      requireOpen(approval)
      const { kind, userId, actionCode, idempotencyKey } = approval
      const user = userId === undefined ? undefined : store.users.get(userId)
      if (approval.state !== 'claimed' || user === undefined)
        throw invalidRequest('The challenge was not claimed by anyone.')
      if (kind === 'PUSH' && device === undefined) throw invalidRequest('The device was removed.')

      const action = actions.ensure({ userId: user.userId, actionCode, idempotencyKey })
      approval.action = action
      if (!isApproved) actions.fail(action)
      else {
        if (device !== undefined) confirm(user, device, clock.now())
        actions.complete(action, kind === 'PUSH' ? 'PUSH' : 'DEVICE', device?.userAuthenticatorId)
      }
      setState(approval, isApproved ? 'approved' : 'rejected')
    },

    isExpired,
  }
}

export const isAnswered = ({ state }: Approval) => state === 'approved' || state === 'rejected'
