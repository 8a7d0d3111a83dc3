/**
 * What the tests that follow the guides share: a reader, and the service that the reader has started.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { Authsignal, VerificationMethod } from '@authsignal/node'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest'
import { Reader, readGuide, type Step } from '../../demo/examples/guide.js'
import { findChromium, findShell } from '../support/chromium.js'
import { PATIENCE } from '../support/patience.js'

export const newReader = () =>
  new Reader({
    packageFolder: join(inject('app'), 'node_modules/authsignal-channels'),
    modules: resolve('node_modules'),
    chromium: (findShell() ?? findChromium())!,
  })

/** The steps of a page without those of the named sections. */
export const stepsOf = (page: string, ...without: string[]): Step[] =>
  readGuide(page).filter(({ section }) => !without.includes(section))

/** Follows a guide before the tests of the suite; each test begins with a user who has done nothing yet. */
export function followed(steps: readonly Step[]): Reader {
  const reader = newReader()
  beforeAll(() => reader.follow(steps), 60_000)
  afterAll(() => reader.leave())
  beforeEach(async () => {
    if (reader.isRunning('1')) await startOver(reader)
  })
  return reader
}

/** Nothing has happened yet, but for the sign-up of the guides' user. */
export async function startOver(reader: Reader, verificationMethod = VerificationMethod.WHATSAPP) {
  await control(reader, 'reset', {})
  const backend = new Authsignal({ apiSecretKey: 'demo-secret', apiUrl: `${reader.url('1')}/v1` })
  const attributes = { verificationMethod, phoneNumber: '+64210000001' }
  await backend.enrollVerifiedAuthenticator({ userId: 'jane', attributes })
}

/** A control route of the emulator, which runs in terminal 1. */
export const control = (reader: Reader, route: string, body: object) =>
  fetch(`${reader.url('1')}/emulator/${route}`, { method: 'POST', body: JSON.stringify(body) })

interface Message {
  readonly channel: string
  readonly code: string
  readonly url?: string
}

/** The messages that the user has, newest first, when there are this many. */
export async function messages(reader: Reader, count = 1): Promise<Message[]> {
  let list: Message[] = []
  await expect
    .poll(
      async () => {
        const response = await fetch(`${reader.url('1')}/emulator/messages`)
        list = ((await response.json()) as { messages: Message[] }).messages
        return list.length
      },
      { timeout: PATIENCE },
    )
    .toBe(count)
  return list
}

/** Waits until the page tells the user this. */
export const says = (page: Page, text: string | RegExp) =>
  page.getByRole('status').getByText(text, { exact: true }).waitFor()

/** The user enters a code in the page's own form. */
export async function enter(page: Page, code: string) {
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Confirm' }).click()
}

/** The hosted page in the popup that is open; an earlier one may still be closing. */
export const hostedPage = (page: Page) => page.getByRole('dialog').locator('iframe').contentFrame()

/** The user enters the newest of so many codes on the hosted page. */
export async function pass(hosted: Pick<Page, 'getByLabel'>, reader: Reader, count = 1) {
  await hosted.getByLabel('6-digit code').waitFor()
  const [message] = await messages(reader, count)
  await hosted.getByLabel('6-digit code').fill(message!.code)
}

/** The user closes the popup, then opens it again and enters the code. */
export async function expectPopupPays(page: Page, reader: Reader, button: string) {
  await page.getByRole('button', { name: button }).click()
  await hostedPage(page).getByLabel('6-digit code').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await says(page, 'You did not finish. Try again.')
  await page.getByRole('button', { name: button }).click()
  await pass(hostedPage(page), reader, 2)
  await says(page, 'Paid.')
}

/** Each result of track, as the backend's start route returns it to the page. */
export async function expectFourStates(reader: Reader, site: string) {
  const start = async (outcome: string) => {
    await control(reader, 'outcomes', { action: 'send-payment', outcome })
    const response = await fetch(`${site}/api/start`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(200)
    return response.json()
  }
  expect(await start('ALLOW')).toEqual({ isPaid: true, message: 'Paid, without a code.' })
  expect(await start('CHALLENGE')).toEqual({ token: expect.any(String), url: expect.any(String) })
  expect(await start('REVIEW')).toEqual({ message: 'We will check this payment first.' })
  expect(await start('BLOCK')).toEqual({ message: 'This payment is not allowed.' })
}

/** The user has no mouse: moves to a control with the Tab key, and presses it. */
export async function press(page: Page, name: string) {
  const focused = page.locator(':focus')
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab')
      return (await focused.count()) > 0 && focused.textContent()
    })
    .toBe(name)
  await page.keyboard.press('Enter')
}

/** The user types a code where the focus already is. */
export async function typeCode(page: Page, code: string) {
  await page.locator('input[autocomplete="one-time-code"]:focus').waitFor()
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Nothing that breaks the rules of WCAG. */
export async function expectAccessible(page: Page) {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
  })
  expect(violations).toEqual([])
}
