/**
 * The parts of nOTP, Descope's login by a WhatsApp message that the user sends. Its users and sessions are not
 * those of the Authsignal API.
 */

import type { Clock } from '../lib/clock.js'
import type { Keys } from '../lib/keys.js'
import type { Limits } from '../lib/limits.js'
import type { EmulatorConfig } from '../options.js'
import { createPendingLogins, type PendingLogins } from './pending-logins.js'
import { createNotpSessions, type NotpSessions } from './sessions.js'
import { createNotpUsers, type NotpUsers } from './users.js'

export interface Notp {
  readonly users: NotpUsers
  readonly logins: PendingLogins
  readonly sessions: NotpSessions
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly keys: Keys
  readonly limits: Limits
}

export function createNotp({ config, clock, keys, limits }: Parts): Notp {
  const users = createNotpUsers(clock)
  const sessions = createNotpSessions({ config, clock, keys, users })
  const logins = createPendingLogins({ config, clock, limits, users, sessions })
  return { users, sessions, logins }
}
