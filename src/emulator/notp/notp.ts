/**
 * The parts of nOTP, Descope's login by a WhatsApp message that the user sends. Its users and sessions are not
 * those of the Authsignal API.
 */

import type { Clock } from '../lib/clock.js'
import type { Keys } from '../lib/keys.js'
import type { Limits } from '../lib/limits.js'
import type { Random } from '../lib/random.js'
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
  readonly random: Random
  readonly keys: Keys
  readonly limits: Limits
}

export function createNotp({ config, clock, random, keys, limits }: Parts): Notp {
  const users = createNotpUsers(clock, random)
  const sessions = createNotpSessions({ config, clock, random, keys, users })
  const logins = createPendingLogins({ config, clock, random, limits, users, sessions })
  return { users, sessions, logins }
}
