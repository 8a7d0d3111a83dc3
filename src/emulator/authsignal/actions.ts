/**
 * Actions: what a backend tracks, and the state it is in (`docs/protocol.md`, "Authsignal Server API").
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import type { Clock } from '../lib/clock.js'
import { invalidRequest } from '../lib/errors.js'
import type { Random } from '../lib/random.js'
import { listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import { isEnrolled } from './authenticators.js'
import { ActionCode, Id, VerificationMethodName } from './fields.js'
import type { ContactMethodName, VerificationMethod } from './methods.js'
import { seenDevice } from './user-devices.js'
import type { User, Users } from './users.js'

export const ACTION_STATES = [
  'ALLOW',
  'BLOCK',
  'CHALLENGE_REQUIRED',
  'CHALLENGE_SUCCEEDED',
  'CHALLENGE_FAILED',
  'REVIEW_REQUIRED',
  'REVIEW_SUCCEEDED',
  'REVIEW_FAILED',
] as const

export type ActionState = (typeof ACTION_STATES)[number]

/** What rules decide for an action when it is tracked. */
export const OUTCOMES = ['ALLOW', 'CHALLENGE', 'REVIEW', 'BLOCK'] as const

export type Outcome = (typeof OUTCOMES)[number]

/** The fields of a track call that the hosted UI and a user without authenticators need later. */
export interface TrackedDetails {
  /** The device that the user is on. */
  readonly deviceId?: string | undefined
  readonly ipAddress?: string | undefined
  readonly userAgent?: string | undefined
  readonly redirectUrl?: string | undefined
  readonly redirectToSettings?: boolean | undefined
  readonly email?: string | undefined
  readonly phoneNumber?: string | undefined
}

export interface ActionKey {
  readonly userId: string
  readonly actionCode: string
  readonly idempotencyKey: string
}

/** Identifies an action in tokens and in other records. */
export interface ActionReference extends ActionKey {
  /** Differs from that of an earlier action with the same key that a reset or a deletion removed. */
  readonly id: string
}

export interface Action extends ActionReference {
  readonly outcome: Outcome
  readonly createdAt: number
  state: ActionState
  updatedAt: number
  stateUpdatedAt: number
  /** The states before this one, oldest first. */
  earlierStates?: readonly EarlierState[]
  details: TrackedDetails
  verificationMethod?: VerificationMethod
  verifiedByAuthenticatorId?: string
  /** The ID of the latest challenge by each method. A client's verify call is about that one. */
  latestChallenges?: { readonly [Method in ContactMethodName]?: string | undefined }
}

interface EarlierState {
  readonly state: ActionState
  readonly since: number
}

interface ActionsState {
  readonly actions: readonly Action[]
  /** The outcomes that were set. */
  readonly outcomes: readonly { readonly action: string; readonly outcome: Outcome }[]
}

/** What happens outside when actions change. */
export interface ActionEvents {
  /** Reports a new action, and each new state of one. */
  action(change: 'created' | 'updated', action: Action): void
  /** Resolves when all webhooks for `action.verify` agree; otherwise throws `delivery_failed`. */
  verify(action: Action): Promise<void>
}

export interface Actions extends Records<ActionsState> {
  find(key: ActionKey): Action | undefined
  /** The actions of a user, oldest first. */
  listOf(userId: string): Action[]
  /** Sets what `track` decides for new actions with this code. */
  setOutcome(actionCode: string, outcome: Outcome): void
  /**
   * Returns the action with this key. A new one gets its state from the outcome that was set for its code,
   * `CHALLENGE` by default; one that exists keeps its state.
   */
  track(user: User, actionCode: string, idempotencyKey: string | undefined, details: TrackedDetails): Action
  /** The action with this key; a new one starts in `CHALLENGE_REQUIRED`. */
  ensure(key: ActionKey): Action
  /**
   * Resolves when webhooks permit that the action succeeds, immediately if none decides about it or it cannot succeed
   * any more. Throws `delivery_failed`, and `invalid_request` when the action was deleted while they decided.
   */
  permit(action: Action): Promise<void>
  /** Records that a challenge or enrolment of the action was verified; by default on the tracked device. */
  complete(
    action: Action,
    method: VerificationMethod,
    userAuthenticatorId: string | undefined,
    deviceId?: string,
  ): void
  /** Records that the user rejected the challenge. */
  fail(action: Action): void
  setState(action: Action, state: ActionState): void
}

const CAPACITY = { actions: 20_000, outcomes: 1000, earlierStates: 20 }

const FIRST_STATE: Record<Outcome, ActionState> = {
  ALLOW: 'ALLOW',
  CHALLENGE: 'CHALLENGE_REQUIRED',
  REVIEW: 'REVIEW_REQUIRED',
  BLOCK: 'BLOCK',
}

/** An action in tokens and in other records. */
export const ActionReferenceState = v.strictObject({
  id: Id,
  userId: Id,
  actionCode: ActionCode,
  idempotencyKey: Id,
})

const schema: Schemas<ActionsState> = {
  actions: listOf(
    v.strictObject({
      ...ActionReferenceState.entries,
      outcome: v.picklist(OUTCOMES),
      createdAt: Time,
      state: v.picklist(ACTION_STATES),
      updatedAt: Time,
      stateUpdatedAt: Time,
      earlierStates: maybe(
        v.pipe(v.array(v.strictObject({ state: v.picklist(ACTION_STATES), since: Time })), v.readonly()),
      ),
      details: v.strictObject({
        deviceId: maybe(Text),
        ipAddress: maybe(Text),
        userAgent: maybe(Text),
        redirectUrl: maybe(Text),
        redirectToSettings: maybe(v.boolean()),
        email: maybe(Text),
        phoneNumber: maybe(Text),
      }),
      verificationMethod: maybe(VerificationMethodName),
      verifiedByAuthenticatorId: maybe(Id),
      latestChallenges: maybe(
        v.strictObject({
          SMS: maybe(Id),
          WHATSAPP: maybe(Id),
          EMAIL_OTP: maybe(Id),
          EMAIL_MAGIC_LINK: maybe(Id),
        }),
      ),
    }),
    'id',
  ),
  outcomes: listOf(v.strictObject({ action: ActionCode, outcome: v.picklist(OUTCOMES) }), 'action'),
}

export const referenceTo = ({ id, userId, actionCode, idempotencyKey }: Action): ActionReference => ({
  id,
  userId,
  actionCode,
  idempotencyKey,
})

export function createActions(clock: Clock, users: Users, random: Random, events: ActionEvents): Actions {
  const actions = new BoundedMap<string, Action>(CAPACITY.actions)
  const outcomes = new BoundedMap<string, Outcome>(CAPACITY.outcomes)

  const mapKey = ({ userId, actionCode, idempotencyKey }: ActionKey) =>
    JSON.stringify([userId, actionCode, idempotencyKey])

  const find = (key: ActionKey) => actions.get(mapKey(key))

  function add(
    { userId, actionCode, idempotencyKey }: ActionKey,
    outcome: Outcome,
    state: ActionState,
    details: TrackedDetails = {},
  ): Action {
    const now = clock.now()
    const times = { createdAt: now, updatedAt: now, stateUpdatedAt: now }
    const action = {
      userId,
      actionCode,
      idempotencyKey,
      ...times,
      id: random.id(),
      outcome,
      state,
      details,
    }
    actions.set(mapKey(action), action)
    events.action('created', action)
    return action
  }

  function setState(action: Action, state: ActionState) {
    const now = clock.now()
    const isNew = action.state !== state
    if (isNew) {
      const { earlierStates = [], stateUpdatedAt } = action
      const earlier = { state: action.state, since: stateUpdatedAt }
      action.earlierStates = [...earlierStates.slice(1 - CAPACITY.earlierStates), earlier]
      action.stateUpdatedAt = now
    }
    action.state = state
    action.updatedAt = now
    if (isNew) events.action('updated', action)
  }

  /** Whether a challenge may still change the state. */
  const isOpen = ({ state }: Action) => state === 'CHALLENGE_REQUIRED' || state === 'ALLOW'

  return {
    find,
    listOf: userId => [...actions.values()].filter(action => action.userId === userId),
    setOutcome(actionCode, outcome) {
      outcomes.set(actionCode, outcome)
    },
    track(user, actionCode, idempotencyKey = random.id(), details) {
      const key = { userId: user.userId, actionCode, idempotencyKey }
      const outcome = outcomes.get(actionCode) ?? 'CHALLENGE'
      // A user without authenticators cannot be challenged.
      const state = outcome === 'CHALLENGE' && !isEnrolled(user) ? 'ALLOW' : FIRST_STATE[outcome]
      const action = find(key) ?? add(key, outcome, state, details)
      action.details = { ...action.details, ...details }
      seenDevice(user, details.deviceId, clock.now())
      return action
    },
    ensure: key => find(key) ?? add(key, 'CHALLENGE', 'CHALLENGE_REQUIRED'),
    async permit(action) {
      if (!isOpen(action)) return
      await events.verify(action)
      if (find(action) !== action) throw invalidRequest('The action was deleted.')
    },
    complete(action, method, userAuthenticatorId, deviceId = action.details.deviceId) {
      if (!isOpen(action)) return
      action.verificationMethod = method
      if (userAuthenticatorId !== undefined) action.verifiedByAuthenticatorId = userAuthenticatorId
      setState(action, 'CHALLENGE_SUCCEEDED')
      const user = users.find(action.userId)
      const device = user && seenDevice(user, deviceId, clock.now())
      if (device === undefined) return
      device.authenticatedAt = clock.now()
      device.lastVerificationMethod = method
    },
    fail(action) {
      if (isOpen(action)) setState(action, 'CHALLENGE_FAILED')
    },
    setState,
    get size() {
      return actions.size
    },
    forgetUser: userId => actions.deleteWhere(action => action.userId === userId),
    clear() {
      actions.clear()
      outcomes.clear()
    },
    schema,
    save: () => ({
      actions: [...actions.values()],
      outcomes: Array.from(outcomes, ([action, outcome]) => ({ action, outcome })),
    }),
    load(state) {
      actions.replace(state.actions.map(action => [mapKey(action), action]))
      outcomes.replace(state.outcomes.map(({ action, outcome }) => [action, outcome]))
    },
  }
}
