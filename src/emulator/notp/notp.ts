/**
 * The parts of nOTP, Descope's login by a WhatsApp message that the user sends.
 */

import type { Clock } from '../lib/clock.js'
import type { Keys } from '../lib/keys.js'
import type { Limits } from '../lib/limits.js'
import type { EmulatorConfig } from '../options.js'
import { createPendingLogins, type PendingLogins } from './pending-logins.js'
import { createNotpSessions, type NotpSessions } from './sessions.js'
import { createUsers } from './users.js'

export interface Notp {
  readonly logins: PendingLogins
  readonly sessions: NotpSessions
  sweep(): void
  clear(): void
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly keys: Keys
  readonly limits: Limits
}

export function createNotp({ config, clock, keys, limits }: Parts): Notp {
  const users = createUsers(clock)
  const sessions = createNotpSessions({ config, clock, keys })
  const logins = createPendingLogins({ config, clock, limits, users, sessions })
  return {
    logins,
    sessions,
    sweep() {
      sessions.sweep()
      logins.sweep()
    },
    clear() {
      for (const records of [users, sessions, logins]) records.clear()
    },
  }
}
