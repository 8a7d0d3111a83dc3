/**
 * The page around the scenarios of the demo: how it starts, its menu, its phone, its log, and what it does by itself.
 */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import {
  callsMade,
  choose,
  codeOnPhone,
  type Demo,
  enterCode,
  expectAccessibleInAllLooks,
  expectOutcome,
  goToScenario,
  log,
  onPhone,
  openFirstPage,
  openScenario,
  press,
  realTenant,
  startDemo,
  tap,
} from './demo.js'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo.stop())

const open = (page: Page, scenario: string) => openScenario(page, demo, scenario)

const inMain = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name })

const messages = (page: Page) => onPhone(page).getByRole('list', { name: 'Messages' }).getByRole('listitem')

const notes = (page: Page, text: string | RegExp) => log(page).getByRole('listitem').filter({ hasText: text })

const isFocused = (element: Locator) => element.evaluate(node => node === document.activeElement)

const logToggle = (page: Page) => page.getByRole('button', { name: 'Log of SDK calls' })

test('the page says what it is, starts on a WhatsApp step-up that two clicks complete, and opens the log with the first call', async ({
  page,
}) => {
  await openFirstPage(page, demo)
  await page.getByRole('banner').getByText('Try each way to verify a user').waitFor()
  await page.getByRole('heading', { name: 'Step-up, own form', level: 2 }).waitFor()
  expect(await page.getByRole('radio', { name: 'WhatsApp' }).isChecked()).toBe(true)
  await page.getByText('Enrolled for WhatsApp: +15550100001').waitFor()
  expect(await log(page).isVisible()).toBe(false)
  expect(await logToggle(page).getAttribute('aria-expanded')).toBe('false')
  await press(page, 'Send the payment')
  await log(page).waitFor()
  expect(await logToggle(page).getAttribute('aria-expanded')).toBe('true')
  await enterCode(page, await codeOnPhone(page))
  await expectOutcome(page, /^Confirmed/, { verificationMethod: 'WHATSAPP' })
})

describe('a second click', () => {
  for (const [scenario, button] of [
    ['Step-up, own form', 'Send the payment'],
    ['Step-up, hosted UI', 'Open the vault'],
    ['Sign-in', 'Send code'],
  ] as const)
    test(`within half a second does not start again, in ${scenario}`, async ({ page }) => {
      await page.clock.install()
      await open(page, scenario)
      await page.clock.pauseAt(Date.now() + 3_600_000)
      const again = inMain(page, 'Start again')
      const box = (await inMain(page, button).boundingBox())!
      await press(page, button)
      await again.waitFor()

      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
      await page.clock.runFor(499)
      await again.click({ force: true })
      expect(await inMain(page, button).count()).toBe(0)

      await page.clock.runFor(500)
      await again.click()
      await inMain(page, button).waitFor()
    })

  test('of a double click does not start again', async ({ page }) => {
    await open(page, 'Sign-in')
    await inMain(page, 'Send code').dblclick()
    await page.getByLabel(/^Code sent by/).waitFor()
    await codeOnPhone(page)
    expect((await callsMade(page)).filter(name => name === 'challenge')).toEqual(['challenge'])
  })
})

describe('the log', () => {
  test('closes when it is cleared, and stays closed when the user has closed it', async ({ page }) => {
    await open(page, 'Sign-in')
    await logToggle(page).click()
    await log(page).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await log(page).waitFor({ state: 'hidden' })
    await page.getByText('empty', { exact: true }).waitFor()
    expect(await isFocused(logToggle(page))).toBe(true)
    // There is nothing to open.
    await page.keyboard.press('Enter')
    expect(await logToggle(page).getAttribute('aria-expanded')).toBe('false')

    await press(page, 'Send code')
    await log(page).waitFor()
    await logToggle(page).press('Enter')
    await log(page).waitFor({ state: 'hidden' })
    await press(page, 'Send a new code')
    await page.getByText('A new code is on its way').waitFor()
    expect(await log(page).isVisible()).toBe(false)
    await logToggle(page).press('Enter')
    await log(page).waitFor()
  })
})

describe('on a narrow screen', () => {
  test('the scenarios are a menu, which the keyboard operates', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await openFirstPage(page, demo)
    expect(await page.getByRole('navigation').getByRole('listitem').count()).toBe(0)
    const menu = page.getByRole('combobox', { name: 'Scenario' })
    expect(await menu.inputValue()).toBe('own-form')
    await menu.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('heading', { name: 'Step-up, hosted UI', level: 2 }).waitFor()
    expect(await isFocused(menu)).toBe(true)
    await page.goBack()
    await page.getByRole('heading', { name: 'Step-up, own form', level: 2 }).waitFor()
    expect(await menu.inputValue()).toBe('own-form')
  })
})

describe('the phone', () => {
  const newUser = async (browser: Browser) => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    context.setDefaultTimeout(PATIENCE)
    return { page: await context.newPage(), close: () => context.close() }
  }

  test('shows the messages of its user, also of a sign-in, and of no other', async ({ browser, page }) => {
    await openFirstPage(page, demo)
    const other = await newUser(browser)
    try {
      await other.page.goto(demo.url)
      await press(other.page, 'Send the payment')
      await codeOnPhone(other.page)
      await goToScenario(other.page, 'Sign-in')
      await press(other.page, 'Send code')
      await codeOnPhone(other.page, 2)
      await other.page.reload()
      await codeOnPhone(other.page, 2)

      await press(page, 'Send the payment')
      await codeOnPhone(page)
      expect(await messages(page).count()).toBe(1)
      await page.reload()
      await codeOnPhone(page)
      expect(await messages(page).count()).toBe(1)
    } finally {
      await other.close()
    }
  })

  test('strikes out codes that no longer work, and says why', async ({ page }) => {
    await openFirstPage(page, demo)
    await press(page, 'Send the payment')
    const first = await codeOnPhone(page)
    await press(page, 'Send a new code')
    const second = await codeOnPhone(page, 2)
    await messages(page)
      .filter({ hasText: 'Replaced by a new one' })
      .getByText(first, { exact: true })
      .waitFor()
    expect(await messages(page).locator('s').allTextContents()).toEqual([first])

    await enterCode(page, second)
    await expectOutcome(page, /^Confirmed/, {})
    await messages(page).filter({ hasText: 'Used' }).getByText(second, { exact: true }).waitFor()

    await press(page, 'Start again')
    await press(page, 'Send the payment')
    const third = await codeOnPhone(page, 3)
    await inMain(page, `Use ${third} from the phone`).waitFor()
    await tap(page, 'Skip 10 minutes')
    await messages(page).filter({ hasText: 'Expired' }).getByText(third, { exact: true }).waitFor()
    expect(await messages(page).getByRole('button', { name: 'Copy' }).count()).toBe(0)
    await inMain(page, /from the phone/).waitFor({ state: 'hidden' })
  })

  test('offers no link that was used', async ({ page }) => {
    await open(page, 'Magic link')
    await press(page, 'Send link')
    const link = onPhone(page).getByRole('link', { name: 'Open link' })
    const [mail] = await Promise.all([page.waitForEvent('popup'), link.click()])
    await mail.getByRole('button', { name: 'Yes, it is me' }).click()
    await messages(page).filter({ hasText: 'Used' }).waitFor()
    expect(await link.count()).toBe(0)
  })
})

describe('a snippet', () => {
  test('is copied by the keyboard as it is shown, and this is announced', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await openFirstPage(page, demo)
    for (const side of ['backend', 'browser']) {
      await inMain(page, `Copy the ${side} code`).focus()
      await page.keyboard.press('Enter')
      await page
        .getByRole('status')
        .filter({ hasText: `Copied: the ${side} code` })
        .waitFor({ state: 'attached' })
      const figure = page.getByRole('figure').filter({ hasText: new RegExp(`^${side}`, 'i') })
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(copied).toBe(await figure.locator('pre').textContent())
      expect(copied).toContain('authsignal.')
    }
  })

  test('that the browser does not copy says so', async ({ page }) => {
    await openFirstPage(page, demo)
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    await inMain(page, 'Copy the browser code').click()
    await page.getByRole('status').filter({ hasText: 'Not allowed' }).waitFor({ state: 'attached' })
  })
})

test('what a scenario needs is enrolled by the backend or on the phone, and the log says so', async ({
  page,
}) => {
  await open(page, 'Update phone number')
  await choose(page, 'Channel', 'SMS')
  await page.getByText('Enrolled for SMS: +64210000001').waitFor()
  await logToggle(page).click()
  await notes(page, 'the backend enrols +64 21 000 0001').waitFor()
  expect((await callsMade(page)).at(-1)).toBe('enrollVerifiedAuthenticator')

  await goToScenario(page, 'Push')
  await inMain(page, 'Send the payment').waitFor()
  await notes(page, 'the emulator registers the phone').waitFor()

  await goToScenario(page, 'Magic link')
  await choose(page, 'What to do', 'Step-up')
  await press(page, 'Send the payment')
  await onPhone(page).getByRole('link', { name: 'Open link' }).waitFor()
  await notes(page, 'the backend enrols jane@example.com').waitFor()

  await goToScenario(page, 'Authenticator app')
  await choose(page, 'What to do', 'Step-up')
  await press(page, 'Send the payment')
  await press(page, /^Use \d{6} from the phone/)
  await press(page, 'Verify')
  await expectOutcome(page, /^Confirmed/, { verificationMethod: 'AUTHENTICATOR_APP' })
  await notes(page, 'sets it up on the phone').waitFor()
})

test('with a real tenant nothing is enrolled unasked', async ({ page, authsignal }) => {
  // The demo makes up a user, who enrols the number of this one.
  const jane = await authsignal.user('jane', { whatsapp: '+64211234567' })
  const real = await startDemo(realTenant(authsignal))
  try {
    await page.goto(real.url)
    await page
      .getByRole('banner')
      .getByText(/which sends real messages/)
      .waitFor()
    await page.getByText('Enrol an address that you can read.').waitFor()
    await page.getByText('empty', { exact: true }).waitFor()
    expect(await page.getByRole('group', { name: 'Your rules decide' }).count()).toBe(0)
    await page.getByRole('main').getByLabel('Phone number').fill('+64 21 123 4567')
    await press(page, 'Enrol')
    await press(page, 'Send the payment')
    await enterCode(page, await jane.whatsapp.code())
    await expectOutcome(page, /^Confirmed/, {})
  } finally {
    await real.stop()
  }
})

describe('when the rules decide by themselves', () => {
  for (const [scenario, button] of [
    ['Step-up, own form', 'Send the payment'],
    ['Step-up, hosted UI', 'Open the vault'],
  ] as const)
    test(`each state is shown and sends no code, in ${scenario}`, async ({ page }) => {
      await open(page, scenario)
      for (const [rule, state, title] of [
        ['Allow', 'ALLOW', /^Allowed/],
        ['Review', 'REVIEW_REQUIRED', /^Held for review/],
        ['Block', 'BLOCK', /^Blocked/],
      ] as const) {
        await choose(page, 'Your rules decide', rule)
        const tracked = page.waitForResponse(/\/app\/api\/track$/)
        await press(page, button)
        await expectOutcome(page, title, { state })
        const body = await (await tracked).json()
        expect(Object.keys(body).sort()).toEqual(['serverCalls', 'state'])
        expect((await callsMade(page)).at(-1)).toBe('track')
      }
      await notes(page, `the action ${scenario.endsWith('form') ? 'send-payment' : 'open-vault'}`)
        .first()
        .waitFor()
      const sent = await page.evaluate(() => fetch('/emulator/messages').then(response => response.json()))
      expect(sent.messages).toEqual([])

      await choose(page, 'Your rules decide', 'Challenge')
      await press(page, button)
      await page
        .getByLabel(/^Code sent/)
        .or(inMain(page, 'Continue in the popup'))
        .waitFor()
    })

  test('another scenario still needs a challenge', async ({ page }) => {
    await openFirstPage(page, demo)
    await choose(page, 'Your rules decide', 'Block')
    await press(page, 'Send the payment')
    await expectOutcome(page, /^Blocked/, {})
    await goToScenario(page, 'Push')
    await press(page, 'Send the payment')
    await tap(page, 'Approve')
    await expectOutcome(page, /^Confirmed/, {})
  })
})

describe('a failure', () => {
  test('of the browser SDK is a sentence for the user, and the log has the description', async ({ page }) => {
    await openFirstPage(page, demo)
    await press(page, 'Send the payment')
    await codeOnPhone(page)
    await tap(page, 'Skip 10 minutes')
    await enterCode(page, '123456')
    const alert = page.getByRole('alert').filter({ hasText: 'expired_token' })
    await alert.getByText('This took too long. Start again.', { exact: true }).waitFor()
    await log(page).getByText('The token has expired.').first().waitFor({ state: 'attached' })
    expect(await page.getByRole('main').getByText('The token has expired.').count()).toBe(0)
  })

  test('of what the user has typed says what to type; of the backend’s SDK, how long to wait', async ({
    page,
  }) => {
    await open(page, 'Sign-in')
    const number = page.getByRole('main').getByLabel('Phone number')
    const usual = await number.inputValue()
    await number.fill('12345')
    await press(page, 'Send code')
    await page.getByRole('alert').getByText('Enter the phone number with its country code').waitFor()
    await number.fill(usual)
    await press(page, 'Send code')
    const alert = page.getByRole('alert').filter({ hasText: 'too_many_requests' })
    await codeOnPhone(page)
    await expect
      .poll(
        async () => {
          await press(page, 'Send a new code')
          return alert.count()
        },
        { timeout: PATIENCE },
      )
      .toBe(1)
    await alert.getByText(/^Too many attempts\. Try again in \d+ (minutes?|seconds?)\.$/).waitFor()
    await alert.getByRole('button', { name: 'Skip the wait' }).click()
    await alert.getByText('You can try again now.').waitFor()
  })
})

test('the keyboard alone confirms the payment', async ({ page }) => {
  await openFirstPage(page, demo)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  const send = inMain(page, 'Send the payment')
  for (let tabs = 0; tabs < 3 && !(await isFocused(send)); tabs++) await page.keyboard.press('Tab')
  expect(await isFocused(send)).toBe(true)
  await page.keyboard.press('Enter')
  const code = await codeOnPhone(page)
  await expect.poll(() => isFocused(page.getByLabel(/^Code sent/)), { timeout: PATIENCE }).toBe(true)
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await expectOutcome(page, /^Confirmed/, {})
  expect(await isFocused(page.getByRole('heading', { name: /^Confirmed/ }))).toBe(true)
})

test('in light colours, 360 pixels wide, and dark colours, 1280 pixels wide, axe has no objection at any step', async ({
  page,
}) => {
  await openFirstPage(page, demo)
  await expectAccessibleInAllLooks(page)
  await press(page, 'Send the payment')
  await codeOnPhone(page)
  await press(page, 'Send a new code')
  await messages(page).filter({ hasText: 'Replaced' }).waitFor()
  await expectAccessibleInAllLooks(page)
  await enterCode(page, await codeOnPhone(page, 2))
  await expectOutcome(page, /^Confirmed/, {})
  await messages(page).filter({ hasText: 'Used' }).waitFor()
  await expectAccessibleInAllLooks(page)
  await choose(page, 'Your rules decide', 'Review')
  await press(page, 'Send the payment')
  await expectOutcome(page, /^Held/, {})
  await expectAccessibleInAllLooks(page)
})
