/**
 * The parts of one emulator, as its routes receive them.
 */

import { type Actions, createActions } from './authsignal/actions.js'
import { type Approvals, createApprovals } from './authsignal/approvals.js'
import { type Challenges, createChallenges } from './authsignal/challenges.js'
import { createDelivery, type Delivery } from './authsignal/delivery.js'
import { createEnrolments, type Enrolments } from './authsignal/enrolments.js'
import { createEvents } from './authsignal/events.js'
import { createSessions, type Sessions } from './authsignal/sessions.js'
import { createTokens, type Tokens } from './authsignal/tokens.js'
import { createUsers, type Users } from './authsignal/users.js'
import { type Browsers, createBrowsers } from './authsignal/webauthn/browsers.js'
import { type Ceremonies, createCeremonies } from './authsignal/webauthn/ceremonies.js'
import type { Records } from './lib/bounded-map.js'
import { createClock, type StatefulClock } from './lib/clock.js'
import type { Fetch } from './lib/exchange.js'
import { createFaults, type StatefulFaults } from './lib/faults.js'
import { createInbox, type Inbox } from './lib/inbox.js'
import { createKeys, type Keys } from './lib/keys.js'
import { createLimits, type Limits } from './lib/limits.js'
import { createRandom, type Random } from './lib/random.js'
import { createRequestLog, type RequestLog } from './lib/request-log.js'
import { type Stateful, Time } from './lib/state.js'
import { createNotp, type Notp } from './notp/notp.js'
import type { EmulatorConfig } from './options.js'
import type { MessageProviders } from './providers/types.js'
import { createSnapshots, type Snapshots } from './snapshot.js'
import type { WebhookSettings } from './webhooks/types.js'
import { createWebhooks, type WebhookQueue } from './webhooks/webhooks.js'

export interface Service {
  readonly config: EmulatorConfig
  readonly clock: StatefulClock
  readonly random: Random
  readonly limits: Limits
  readonly inbox: Inbox
  readonly keys: Keys
  readonly users: Users
  readonly enrolments: Enrolments
  readonly actions: Actions
  readonly challenges: Challenges
  readonly approvals: Approvals
  readonly ceremonies: Ceremonies
  readonly browsers: Browsers
  readonly tokens: Tokens
  readonly sessions: Sessions
  readonly notp: Notp
  readonly requestLog: RequestLog
  readonly faults: StatefulFaults
  readonly webhooks: WebhookQueue
  readonly delivery: Delivery
  /** Deletes a user of the Authsignal API, with everything that belongs to the user. */
  deleteUser(userId: string): void
  /** Deletes all records and returns to real time. */
  reset(options?: ResetOptions): void
  /** Copies the whole state, and replaces it by a copy. */
  readonly snapshots: Snapshots
  /** Deletes the records that have expired; at most once a minute. */
  sweep(): void
}

export interface ResetOptions {
  /** Whether webhooks and their deliveries stay. Default `false`. */
  readonly keepWebhooks?: boolean | undefined
}

/** What is outside the emulator. */
export interface Outside {
  /** Sends webhooks. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined
  readonly providers?: MessageProviders | undefined
  /** The first webhooks. */
  readonly webhooks?: readonly WebhookSettings[] | undefined
}

const SWEEP_INTERVAL_MS = 60_000

/** @param seed Adds the initial state. */
export function createService(
  config: EmulatorConfig,
  seed: (service: Service) => void = () => {},
  outside: Outside = {},
): Service {
  const clock = createClock()
  const random = createRandom(config.random)
  const inbox = createInbox(clock)
  const limits = createLimits(clock)
  const keys = createKeys(clock, config.random)
  const users = createUsers(clock)
  const webhooks = createWebhooks({
    config,
    clock,
    random,
    fetch: outside.fetch ?? ((input, init) => fetch(input, init)),
    initial: outside.webhooks ?? [],
  })
  const events = createEvents({ config, clock, webhooks })
  const enrolments = createEnrolments(clock, events)
  const actions = createActions(clock, users, random, events)
  const tokens = createTokens({ config, keys, users, actions })
  const challenges = createChallenges({
    config,
    clock,
    random,
    users,
    limits,
    inbox,
    actions,
    enrolments,
    events,
  })
  const approvals = createApprovals({ config, clock, random, users, actions, enrolments })
  const ceremonies = createCeremonies({ config, clock, random, users, actions, enrolments })
  const browsers = createBrowsers(config, clock, random)
  const sessions = createSessions(clock, keys, random)
  const notp = createNotp({ config, clock, random, keys, limits })
  const requestLog = createRequestLog(clock)
  const faults = createFaults(random)
  const delivery = createDelivery({
    config,
    inbox,
    users,
    webhooks,
    events,
    providers: outside.providers ?? {},
  })
  const records: readonly Records[] = [
    users,
    actions,
    challenges,
    approvals,
    ceremonies,
    browsers,
    sessions,
    notp.users,
    notp.sessions,
    notp.logins,
    limits,
    delivery,
  ]
  let sweptAt = clock.now()
  /** Part of the state: it decides how long an expired record is still found. */
  const sweeps: Stateful<{ readonly sweptAt: number }> = {
    schema: { sweptAt: Time },
    save: () => ({ sweptAt }),
    load(state) {
      sweptAt = state.sweptAt
    },
  }

  const service: Service = {
    config,
    clock,
    random,
    limits,
    inbox,
    keys,
    users,
    enrolments,
    actions,
    challenges,
    approvals,
    ceremonies,
    browsers,
    tokens,
    sessions,
    notp,
    requestLog,
    faults,
    webhooks,
    delivery,
    deleteUser(userId) {
      const user = users.find(userId)
      if (user !== undefined) enrolments.removeAll(user)
      for (const each of records) each.forgetUser?.(userId)
    },
    reset({ keepWebhooks = false } = {}) {
      for (const each of records) each.clear()
      if (!keepWebhooks) webhooks.clear()
      inbox.clear()
      requestLog.clear()
      faults.faults.clear()
      clock.reset()
      random.reset()
      begin(keepWebhooks)
    },
    snapshots: createSnapshots([...records, inbox, clock, random, faults, webhooks, sweeps], keys),
    sweep() {
      const now = clock.now()
      // The elapsed time is negative after the clock was reset.
      if (Math.abs(now - sweptAt) < SWEEP_INTERVAL_MS) return
      sweptAt = now
      for (const each of records) each.sweep?.()
    },
  }

  /** The initial state is no event. */
  function begin(hasWebhooks: boolean) {
    webhooks.withoutEvents(() => seed(service))
    if (!hasWebhooks) webhooks.begin()
  }

  begin(false)
  return service
}
