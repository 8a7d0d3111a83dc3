/**
 * The state machine of an action (contract 4.4).
 */

import type { Clock } from '../lib/clock.js'
import { newId } from '../lib/secrets.js'
import { isEnrolled } from './authenticators.js'
import type { VerificationMethod } from './methods.js'
import type { Action, ActionKey, ActionState, Outcome, Store, TrackedDetails, User } from './store.js'
import { seenDevice } from './user-devices.js'

export interface Actions {
  /**
   * Decides what an action needs. CHOOSE: a key seen before keeps its state, and the outcome is `CHALLENGE`
   * unless one was set; contract 4.4.
   */
  track(user: User, actionCode: string, idempotencyKey: string | undefined, details: TrackedDetails): Action
  /** The action a server-initiated challenge belongs to; waiting for a challenge when it is new. */
  ensure(key: ActionKey): Action
  /** A challenge or enrolment of the action was verified, on the tracked device unless another is named. */
  complete(
    action: Action,
    method: VerificationMethod,
    userAuthenticatorId: string | undefined,
    deviceId?: string,
  ): void
  /** The user has said no. CHOOSE: contract 4.4. */
  fail(action: Action): void
  setState(action: Action, state: ActionState): void
}

const FIRST_STATE: Record<Outcome, ActionState> = {
  ALLOW: 'ALLOW',
  CHALLENGE: 'CHALLENGE_REQUIRED',
  REVIEW: 'REVIEW_REQUIRED',
  BLOCK: 'BLOCK',
}

export function createActions(clock: Clock, store: Store): Actions {
  function add(key: ActionKey, outcome: Outcome, state: ActionState): Action {
    const now = clock.now()
    const times = { createdAt: now, updatedAt: now, stateUpdatedAt: now }
    const action = { ...key, ...times, id: newId(), outcome, state, details: {}, current: new Map() }
    store.addAction(action)
    return action
  }

  function setState(action: Action, state: ActionState) {
    const now = clock.now()
    if (action.state !== state) action.stateUpdatedAt = now
    action.state = state
    action.updatedAt = now
  }

  /** Whether a challenge can still change the state (contract 4.4). */
  const isOpen = ({ state }: Action) => state === 'CHALLENGE_REQUIRED' || state === 'ALLOW'

  return {
    track(user, actionCode, idempotencyKey = newId(), details) {
      const key = { userId: user.userId, actionCode, idempotencyKey }
      const outcome = store.outcomes.get(actionCode) ?? 'CHALLENGE'
      // There is nothing to challenge a user with who has not enrolled.
      const state = outcome === 'CHALLENGE' && !isEnrolled(user) ? 'ALLOW' : FIRST_STATE[outcome]
      const action = store.findAction(key) ?? add(key, outcome, state)
      action.details = { ...action.details, ...details }
      seenDevice(user, details.deviceId, clock.now())
      return action
    },
    ensure: key => store.findAction(key) ?? add(key, 'CHALLENGE', 'CHALLENGE_REQUIRED'),
    complete(action, method, userAuthenticatorId, deviceId = action.details.deviceId) {
      if (!isOpen(action)) return
      setState(action, 'CHALLENGE_SUCCEEDED')
      action.verificationMethod = method
      if (userAuthenticatorId !== undefined) action.verifiedByAuthenticatorId = userAuthenticatorId
      const user = store.users.get(action.userId)
      const device = user && seenDevice(user, deviceId, clock.now())
      if (device === undefined) return
      device.authenticatedAt = clock.now()
      device.lastVerificationMethod = method
    },
    fail(action) {
      if (isOpen(action)) setState(action, 'CHALLENGE_FAILED')
    },
    setState,
  }
}
