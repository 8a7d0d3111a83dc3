/**
 * Fixtures for Playwright: `authsignal-channels/testing/playwright`.
 *
 * Each worker has a tenant of its own, or an emulator of its own when none is running, and starts your app with its
 * settings. So tests run in parallel without seeing each other. `expect` is that of Playwright.
 *
 * @example
 * import { expect, test } from 'authsignal-channels/testing/playwright'
 *
 * test.use({ authsignalApp: 'node server.mjs' })
 *
 * test('a code signs in', async ({ page, authsignal }) => {
 *   const jane = await authsignal.user('jane', { sms: '+64210000001' })
 *   await page.goto('/')
 *   await page.getByRole('button', { name: 'Sign in' }).click()
 *   await page.getByLabel('Code').fill(await jane.sms.code())
 *   await expect(page.getByText('Signed in')).toBeVisible()
 * })
 *
 * @module
 */

import { test as base } from '@playwright/test'
import { type AppOptions, startApp } from './app.js'
import { createAuthsignal, type TestAuthsignal } from './authsignal.js'
import { type TenantOptions, type TestTenant, useTenant } from './tenant.js'

export { expect } from '@playwright/test'
export type { AppOptions } from './app.js'
export type { FailingCall, FailOptions, Outcome, TestAuthsignal } from './authsignal.js'
export type { ChromiumPage, DevToolsSession } from './device.js'
export type { Duration } from './duration.js'
export type { Settings, TenantOptions } from './tenant.js'
export type { Inbox, Photographed, TestUser, UserOptions } from './user.js'

/** Options of the fixtures: for `test.use()`, or `use` in `playwright.config.ts`. */
export interface AuthsignalOptions {
  /** The address of an emulator that is running. Default: `AUTHSIGNAL_EMULATOR_URL`, else one is started. */
  authsignalEmulator: string | undefined
  /**
   * The command that starts your app, or the command with more options. Each worker starts it once, with `PORT` and the
   * settings of its tenant in the environment, and `baseURL` is its address. Default: none.
   */
  authsignalApp: string | AppOptions | undefined
  /**
   * The options of the service. Default: none.
   *
   * @example
   * test.use({ authsignalTenant: { hostedUi: { brand: { name: 'Acme' } } } })
   */
  authsignalTenant: TenantOptions
}

/** What a test gets by name: `test('...', async ({ authsignal, page }) => { ... })`. */
export interface AuthsignalFixtures {
  /** The service, empty at the beginning of each test that uses it. */
  authsignal: TestAuthsignal
}

interface Worker {
  readonly tenant: TestTenant
  readonly appUrl: string | undefined
}

/**
 * The `test` of Playwright, with the fixture `authsignal` and the options of {@link AuthsignalOptions}. Where the fixtures
 * start your app, `page.goto('/')` opens it.
 *
 * @example
 * test('an expired code is refused', async ({ page, authsignal }) => {
 *   const jane = await authsignal.user('jane', { sms: '+64210000001' })
 *   await page.goto('/')
 *   await page.getByRole('button', { name: 'Sign in' }).click()
 *   const code = await jane.sms.code()
 *   await authsignal.advance('11 minutes')
 *   await page.getByLabel('Code').fill(code)
 *   await expect(page.getByRole('alert')).toBeVisible()
 * })
 */
export const test = base.extend<AuthsignalFixtures, AuthsignalOptions & { authsignalWorker: Worker }>({
  authsignalEmulator: [undefined, { option: true, scope: 'worker' }],
  authsignalApp: [undefined, { option: true, scope: 'worker' }],
  authsignalTenant: [{}, { option: true, scope: 'worker' }],
  authsignalWorker: [
    async ({ authsignalEmulator, authsignalApp, authsignalTenant }, use) => {
      const tenant = await useTenant(authsignalTenant, authsignalEmulator)
      const options = typeof authsignalApp === 'string' ? { command: authsignalApp } : authsignalApp
      const app = options && (await startApp(options, tenant.settings))
      await use({ tenant, appUrl: app?.url })
      await app?.stop()
      await tenant.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ baseURL, authsignalWorker }, use) => use(authsignalWorker.appUrl ?? baseURL),
  authsignal: async ({ authsignalWorker, page }, use) => {
    const authsignal = createAuthsignal(authsignalWorker.tenant, { patienceSeconds: 20, page })
    await authsignal.reset()
    await use(authsignal)
  },
})
