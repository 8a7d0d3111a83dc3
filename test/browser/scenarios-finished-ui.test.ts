/** The demo's scenario with the finished UI: it steps up, and its panel changes the element that is on screen. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import {
  choose,
  codeOnPhone,
  type Demo,
  expectAccessible,
  expectOutcome,
  openScenario,
  press,
  startDemo,
} from './demo.js'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo.stop())

const element = (page: Page) => page.locator('authsignal-challenge')

async function start(page: Page) {
  await openScenario(page, demo, 'Step-up, finished UI')
  await press(page, 'Send the payment')
  await element(page).getByRole('textbox').waitFor()
}

const background = (page: Page, hook: string) =>
  element(page)
    .locator(`[data-authsignal=${hook}]`)
    .evaluate(piece => getComputedStyle(piece).backgroundColor)

test('the element takes the code, and the backend validates its token', async ({ page }) => {
  await start(page)
  await element(page).getByText('Demo bank').waitFor()
  await element(page).getByText('Send $120 to Acme').waitFor()
  await expectAccessible(page)
  await element(page)
    .getByRole('textbox')
    .fill(await codeOnPhone(page))
  await expectOutcome(page, /^Confirmed/, { verificationMethod: 'WHATSAPP' })
})

test('the panel changes the element while a code is typed, and shows the code for it', async ({ page }) => {
  await start(page)
  await element(page).getByRole('textbox').fill('12')

  await page.getByLabel('Accent').fill('#e11d48')
  await expect.poll(() => background(page, 'submit'), { timeout: PATIENCE }).toBe('rgb(225, 29, 72)')
  await page.getByLabel(/^Corners/).fill('20')
  const corners = element(page).locator('[data-authsignal=submit]')
  expect(await corners.evaluate(button => getComputedStyle(button).borderRadius)).toBe('20px')
  await choose(page, 'Theme', 'Dark')
  await expect.poll(() => background(page, 'challenge'), { timeout: PATIENCE }).toBe('rgb(24, 28, 36)')
  await page.getByLabel('Language', { exact: true }).selectOption('ar')
  await element(page).locator('[data-authsignal=challenge][dir=rtl]').waitFor()
  await choose(page, 'Direction', 'Left to right')
  await element(page).locator('[data-authsignal=challenge][lang=ar][dir=ltr]').waitFor()
  await choose(page, 'Direction', 'By language')
  await element(page).locator('[data-authsignal=challenge][dir=rtl]').waitFor()
  await page.getByLabel('Language', { exact: true }).selectOption('de')
  await element(page).locator('[data-authsignal=challenge][lang=de][dir=ltr]').waitFor()
  await choose(page, 'Direction', 'Right to left')
  await element(page).locator('[data-authsignal=challenge][lang=de][dir=rtl]').waitFor()
  expect(await element(page).getByRole('textbox').inputValue()).toBe('12')
  await expectAccessible(page)

  const code = page.getByRole('region', { name: 'The code' })
  for (const framework of ['HTML', 'React', 'Vue']) {
    await choose(page, 'Your page is made with', framework)
    const text = await code.innerText()
    expect(text).toContain('--authsignal-accent: #e11d48;')
    expect(text).toContain('--authsignal-radius: 20px;')
    expect(text).toContain('theme="dark"')
    expect(text).toContain('lang="de"')
    expect(text).toContain('dir="rtl"')
  }
})

test('cancelling leads back to the first step', async ({ page }) => {
  await start(page)
  const cancel = element(page).getByRole('button', { name: 'Cancel' })
  await cancel.click()
  await page.getByRole('button', { name: 'Send the payment' }).waitFor()
})
