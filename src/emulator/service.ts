/**
 * The parts of one emulator, as its routes receive them.
 */

import { type Actions, createActions } from './authsignal/actions.js'
import { type Approvals, createApprovals } from './authsignal/approvals.js'
import { type Challenges, createChallenges } from './authsignal/challenges.js'
import { createSessions, type Sessions } from './authsignal/sessions.js'
import { createStore, type Store } from './authsignal/store.js'
import { createTokens, type Tokens } from './authsignal/tokens.js'
import { type Ceremonies, createCeremonies } from './authsignal/webauthn/ceremonies.js'
import { type Clock, createClock } from './lib/clock.js'
import { createInbox, type Inbox } from './lib/inbox.js'
import { createKeys, type Keys } from './lib/keys.js'
import { createLimits, type Limits } from './lib/limits.js'
import { createNotp, type Notp } from './notp/notp.js'
import type { EmulatorConfig } from './options.js'

export interface Service {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly store: Store
  readonly limits: Limits
  readonly inbox: Inbox
  readonly keys: Keys
  readonly tokens: Tokens
  readonly actions: Actions
  readonly challenges: Challenges
  readonly ceremonies: Ceremonies
  readonly approvals: Approvals
  readonly sessions: Sessions
  readonly notp: Notp
  /** Forgets everything and returns to real time. */
  reset(): void
  /** Forgets what has expired; does nothing most of the times it is called. */
  sweep(): void
}

const SWEEP_INTERVAL_MS = 60_000

export function createService(config: EmulatorConfig): Service {
  const clock = createClock()
  const store = createStore(clock)
  const inbox = createInbox()
  const limits = createLimits(clock)
  const keys = createKeys(clock)
  const tokens = createTokens(config, keys, store)
  const actions = createActions(clock, store)
  const challenges = createChallenges({ config, clock, store, limits, inbox, actions })
  const ceremonies = createCeremonies({ config, clock, store, actions })
  const approvals = createApprovals({ config, clock, store, actions })
  const sessions = createSessions(clock, keys, store)
  const notp = createNotp({ config, clock, keys, limits })
  let sweptAt = clock.now()

  return {
    config,
    clock,
    store,
    limits,
    inbox,
    keys,
    tokens,
    actions,
    challenges,
    ceremonies,
    approvals,
    sessions,
    notp,
    reset() {
      store.clear()
      notp.clear()
      limits.clear()
      inbox.clear()
      clock.reset()
    },
    sweep() {
      const now = clock.now()
      // An elapsed time below zero means that the clock was reset.
      if (Math.abs(now - sweptAt) < SWEEP_INTERVAL_MS) return
      sweptAt = now
      store.sweep()
      notp.sweep()
      limits.sweep()
    },
  }
}
