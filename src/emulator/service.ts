/**
 * The parts of one emulator, as its routes receive them.
 */

import { type Actions, createActions } from './authsignal/actions.js'
import { type Approvals, createApprovals } from './authsignal/approvals.js'
import { type Challenges, createChallenges } from './authsignal/challenges.js'
import { createSessions, type Sessions } from './authsignal/sessions.js'
import { createTokens, type Tokens } from './authsignal/tokens.js'
import { createUsers, type Users } from './authsignal/users.js'
import { type Browsers, createBrowsers } from './authsignal/webauthn/browsers.js'
import { type Ceremonies, createCeremonies } from './authsignal/webauthn/ceremonies.js'
import type { Records } from './lib/bounded-map.js'
import { createClock, type StatefulClock } from './lib/clock.js'
import { createFaults, type StatefulFaults } from './lib/faults.js'
import { createInbox, type Inbox } from './lib/inbox.js'
import { createKeys, type Keys } from './lib/keys.js'
import { createLimits, type Limits } from './lib/limits.js'
import { createRandom, type Random } from './lib/random.js'
import { createRequestLog, type RequestLog } from './lib/request-log.js'
import { type Stateful, Time } from './lib/state.js'
import { createNotp, type Notp } from './notp/notp.js'
import type { EmulatorConfig } from './options.js'
import { createSnapshots, type Snapshots } from './snapshot.js'

export interface Service {
  readonly config: EmulatorConfig
  readonly clock: StatefulClock
  readonly random: Random
  readonly limits: Limits
  readonly inbox: Inbox
  readonly keys: Keys
  readonly users: Users
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
  /** Deletes a user of the Authsignal API, with everything that belongs to the user. */
  deleteUser(userId: string): void
  /** Deletes all records and returns to real time. */
  reset(): void
  /** Copies the whole state, and replaces it by a copy. */
  readonly snapshots: Snapshots
  /** Deletes the records that have expired; at most once a minute. */
  sweep(): void
}

const SWEEP_INTERVAL_MS = 60_000

/** @param seed Adds the initial state. */
export function createService(config: EmulatorConfig, seed: (service: Service) => void = () => {}): Service {
  const clock = createClock()
  const random = createRandom(config.random)
  const inbox = createInbox(clock)
  const limits = createLimits(clock)
  const keys = createKeys(clock, config.random)
  const users = createUsers(clock)
  const actions = createActions(clock, users, random)
  const tokens = createTokens({ config, keys, users, actions })
  const challenges = createChallenges({ config, clock, random, users, limits, inbox, actions })
  const approvals = createApprovals({ config, clock, random, users, actions })
  const ceremonies = createCeremonies({ config, clock, random, users, actions })
  const browsers = createBrowsers(config, clock, random)
  const sessions = createSessions(clock, keys, random)
  const notp = createNotp({ config, clock, random, keys, limits })
  const requestLog = createRequestLog(clock)
  const faults = createFaults(random)
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
    deleteUser(userId) {
      for (const each of records) each.forgetUser?.(userId)
    },
    reset() {
      for (const each of records) each.clear()
      inbox.clear()
      requestLog.clear()
      faults.faults.clear()
      clock.reset()
      random.reset()
      seed(service)
    },
    snapshots: createSnapshots([...records, inbox, clock, random, faults, sweeps], keys),
    sweep() {
      const now = clock.now()
      // The elapsed time is negative after the clock was reset.
      if (Math.abs(now - sweptAt) < SWEEP_INTERVAL_MS) return
      sweptAt = now
      for (const each of records) each.sweep?.()
    },
  }
  seed(service)
  return service
}
