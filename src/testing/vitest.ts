/**
 * A fixture for Vitest: `authsignal-channels/testing/vitest`.
 *
 * Each test that uses it has a tenant of its own, or an emulator of its own when none is running. What a test waits for,
 * such as a code, has four fifths of the test's timeout to come, at most 20 seconds. `expect` is that of Vitest.
 *
 * @example
 * import { expect, test } from 'authsignal-channels/testing/vitest'
 *
 * test('a code verifies', async ({ authsignal }) => {
 *   const jane = await authsignal.user('jane', { sms: '+64210000001' })
 *   const { token } = await new Backend(authsignal.settings).track({ userId: 'jane', action: 'pay' })
 *   const client = new Authsignal(authsignal.settings)
 *   client.setToken(token)
 *   await client.sms.challenge()
 *   expect(await client.sms.verify({ code: await jane.sms.code() })).toMatchObject({ isVerified: true })
 * })
 *
 * @module
 */

import { test as base } from 'vitest'
import { createAuthsignal, type TestAuthsignal } from './authsignal.js'
import { type TenantOptions, useTenant } from './tenant.js'

export { expect } from 'vitest'
export type { FailingCall, FailOptions, Outcome, TestAuthsignal } from './authsignal.js'
export type { ChromiumPage, DevToolsSession } from './device.js'
export type { Duration } from './duration.js'
export type { Settings, TenantOptions } from './tenant.js'
export type { Inbox, Photographed, TestUser, UserOptions } from './user.js'

const LONGEST_WAIT_SECONDS = 20

/** What a test gets by name: `test('...', async ({ authsignal }) => { ... })`. */
export interface AuthsignalFixtures {
  /** The service, empty. */
  authsignal: TestAuthsignal
  /**
   * The options of the service. Default: none.
   *
   * @example
   * const test = base.extend({ authsignalTenant: { hostedUi: { brand: { name: 'Acme' } } } })
   */
  authsignalTenant: TenantOptions
}

/**
 * The `test` of Vitest, with the fixture `authsignal`. A test that does not name it starts nothing.
 *
 * @example
 * test('a locked action is refused', async ({ authsignal }) => {
 *   await authsignal.decide('pay', 'BLOCK')
 *   const { state } = await new Backend(authsignal.settings).track({ userId: 'jane', action: 'pay' })
 *   expect(state).toBe('BLOCK')
 * })
 */
export const test = base.extend<AuthsignalFixtures>({
  authsignalTenant: {},
  authsignal: async ({ authsignalTenant, task }, use) => {
    const tenant = await useTenant(authsignalTenant)
    // What does not come is named before the test times out.
    const patienceSeconds = Math.min(LONGEST_WAIT_SECONDS, (task.timeout / 1000) * 0.8)
    await use(createAuthsignal(tenant, { patienceSeconds }))
    await tenant.close()
  },
})
