/**
 * What a test says: users, time, faults and outcomes.
 */

import type { FaultName } from 'authsignal-channels/emulator'
import { controlOf } from './control.js'
import { type ChromiumPage, type Device, deviceOf } from './device.js'
import { type Duration, secondsOf } from './duration.js'
import { createPasskey, type RegistrationOptions } from './software-key.js'
import type { Settings, TestTenant } from './tenant.js'
import { bodyOf, createUser, type TestUser, type UserOptions } from './user.js'

/** Calls by their name, or by path as in the rules of faults. */
export type FailingCall = 'challenge' | 'verify' | 'enroll' | 'track' | 'validate' | 'all' | `/${string}`

/** Which calls fail. */
export interface FailOptions {
  /** How many calls fail. Default `1`. */
  readonly times?: number | undefined
  /** Only calls of this user. Default: of any. */
  readonly user?: TestUser | undefined
}

/** What a decision of the tenant's rules can be. */
export type Outcome = 'ALLOW' | 'CHALLENGE' | 'REVIEW' | 'BLOCK'

/** The service, as the fixtures give it to a test. It is empty at the beginning of each test. */
export interface TestAuthsignal {
  /**
   * The settings of the app under test: `new Authsignal(authsignal.settings)` of `@authsignal/node` takes them, and so
   * does the browser client.
   */
  readonly settings: Settings
  /** The settings of the browser client alone, for a page: without the secret key. */
  readonly pageSettings: Pick<Settings, 'tenantId' | 'baseUrl'>
  /** The address of the emulator, below which its control routes are. */
  readonly url: string
  /**
   * Adds a user, with verified methods.
   *
   * @param userId The ID that your app gives the user.
   * @throws {Error} When there is such a user already, a number or an address is not valid, or a passkey has no page of
   *   Chromium.
   *
   * @example
   * const jane = await authsignal.user('jane', { sms: '+64210000001', passkey: true })
   */
  user(userId: string, options?: UserOptions): Promise<TestUser>
  /**
   * Moves the clock of codes, tokens and limits ahead: `await authsignal.advance('11 minutes')`.
   *
   * @throws {TypeError} When the text is not a duration.
   */
  advance(duration: Duration): Promise<void>
  /**
   * Lets the next call fail: `await authsignal.fail('verify', 'network')`.
   *
   * @param call Which calls: by name, or by path as in `/v1/client/verify/*`.
   * @param fault A name of the table of faults in `docs/emulator.md`, such as `network`, `timeout`, `429`, `500`.
   * @param options How many calls fail, and of which user. Default: the next one, of any user.
   * @throws {Error} When the path or the fault is not valid; the message says why.
   */
  fail(call: FailingCall, fault: FaultName, options?: FailOptions): Promise<void>
  /** Ends all faults. */
  recover(): Promise<void>
  /**
   * Sets what the tenant's rules decide for an action. Without it each action is challenged.
   *
   * @param action The name that your backend tracks.
   */
  decide(action: string, outcome: Outcome): Promise<void>
  /** Deletes all users, messages, faults and outcomes, and returns to real time. */
  reset(): Promise<void>
}

const PATHS: Record<string, string> = {
  challenge: '/v1/client/challenge/*',
  verify: '/v1/client/verify/*',
  enroll: '/v1/client/user-authenticators*',
  track: '/v1/users/*/actions/*',
  validate: '/v1/validate',
  all: '/v1/*',
}

interface Place {
  /** How long to wait for a code and the like. The test itself must not have ended by then. */
  readonly patienceSeconds: number
  /** The test's page. */
  readonly page?: ChromiumPage
}

export function createAuthsignal(
  { url, settings }: TestTenant,
  { patienceSeconds, page: ownPage }: Place,
): TestAuthsignal {
  const control = controlOf(url)
  const userIds = new Set<string>()
  const server = controlOf(settings.apiUrl, `Basic ${btoa(`${settings.apiSecretKey}:`)}`)

  async function enrolPasskey(userId: string, device: Device) {
    const { token } = await server.post<{ token: string }>(
      `/users/${encodeURIComponent(userId)}/actions/add-passkey`,
      { scope: 'add:authenticators' },
    )
    const client = controlOf(`${settings.baseUrl}/client/user-authenticators/passkey`, `Bearer ${token}`)
    const { challengeId, options } = await client.post<{ challengeId: string; options: RegistrationOptions }>(
      '/registration-options',
      { username: userId },
    )
    const { passkey, registrationCredential } = await createPasskey(options)
    await client.post('', { challengeId, registrationCredential })
    await device.keep(passkey)
  }

  return {
    settings,
    pageSettings: { tenantId: settings.tenantId, baseUrl: settings.baseUrl },
    url,
    async user(userId, options = {}) {
      const page = options.passkey === true ? ownPage : options.passkey || undefined
      if (options.passkey && page === undefined) throw new Error(NO_PAGE)
      const device = page && (await deviceOf(page))
      await control.post('/emulator/users', bodyOf(userId, options))
      if (device) await enrolPasskey(userId, device)
      userIds.add(userId)
      return createUser(userId, options, { control, patienceSeconds, userIds })
    },
    async advance(duration) {
      await control.post('/emulator/clock', { advance: secondsOf(duration) })
    },
    async fail(call, fault, { times = 1, user } = {}) {
      const path = PATHS[call] ?? call
      await control.post('/emulator/faults', { path, fault, times, ...(user && { user: user.userId }) })
    },
    recover: () => control.delete('/emulator/faults'),
    async decide(action, outcome) {
      await control.post('/emulator/outcomes', { action, outcome })
    },
    async reset() {
      await control.post('/emulator/reset', {})
      userIds.clear()
    },
  }
}

const NO_PAGE = '"passkey" must be a page of Chromium: Vitest has no page of its own'
