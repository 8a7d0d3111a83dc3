/**
 * The demo in a process of its own, and what a person does on its page.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestAuthsignal } from 'authsignal-channels/testing/vitest'
import type { FrameLocator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeViolations } from '../support/axe.js'
import { built } from '../support/site.js'

export interface Demo {
  readonly url: string
  stop(): Promise<void>
}

/** @param env Names a real tenant; without it the demo emulates one. */
export async function startDemo(env: NodeJS.ProcessEnv = {}, ...flags: string[]): Promise<Demo> {
  const demo = spawn(process.execPath, [fileURLToPath(built('demo/server.js')), '--port', '0', ...flags], {
    env: { ...process.env, ...env },
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk
      const ready = /The demo is ready: (\S+)/.exec(said)
      if (ready) resolve(ready[1]!)
    }
    demo.stdout.on('data', listen)
    demo.stderr.on('data', listen)
    demo.once('exit', () => reject(new Error(`The demo did not start: ${said}`)))
  })
  return {
    url,
    async stop() {
      const exit = once(demo, 'exit')
      demo.kill()
      await exit
    },
  }
}

/** The environment in which the demo takes the service of a test for a real tenant. */
export const realTenant = ({ settings }: TestAuthsignal): NodeJS.ProcessEnv => ({
  AUTHSIGNAL_API_URL: settings.apiUrl,
  AUTHSIGNAL_SECRET_KEY: settings.apiSecretKey,
  AUTHSIGNAL_TENANT_ID: settings.tenantId,
})

/** The first page, with nothing done yet. Its user is enrolled by itself. */
export async function openFirstPage(page: Page, { url }: Demo): Promise<void> {
  await fetch(`${url}/emulator/reset`, { method: 'POST' })
  await page.goto(url)
  await page.getByText('Enrolled for WhatsApp').waitFor()
}

/** The demo with nothing done yet, at one scenario. */
export async function openScenario(page: Page, demo: Demo, scenario: string): Promise<void> {
  await openFirstPage(page, demo)
  await goToScenario(page, scenario)
}

/** By the links of a wide screen, or by the menu of a narrow one. */
export async function goToScenario(page: Page, scenario: string): Promise<void> {
  const menu = page.getByRole('combobox', { name: 'Scenario' })
  if (await menu.isVisible()) await menu.selectOption(scenario)
  else await page.getByRole('navigation').getByRole('link', { name: scenario }).click()
  await page.getByRole('heading', { name: scenario, level: 2 }).waitFor()
}

export const choose = (page: Page, group: string, option: string) =>
  page.getByRole('group', { name: group }).getByRole('radio', { name: option, exact: true }).check()

export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('button', { name }).click()

/** The code of the newest message on the phone, once it has got that many. */
export async function codeOnPhone(page: Page | FrameLocator, count = 1): Promise<string> {
  const messages = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
  await messages.nth(count - 1).waitFor()
  return (await messages.first().locator('code').textContent())!
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(/^Code /).fill(code)
  await press(page, 'Verify')
}

export const result = (page: Page, title: RegExp) =>
  page.getByRole('heading', { name: title, level: 4 }).waitFor()

export const fact = (page: Page, name: string) =>
  page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd')

export const onPhone = (page: Page) => page.getByRole('complementary', { name: 'Phone' })

export const tap = (page: Page, name: string | RegExp) =>
  onPhone(page).getByRole('button', { name, exact: true }).click()

/**
 * Acts on the phone beside the page, as `tap` does, and lets the page poll at once, as it does when it becomes
 * visible again: no test waits for the end of an interval.
 */
export async function actOnPhone(page: Page, name: string | RegExp): Promise<void> {
  const arrived = page.waitForResponse(response => new URL(response.url()).pathname.startsWith('/emulator/'))
  await Promise.all([arrived, tap(page, name)])
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

export async function expectOutcome(page: Page, title: RegExp, facts: Readonly<Record<string, string>>) {
  await result(page, title)
  for (const [name, value] of Object.entries(facts))
    expect(await fact(page, name).textContent(), name).toBe(value)
}

export const log = (page: Page) => page.getByRole('list', { name: /^Calls/ })

/** The names of the SDKs' methods that were called, oldest first, without any token in sight. */
export async function callsMade(page: Page): Promise<string[]> {
  const entries = await log(page).getByRole('listitem').allTextContents()
  expect(entries.join()).not.toMatch(/eyJ[\w-]+\.[\w-]+\./)
  return entries.flatMap(entry => /(?:authsignal|descope)\.([\w.]+)\(/.exec(entry)?.[1] ?? [])
}

/** axe finds no violation, and the page is not wider than the screen. */
export async function expectAccessible(page: Page) {
  expect(await axeViolations(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}

/** The same in light colours on a narrow screen, and in dark colours on a wide one, which it is left on. */
export async function expectAccessibleInAllLooks(page: Page) {
  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 1280],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 800 })
    await expectAccessible(page)
  }
}
