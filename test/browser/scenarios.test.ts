/**
 * The demo as a person uses it: each scenario, with the codes read from the phone on
 * the page.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import {
  callsMade,
  choose,
  codeOnPhone,
  type Demo,
  enterCode,
  fact,
  goToScenario,
  openScenario,
  press,
  result,
  startDemo,
} from './demo.js'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo.stop())

interface Channel {
  readonly id: 'sms' | 'whatsapp' | 'email'
  readonly name: 'SMS' | 'WhatsApp' | 'E-mail'
  readonly address: string
  readonly newAddress: string
  readonly method: string
}

const CHANNELS: readonly Channel[] = [
  {
    id: 'sms',
    name: 'SMS',
    address: '+64210000001',
    newAddress: '+64210000002',
    method: 'SMS',
  },
  {
    id: 'whatsapp',
    name: 'WhatsApp',
    address: '+15550100001',
    newAddress: '+15550100002',
    method: 'WHATSAPP',
  },
  {
    id: 'email',
    name: 'E-mail',
    address: 'jane@example.com',
    newAddress: 'jane.doe@example.com',
    method: 'EMAIL_OTP',
  },
]

const WHATSAPP = CHANNELS[1]!

/** The demo with nothing done yet, at one scenario. */
async function open(page: Page, scenario: string, channel?: Channel) {
  await openScenario(page, demo, scenario)
  if (channel) await choose(page, 'Channel', channel.name)
}

async function expectConfirmed(page: Page, { method }: Channel) {
  await result(page, /^Confirmed/)
  expect(await fact(page, 'state').textContent()).toBe('CHALLENGE_SUCCEEDED')
  expect(await fact(page, 'verificationMethod').textContent()).toBe(method)
}

// The form is the same for each channel. What differs is shown with all; the rest with WhatsApp.
for (const channel of CHANNELS) {
  test(`by ${channel.name}, a user confirms a payment in the form of the app, after a wrong code and a new one`, async ({
    page,
  }) => {
    await open(page, 'Step-up, own form', channel)
    await press(page, 'Send the payment')
    await enterCode(page, wrongCode(await codeOnPhone(page)))
    await page.getByText('That code is wrong or has expired.').waitFor()
    await press(page, 'Send a new code')
    await enterCode(page, await codeOnPhone(page, 2))
    await expectConfirmed(page, channel)

    const calls = await callsMade(page)
    expect(calls.slice(calls.indexOf('track'))).toEqual([
      'track',
      'setToken',
      `${channel.id}.challenge`,
      `${channel.id}.verify`,
      `${channel.id}.challenge`,
      `${channel.id}.verify`,
      'validateChallenge',
    ])
  })
}

test('by WhatsApp, from the backend, a user signs in, adds a method, moves to a new number, and is verified', async ({
  page,
}) => {
  const enterTheCode = async (count: number) => {
    await press(page, 'Send code')
    await enterCode(page, await codeOnPhone(page, count))
  }
  await open(page, 'Sign-in', WHATSAPP)
  await enterTheCode(1)
  await result(page, /^Signed in as/)
  expect(await fact(page, 'state').textContent()).toBe('CHALLENGE_SUCCEEDED')

  await goToScenario(page, 'Enrolment')
  await choose(page, 'Channel', WHATSAPP.name)
  await enterTheCode(2)
  await result(page, /can now get codes/)
  await expectAuthenticators(page, WHATSAPP, WHATSAPP.address)

  await goToScenario(page, 'Update phone number')
  await choose(page, 'Channel', WHATSAPP.name)
  await enterTheCode(3)
  await result(page, /has replaced/)
  await expectAuthenticators(page, WHATSAPP, WHATSAPP.newAddress)

  // A user with a number that the backend enrolled as verified is challenged at once.
  await goToScenario(page, 'Verified numbers')
  await choose(page, 'Channel', WHATSAPP.name)
  await press(page, 'Enrol as verified')
  await press(page, 'Send the payment')
  await enterCode(page, await codeOnPhone(page, 4))
  await expectConfirmed(page, WHATSAPP)
})

for (const channel of CHANNELS.filter(({ name }) => name !== 'WhatsApp'))
  test(`by ${channel.name}, from the browser, a user adds a method, and moves to a new number or address`, async ({
    page,
  }) => {
    await open(page, 'Enrolment', channel)
    await choose(page, 'Run from', 'Browser')
    await press(page, 'Send code')
    await enterCode(page, await codeOnPhone(page))
    await result(page, /can now get codes/)
    await expectAuthenticators(page, channel, channel.address)

    await goToScenario(page, 'Update phone number')
    await choose(page, 'Channel', channel.name)
    await choose(page, 'Run from', 'Browser')
    await press(page, 'Send code')
    await enterCode(page, await codeOnPhone(page, 2))
    await result(page, /has replaced/)
    await expectAuthenticators(page, channel, channel.newAddress)
  })

/** The user's authenticators now, as the page shows them. The first page has enrolled WhatsApp. */
async function expectAuthenticators(page: Page, channel: Channel, address: string) {
  const addresses = channel === WHATSAPP ? [address] : [WHATSAPP.address, address]
  const after = page.getByRole('heading', { name: 'After' }).locator('xpath=..').getByRole('listitem')
  await expect
    .poll(async () => (await after.locator('code').allTextContents()).map(compact), { timeout: PATIENCE })
    .toEqual(addresses)
}

const compact = (address: string) => address.replace(/[\s-]/g, '')

test('a user opens the vault in a window of the hosted page, then in a popup after having closed it', async ({
  page,
}) => {
  await open(page, 'Step-up, hosted UI')
  await choose(page, 'Opens as', 'Window')
  await press(page, 'Open the vault')
  const [window] = await Promise.all([page.waitForEvent('popup'), press(page, 'Continue in the new window')])
  const closed = window.waitForEvent('close')
  await window.getByLabel('6-digit code').fill(await codeOnPhone(page))
  await expectConfirmed(page, WHATSAPP)
  await closed

  await press(page, 'Start again')
  await choose(page, 'Opens as', 'Popup')
  await press(page, 'Open the vault')
  await press(page, 'Continue in the popup')
  await page.frameLocator('iframe[name=authsignal]').getByRole('button', { name: 'Cancel' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: 'popup_closed' })
    .getByText('the vault stays closed')
    .waitFor()
  await page.locator('iframe[name=authsignal]').waitFor({ state: 'detached' })
  await press(page, 'Continue in the popup')
  const popup = page.frameLocator('iframe[name=authsignal]')
  await popup.getByLabel('6-digit code').fill(await codeOnPhone(page, 3))
  await expectConfirmed(page, WHATSAPP)
})

test('a user goes to the hosted page and back to open the vault, with the phone in a window', async ({
  page,
}) => {
  await open(page, 'Step-up, hosted UI')
  await choose(page, 'Opens as', 'Redirect')
  await press(page, 'Open the vault')
  const [phone] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('main').getByRole('link', { name: 'Phone in its own window' }).click(),
  ])
  await press(page, 'Continue in the hosted page')
  await page.getByLabel('6-digit code').fill(await codeOnPhone(phone))
  await expectConfirmed(page, WHATSAPP)
  expect(page.url()).toBe(`${demo.url}/#hosted-ui`)
})

test('the page with a script tag completes a step-up', async ({ page }) => {
  await open(page, 'Sign-in')
  await page.getByRole('link', { name: 'Script tag page' }).click()
  await page.getByRole('button', { name: 'Send the payment' }).click()
  await page.getByLabel('Code').fill(await codeOnPhone(page.frameLocator('iframe')))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('status').filter({ hasText: 'CHALLENGE_SUCCEEDED' }).waitFor()
})

test('a user who starts over is a new user, with an empty phone', async ({ page }) => {
  await open(page, 'Enrolment')
  await press(page, 'Send code')
  await enterCode(page, await codeOnPhone(page))
  await result(page, /can now get codes/)
  const user = page.getByRole('banner').locator('code')
  const before = await user.textContent()

  await page.getByRole('button', { name: 'Start over' }).click()

  await expect.poll(() => user.textContent(), { timeout: PATIENCE }).not.toBe(before)
  await page.getByText('No messages yet').waitFor()
  expect(await page.getByRole('list', { name: 'Messages' }).getByRole('listitem').count()).toBe(0)
})
