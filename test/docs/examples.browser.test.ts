/** Every example of the guides, as a person uses it: by mouse, by keyboard alone, in the dark, on a phone. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/service.js'
import { EXAMPLES, type Example, messagesOf, startExample, startOver } from './example.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const says = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor()

describe.each(EXAMPLES)('%s', name => {
  let example: Example

  /** The script-tag page has a button for each way, the apps have a choice of ways. */
  async function choose(page: Page, way: 'A code by WhatsApp' | 'On the hosted page') {
    if (name === 'script-tag') {
      const button = way === 'On the hosted page' ? 'Use the hosted page' : 'Send me a code'
      return page.getByRole('button', { name: button }).click()
    }
    await page.getByRole('radio', { name: way }).check()
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  beforeAll(async () => {
    example = await startExample(name)
  })
  afterAll(() => example.stop())
  beforeEach(() => startOver(example))

  test('a wrong code can be corrected, and the right one pays', async ({ page }) => {
    await page.goto(example.url)
    await choose(page, 'A code by WhatsApp')
    const [message] = await messagesOf(example)
    expect(message!.channel).toBe('WHATSAPP')

    await page.getByLabel('Code', { exact: true }).fill(wrongCode(message!.code))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await says(page, 'That code is wrong or has expired.')
    await page.getByLabel('Code', { exact: true }).fill(message!.code)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await says(page, 'Paid.')
  })

  test('the keyboard is enough, and the focus goes where the next thing to do is', async ({ page }) => {
    await page.goto(example.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const first = name === 'script-tag' ? 'Send me a code' : 'A code by WhatsApp'
    await expect
      .poll(async () => {
        await page.keyboard.press('Tab')
        return page.evaluate(
          () => (document.activeElement?.closest('label') ?? document.activeElement)?.textContent,
        )
      })
      .toContain(first)
    await page.keyboard.press('Enter')
    const [message] = await messagesOf(example)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('autocomplete')))
      .toBe('one-time-code')
    await page.keyboard.type(message!.code)
    await page.keyboard.press('Enter')
    await says(page, 'Paid.')
  })

  test('an impatient double click sends one code', async ({ page }) => {
    await page.goto(example.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.evaluate(() => {
      const button = document.querySelector<HTMLElement>('#send, main button[type=submit]')!
      button.click()
      button.click()
    })
    await page.getByLabel('Code', { exact: true }).waitFor()
    expect(await messagesOf(example)).toHaveLength(1)
  })

  test('an error is shown on the page, and trying again works', async ({ page, context }) => {
    await page.goto(example.url)
    await context.route('**/v1/client/challenge/whatsapp', route => route.abort())
    await choose(page, 'A code by WhatsApp')
    await page
      .getByRole('status')
      .getByText(/^No response from /)
      .waitFor()
    await context.unroute('**/v1/client/challenge/whatsapp')
    await choose(page, 'A code by WhatsApp')
    await page.getByLabel('Code', { exact: true }).waitFor()
  })

  test('closing the hosted page is shown', async ({ page }) => {
    await page.goto(example.url)
    await choose(page, 'On the hosted page')
    await page.frameLocator('#__authsignal-popup-iframe').getByLabel('6-digit code').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await says(page, 'The hosted page was closed before the challenge was complete.')
  })

  test('the hosted page pays too', async ({ page }) => {
    await page.goto(example.url)
    await choose(page, 'On the hosted page')
    await passHostedPage(page.frameLocator('#__authsignal-popup-iframe'), example)
    await says(page, 'Paid.')
  })

  test.for(['light', 'dark'] as const)(
    'in the %s scheme it is accessible at every step',
    async (scheme, { page }) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width: 320, height: 640 })
      await page.goto(example.url)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectGood(page)
      await choose(page, 'A code by WhatsApp')
      await page.getByLabel('Code', { exact: true }).waitFor()
      await expectGood(page)
    },
  )
})

/** Nothing that axe complains of, and nothing that a narrow screen cuts off. */
async function expectGood(page: Page) {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
  })
  expect(violations).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

/** The user on the hosted page, who gets a code there. */
async function passHostedPage(page: Pick<Page, 'getByLabel' | 'getByRole'>, example: Example) {
  const [message] = await messagesOf(example)
  await page.getByLabel('6-digit code').fill(message!.code)
}

describe('server-rendering', () => {
  let example: Example

  beforeAll(async () => {
    example = await startExample('server-rendering')
  })
  afterAll(() => example.stop())
  beforeEach(() => startOver(example))

  test('the app is in the page before any script has run', async () => {
    expect(await (await fetch(example.url)).text()).toContain('<legend>How do you want to confirm?</legend>')
  })

  test('the hosted page by redirect pays', async ({ page }) => {
    await page.goto(example.url)
    await page.getByRole('button', { name: 'Pay without a script' }).click()
    await page.waitForURL(/\/challenge/)
    await passHostedPage(page, example)
    await says(page, 'Paid.')
  })
})
