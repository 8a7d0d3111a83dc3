/**
 * nOTP in the demo as a person uses it: the QR code or the link on the page, and the phone beside it that sends
 * the WhatsApp message.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { control } from '../support/control.js'
import { PATIENCE } from '../support/patience.js'
import {
  actOnPhone,
  callsMade,
  choose,
  type Demo,
  expectAccessibleInAllLooks,
  expectOutcome,
  fact,
  goToScenario,
  log,
  onPhone,
  openScenario,
  press,
  realTenant,
  result,
  startDemo,
  tap,
} from './demo.js'

const NUMBER = '+15550100001'
const NEW_NUMBER = '+15550100002'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo.stop())

const open = (page: Page) => openScenario(page, demo, 'nOTP')

/** Follows the link on the page, and sends the message that it has written. */
async function send(page: Page) {
  await press(page, 'Open WhatsApp')
  await actOnPhone(page, 'Send')
}

async function signUp(page: Page) {
  await choose(page, 'What to do', 'Sign up')
  await press(page, 'Sign up')
  await send(page)
  await result(page, /^Signed up as/)
}

const loginId = (page: Page) => page.getByRole('main').getByLabel('Login ID')

const numberOfPhone = (page: Page) => onPhone(page).getByLabel('Number of this phone')

const isWaiting = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /waiting$/ })
    .waitFor()

const alert = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })

/** The replies of WhatsApp, newest last. */
const reply = (page: Page, text: string | RegExp) =>
  onPhone(page).getByRole('log').getByText(text).last().waitFor()

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.tagName)

const expectFocus = (page: Page, text: RegExp) =>
  expect.poll(() => focused(page), { timeout: PATIENCE }).toMatch(text)

test('a user signs up with the QR code, the backend accepts the session, and the log has no credential of it', async ({
  page,
}) => {
  const secrets: string[] = []
  await page.route('**/notp/**', async route => {
    const response = await route.fetch()
    const { pendingRef, sessionJwt, refreshJwt } = await response.json()
    secrets.push(...[pendingRef, sessionJwt, refreshJwt].filter(Boolean))
    await route.fulfill({ response })
  })
  await open(page)
  await page.getByRole('main').getByLabel('Name').fill('Jo Bloggs')
  await press(page, 'Sign up')
  await isWaiting(page)
  const picture = page.getByRole('img', { name: /^QR code/ })
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => true))).toBe(true)

  await tap(page, 'Scan the code on the screen')
  const message = onPhone(page).getByLabel(/^Message to \+\d+$/)
  expect(await message.inputValue()).toMatch(/\b[A-Za-z\d]{16}$/)
  await actOnPhone(page, 'Send')
  await reply(page, 'You are signed in')
  await expectOutcome(page, /^Signed up as \+15550100001$/, {
    name: 'Jo Bloggs',
    phone: NUMBER,
    verifiedPhone: 'true',
    loginIds: NUMBER,
    firstSeen: 'true',
    amr: 'whatsapp',
    su: 'false',
  })
  const userId = await fact(page, 'userId').textContent()
  expect(userId).toMatch(/^U\w+$/)
  expect(await fact(page, 'sub').textContent()).toBe(userId)
  const calls = await callsMade(page)
  expect(calls.slice(calls.indexOf('notp.signUp'))).toEqual([
    'notp.signUp',
    'notp.waitForSession',
    'validateSession',
  ])

  await expect.poll(() => secrets.length, { timeout: PATIENCE }).toBeGreaterThanOrEqual(3)
  for (const call of await log(page).locator('summary').all()) await call.click()
  const logged = (await log(page).textContent())!
  expect(logged).toContain('pendingRef')
  for (const secret of secrets) expect(logged).not.toContain(secret)
})

test('a known user signs in, with or without naming the number, and never signs up again', async ({
  page,
}) => {
  await open(page)
  await signUp(page)
  await choose(page, 'What to do', 'Sign in')
  await loginId(page).fill('+1 555 010 0001')
  await press(page, 'Sign in')
  await send(page)
  await expectOutcome(page, /^Signed in as/, { loginIds: NUMBER, firstSeen: 'false' })

  await press(page, 'Start again')
  await loginId(page).fill('')
  await choose(page, 'What to do', 'Sign up or in')
  await press(page, 'Sign up or in')
  await send(page)
  await expectOutcome(page, /^Signed in as/, { loginIds: NUMBER, firstSeen: 'false' })

  await choose(page, 'What to do', 'Sign up')
  await loginId(page).fill(NUMBER)
  await press(page, 'Sign up')
  await alert(page, 'E062107').waitFor()

  // Without a number, only the message says who it is.
  await loginId(page).fill('')
  await press(page, 'Sign up')
  await send(page)
  await page
    .getByRole('status')
    .filter({ hasText: /failed$/ })
    .waitFor()
  await alert(page, 'E062107').getByRole('button', { name: 'Start again' }).click()
  await expectFocus(page, /INPUT/)
})

test('a message from a wrong number is refused or not sent, and the right one still counts', async ({
  page,
}) => {
  await open(page)
  await loginId(page).fill(NEW_NUMBER)
  await press(page, 'Sign up')
  await send(page)
  await reply(page, 'The message has to come from the number that it is about.')
  await isWaiting(page)
  await numberOfPhone(page).fill('jo')
  await tap(page, 'Send')
  expect(await numberOfPhone(page).evaluate((field: HTMLInputElement) => field.validity.valid)).toBe(false)
  await numberOfPhone(page).fill('+1 (555) 010-0002')
  await actOnPhone(page, 'Send')
  await expectOutcome(page, /^Signed up as/, { phone: NEW_NUMBER })
})

describe('with a session', () => {
  test('a user steps up, changes the number, steps up and signs in with it, and signs out', async ({
    page,
  }) => {
    await open(page)
    await signUp(page)
    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Send the payment')
    await send(page)
    await expectOutcome(page, /^Confirmed/, { su: 'true', firstSeen: 'false' })

    await choose(page, 'What to do', 'Change number')
    await press(page, 'Change number')
    await send(page)
    await reply(page, 'The message has to come from the number that it is about.')
    await press(page, 'Give the phone this number')
    await actOnPhone(page, 'Send')
    await expectOutcome(page, /^The number is now \+15550100002$/, {
      phone: `${NUMBER} → ${NEW_NUMBER}`,
      verifiedPhone: 'true',
      loginIds: `${NUMBER}, ${NEW_NUMBER}`,
    })
    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Send the payment')
    await send(page)
    await expectOutcome(page, /^Confirmed: .* \+15550100002$/, { su: 'true' })

    await choose(page, 'What to do', 'Sign in')
    await press(page, 'Sign in')
    await send(page)
    await expectOutcome(page, /^Signed in as \+15550100002$/, { phone: NEW_NUMBER, firstSeen: 'false' })

    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Sign out')
    await expectFocus(page, /^Sign in first$/)
    expect((await callsMade(page)).at(-1)).toBe('logout')
    for (const use of ['Change number', 'Step-up']) {
      await choose(page, 'What to do', use)
      await press(page, 'Sign in first')
      await expect.poll(() => loginId(page).evaluate(field => field === document.activeElement)).toBe(true)
    }
  })

  test('a user changes to whatever number the message comes from', async ({ page }) => {
    await open(page)
    await signUp(page)
    await choose(page, 'What to do', 'Change number')
    await page.getByRole('main').getByLabel('New phone number').fill('')
    await press(page, 'Change number')
    await press(page, 'Open WhatsApp')
    await numberOfPhone(page).fill('+1 555 010 0003')
    await actOnPhone(page, 'Send')
    await expectOutcome(page, /^The number is now \+15550100003$/, {})
  })
})

describe('logins that fail', () => {
  test('an unknown user cannot sign in; an unused code expires, and a new one works', async ({ page }) => {
    await open(page)
    await choose(page, 'What to do', 'Sign in')
    await loginId(page).fill(NUMBER)
    await press(page, 'Sign in')
    await alert(page, 'E062108').waitFor()

    await loginId(page).fill('')
    await press(page, 'Sign in')
    await send(page)
    await alert(page, 'E062108').getByRole('button', { name: 'Start again' }).click()
    expect((await callsMade(page)).at(-1)).toBe('notp.waitForSession')

    await choose(page, 'What to do', 'Sign up')
    await press(page, 'Sign up')
    await press(page, 'Open WhatsApp')
    await tap(page, 'Skip 10 minutes')
    await page
      .getByRole('status')
      .filter({ hasText: /expired$/ })
      .waitFor()
    await actOnPhone(page, 'Send')
    await reply(page, /expired|not found/)
    await alert(page, 'E011004').getByRole('button', { name: 'Start again' }).click()
    await press(page, 'Sign up')
    await send(page)
    await result(page, /^Signed up as/)
  })

  test('polling stops when the user cancels or leaves', async ({ page }) => {
    const ended = log(page).getByText(/errorCode: 'aborted'/)
    await open(page)
    await press(page, 'Sign up')
    await press(page, 'Open WhatsApp')
    await press(page, 'Cancel')
    await expect.poll(() => ended.count(), { timeout: PATIENCE }).toBe(1)
    await expectFocus(page, /INPUT/)
    await onPhone(page).getByText('Nothing to send yet').waitFor()

    await press(page, 'Sign up')
    await isWaiting(page)
    await goToScenario(page, 'Push')
    await expect.poll(() => ended.count(), { timeout: PATIENCE }).toBe(2)
    expect(await onPhone(page).getByRole('button', { name: 'Scan the code on the screen' }).count()).toBe(0)
  })
})

describe('with other input and screens', () => {
  test('with the keyboard alone, from step to step', async ({ page }) => {
    await open(page)
    await loginId(page).focus()
    await page.keyboard.press('Enter')
    await expectFocus(page, /^Open WhatsApp$/)
    await page.keyboard.press('Enter')
    await expectFocus(page, /^Send$/)
    await page.keyboard.press('Enter')
    await expectFocus(page, /^Signed up as/)
  })

  test('with the phone in a window of its own', async ({ page }) => {
    await open(page)
    await press(page, 'Sign up')
    await isWaiting(page)
    const [phone] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Phone in its own window' }).click(),
    ])
    await phone.getByRole('button', { name: 'Scan the code on the screen' }).click()
    await phone.getByRole('button', { name: 'Send' }).click()
    await reply(phone, 'You are signed in')
    await result(page, /^Signed up as/)
  })

  test('in light colours, 360 pixels wide, and dark colours, 1280 pixels wide, axe has no objection', async ({
    page,
  }) => {
    await open(page)
    await expectAccessibleInAllLooks(page)
    await press(page, 'Sign up')
    await isWaiting(page)
    await expectAccessibleInAllLooks(page)
    await press(page, 'Open WhatsApp')
    await actOnPhone(page, 'Send')
    await result(page, /^Signed up as/)
    await expectAccessibleInAllLooks(page)
    await choose(page, 'What to do', 'Change number')
    await press(page, 'Change number')
    await send(page)
    await reply(page, 'The message has to come from')
    await expectAccessibleInAllLooks(page)
    await tap(page, 'Skip 10 minutes')
    await alert(page, 'E011004').waitFor()
    await expectAccessibleInAllLooks(page)
  })
})

describe('with a real tenant', () => {
  test('the link leads to WhatsApp, and the user’s own phone sends the message', async ({
    page,
    authsignal,
  }) => {
    const { projectId } = await control(authsignal, 'health')
    const notp = { DESCOPE_PROJECT_ID: projectId, DESCOPE_BASE_URL: authsignal.url }
    const real = await startDemo({ ...realTenant(authsignal), ...notp })
    try {
      await page.goto(`${real.url}/#notp`)
      await press(page, 'Sign up')
      const link = page.getByRole('main').getByRole('link', { name: 'Open WhatsApp' })
      const message = new URL((await link.getAttribute('href'))!)
      expect(message.origin).toBe('https://wa.me')
      const code = message.searchParams.get('text')
      await control(authsignal, 'notp/approve', { code, phone: NUMBER })
      await expectOutcome(page, /^Signed up as/, { phone: NUMBER })
    } finally {
      await real.stop()
    }
  })

  test('without a project of Descope’s the panel says what is missing', async ({ page, authsignal }) => {
    const real = await startDemo(realTenant(authsignal))
    try {
      await page.goto(`${real.url}/#notp`)
      await page.getByRole('main').getByText('DESCOPE_PROJECT_ID').waitFor()
      expect(await page.getByRole('main').getByRole('button').count()).toBe(0)
    } finally {
      await real.stop()
    }
  })
})
