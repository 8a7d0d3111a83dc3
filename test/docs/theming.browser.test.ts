/** The guide for theming: its tables are complete, and its rules do what it says. */
import { readFileSync } from 'node:fs'
import type { Emulator } from 'authsignal-channels/emulator'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { HOOKS } from '../../src/elements/challenge/theme/hooks.js'
import { STYLE } from '../../src/elements/challenge/theme/style.js'
import { test as base } from '../support/browser.js'
import { block, runBlock, scriptOf } from '../support/documentation.js'
import { PHONE } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { html, serve } from '../support/site.js'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'

const pageOf = (style: string, emulatorUrl: string) => {
  const element = block('theming/html').code.replaceAll('http://localhost:4010', emulatorUrl)
  return html(`<title>App</title><style>${block(style).code}</style>${element}`)
}

const test = base
  .extend('site', async ({ authsignal: { url } }, { onCleanup }) => {
    const site = await serve({
      '/': pageOf('theming/style', url),
      '/dark': pageOf('theming/dark', url),
      '/hooks': pageOf('theming/hooks', url),
      '/logo.svg': { type: 'image/svg+xml', body: LOGO },
    })
    onCleanup(site.close)
    return site
  })
  // Opens a page with the challenge of the guide, for a payment.
  .extend('open', ({ authsignal, backend, page, site }) => async (path = '/') => {
    await authsignal.user('jane', { sms: PHONE })
    const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
    await page.goto(site.url + path)
    await page.addScriptTag({ content: await scriptOf('theming/brand') })
    await page.evaluate(`guide.confirmPayment(${JSON.stringify(token)}, 'Send payment to Acme, $120')`)
    await page.getByRole('button', { name: 'Continue' }).waitFor()
  })

const styleOf = (page: Page, hook: string, property: string) =>
  page
    .locator(`[data-authsignal=${hook}]`)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

test('the tables name every custom property and every hook, and nothing else', () => {
  const guide = readFileSync('docs/guides/theming.md', 'utf8')
  const firstCells = (heading: string) =>
    guide
      .split(`\n| ${heading} |`)[1]!
      .split('\n\n')[0]!
      .split('\n')
      .slice(2)
      .flatMap(row => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!))
  const used = new Set([...STYLE.matchAll(/var\((--authsignal-[\w-]+)/g)].map(([, name]) => name!))
  expect(firstCells('custom property').sort()).toEqual([...used].sort())
  expect(firstCells('`data-authsignal`').sort()).toEqual([...HOOKS].sort())
})

test('the custom properties of the guide make the colours, corners and fonts', async ({ page, open }) => {
  await open()
  await expect
    .poll(() => styleOf(page, 'submit', 'background-color'), { timeout: PATIENCE })
    .toBe('rgb(225, 29, 72)')
  expect(await styleOf(page, 'submit', 'border-radius')).toBe('12px')
  expect(await styleOf(page, 'title', 'font-family')).toMatch(/^Inter/)
})

test('the brand and the action are at the top, with the logo', async ({ page, open }) => {
  await open()
  await page.getByText('Send payment to Acme, $120').waitFor()
  const logo = page.getByRole('img', { name: 'Acme' })
  await expect
    .poll(() => logo.evaluate(image => (image as HTMLImageElement).naturalWidth), { timeout: PATIENCE })
    .toBe(90)
})

test('light and dark have the accents of the guide', async ({ page, open }) => {
  const accent = () => styleOf(page, 'submit', 'background-color')
  await open('/dark')
  await expect.poll(accent, { timeout: PATIENCE }).toBe('rgb(15, 118, 110)')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(accent, { timeout: PATIENCE }).toBe('rgb(94, 234, 212)')
})

test('the rules for hooks apply', async ({ page, open }) => {
  await open('/hooks')
  expect(await styleOf(page, 'submit', 'text-transform')).toBe('uppercase')
  expect(await styleOf(page, 'badge', 'display')).toBe('none')
})

test('the emulator of the guide starts', async () => {
  const { emulator } = await runBlock<{ emulator: Emulator }>('theming/emulator')
  const settings = await (await emulator.fetch('/hosted-ui/settings')).json()
  expect(settings).toMatchObject({
    brand: { name: 'Acme' },
    lang: 'es',
    methods: ['passkey', 'whatsapp', 'sms'],
  })
})
