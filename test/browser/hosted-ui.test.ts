/** The hosted page itself, in its own tab: what a user sees and does between leaving the app and returning to it. */
import type { TestAuthsignal } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { axeViolations } from '../support/axe.js'
import { test } from '../support/hosted-page.js'
import { EMAIL, PHONE, wrongCode } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'

const codeField = (page: Page) => page.getByLabel('6-digit code')

const problem = (page: Page, text: RegExp) => page.getByRole('alert').filter({ hasText: text })

/** Types a code, and waits for the response of the service. */
async function tryCode(page: Page, code: string) {
  const response = page.waitForResponse(/\/client\/verify\//)
  await codeField(page).fill(code)
  await response
}

/** What is in the field is selected, so that typing replaces it. */
const untilSelected = (page: Page) =>
  expect
    .poll(
      () => page.evaluate(`document.activeElement.selectionEnd - document.activeElement.selectionStart > 4`),
      {
        timeout: PATIENCE,
      },
    )
    .toBe(true)

describe('a user with one method', () => {
  for (const { channel, address, method, masked } of [
    { channel: 'sms', address: PHONE, method: 'SMS', masked: /\*+\d+ by text message/ },
    { channel: 'whatsapp', address: PHONE, method: 'WHATSAPP', masked: /\*+\d+ by WhatsApp/ },
    { channel: 'email', address: EMAIL, method: 'EMAIL_OTP', masked: /\*.*@example\.com by email/ },
  ] as const) {
    test(`goes straight to the code by ${method}, and back to the app once it is right`, async ({
      page,
      hosted,
    }) => {
      const jane = await hosted.visit({ [channel]: address })

      await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
      await page.getByText(masked).waitFor()
      expect(await page.locator('body').textContent()).not.toContain(address)
      await codeField(page).fill(await jane[channel].code())

      expect(await hosted.comeBack()).toMatchObject({
        isValid: true,
        state: 'CHALLENGE_SUCCEEDED',
        verificationMethod: method,
      })
    })
  }

  test('finds the cursor in a field that phones fill in from the message', async ({ page, hosted }) => {
    await hosted.visit({ sms: PHONE })
    await expect
      .poll(() => codeField(page).evaluate(field => field === document.activeElement), { timeout: PATIENCE })
      .toBe(true)
    expect(await codeField(page).getAttribute('autocomplete')).toBe('one-time-code')
    expect(await codeField(page).getAttribute('inputmode')).toBe('numeric')
  })

  test('may paste the code as the message writes it', async ({ page, context, authsignal, hosted }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: authsignal.url })
    const jane = await hosted.visit({ sms: PHONE })
    const code = await jane.sms.code()
    await codeField(page).focus()
    await page.evaluate(text => navigator.clipboard.writeText(text), `${code.slice(0, 3)} ${code.slice(3)}`)
    await page.keyboard.press('ControlOrMeta+V')
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('sees that the code is wrong, and types the right one over it', async ({ page, hosted }) => {
    const jane = await hosted.visit({ sms: PHONE })
    const code = await jane.sms.code()
    await tryCode(page, wrongCode(code))
    await problem(page, /wrong or has expired/).waitFor()
    expect(await codeField(page).getAttribute('aria-invalid')).toBe('true')

    await untilSelected(page)
    await page.keyboard.type(code)

    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('sees that the code is too short, and nothing is sent', async ({ page, hosted }) => {
    await hosted.visit({ sms: PHONE })
    const requests: string[] = []
    page.on('request', request => requests.push(request.url()))
    await codeField(page).fill('123')
    await page.getByRole('button', { name: 'Continue' }).click()
    await problem(page, /6 digits/).waitFor()
    expect(requests.filter(url => url.includes('/verify/'))).toEqual([])
  })

  test('is stopped for five minutes after too many wrong codes, even with the right one', async ({
    page,
    hosted,
  }) => {
    await page.clock.install()
    const jane = await hosted.visit({ sms: PHONE })
    const code = await jane.sms.code()
    for (let attempt = 0; attempt < 10; attempt++) {
      await tryCode(page, attempt % 2 ? wrongCode(code) : wrongCode(wrongCode(code)))
      await problem(page, /wrong or has expired/).waitFor()
    }
    await tryCode(page, code)
    await problem(page, /Too many wrong codes/).waitFor()
    const wait = page.getByRole('button', { name: /^Try again in (5:00|4:\d\d)$/ })
    expect(await wait.getAttribute('aria-disabled')).toBe('true')
    expect(await codeField(page).getAttribute('readonly')).toBe('')
    await page.clock.runFor('05:01')
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    expect(await problem(page, /Too many/).count()).toBe(0)
  })

  test('gets a new code on request, and the one before is no longer valid', async ({ page, hosted }) => {
    await page.clock.install()
    const jane = await hosted.visit({ sms: PHONE })
    const first = await jane.sms.code()
    const resend = page.getByRole('button', { name: /^Resend code/ })
    await page.getByRole('button', { name: /^Resend code in 0:[23]\d$/ }).waitFor()
    expect(await resend.getAttribute('aria-disabled')).toBe('true')
    await page.clock.runFor('00:31')
    await resend.click()
    await page.getByRole('status').filter({ hasText: 'New code sent' }).waitFor()
    const second = await jane.sms.code()

    if (first !== second) {
      await tryCode(page, first)
      await problem(page, /wrong or has expired/).waitFor()
    }
    await codeField(page).fill(second)

    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('sees for how long no further code can be sent, and can still use the last one', async ({
    page,
    hosted,
  }) => {
    await page.clock.install()
    const jane = await hosted.visit({ sms: PHONE })
    const resend = page.getByRole('button', { name: /^Resend code/ })
    let code = await jane.sms.code()
    for (let sent = 1; sent < 6; sent++) {
      await page.clock.runFor('00:31')
      await resend.click()
      code = await jane.sms.code()
      await page.getByRole('status').filter({ hasText: 'New code sent' }).waitFor()
    }
    await page.clock.runFor('00:31')
    await resend.click()

    await problem(page, /Too many codes were sent/).waitFor()
    await page.getByRole('button', { name: /^Resend code in (10:00|9:\d\d)$/ }).waitFor()
    expect(await resend.getAttribute('aria-disabled')).toBe('true')
    await page.clock.runFor('03:00')
    await page.getByRole('button', { name: /^Resend code in (7:00|6:\d\d)$/ }).waitFor()

    await codeField(page).fill(code)
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('comes back unverified after a cancel', async ({ page, hosted }) => {
    await hosted.visit({ sms: PHONE })
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await hosted.comeBack()).toMatchObject({ isValid: false, state: 'CHALLENGE_REQUIRED' })
  })

  test('sees that the network is down, and continues once it is back', async ({ page, context, hosted }) => {
    const jane = await hosted.visit({ sms: PHONE })
    const code = await jane.sms.code()
    await context.setOffline(true)
    await codeField(page).fill(code)
    await problem(page, /No connection/).waitFor()

    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()

    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })
})

describe('a user with several methods', () => {
  test('chooses one, and may take another instead', async ({ page, hosted }) => {
    const jane = await hosted.visit({ sms: PHONE, whatsapp: PHONE, email: EMAIL })
    const choices = page.getByRole('listitem').getByRole('button')
    await choices.first().waitFor()
    expect(await choices.count()).toBe(3)
    for (const inbox of [jane.sms, jane.whatsapp, jane.email]) expect(await inbox.received()).toBe(0)

    await page.getByRole('button', { name: /^WhatsApp/ }).click()
    await jane.whatsapp.code()
    await page.getByRole('button', { name: 'Use another method' }).click()
    await page.getByRole('button', { name: /^Email/ }).click()
    await codeField(page).fill(await jane.email.code())

    expect(await hosted.comeBack()).toMatchObject({ isValid: true, verificationMethod: 'EMAIL_OTP' })
  })

  test('needs no mouse', async ({ page, hosted }) => {
    const jane = await hosted.visit({ sms: PHONE, email: EMAIL })
    await page.getByRole('button', { name: /^Text message/ }).waitFor()
    await tabTo(page, /^Text message/)
    await page.keyboard.press('Enter')
    const code = await jane.sms.code()
    await codeField(page).waitFor()
    await page.keyboard.type(code.slice(0, 5))
    await tabTo(page, /Continue/)
    await page.keyboard.press('Enter')
    await problem(page, /6 digits/).waitFor()
    await untilSelected(page)
    await page.keyboard.type(code)
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })
})

/** Moves the focus by the Tab key alone until it is on something that reads so. */
async function tabTo(page: Page, text: RegExp) {
  const seen: string[] = []
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate('document.activeElement.innerText || document.activeElement.tagName')
    if (text.test(String(focused))) return
    seen.push(String(focused))
  }
  throw new Error(`Tab never reached ${text}, only ${seen.join(', ')}`)
}

describe('a user who has no method yet', () => {
  test('adds a phone number, and agrees to text messages before one is sent', async ({
    page,
    backend,
    hosted,
  }) => {
    const jane = await hosted.visit()
    await page.getByRole('button', { name: /^Text message/ }).click()
    await page.getByLabel('Phone number').fill(PHONE)
    await page.getByRole('button', { name: 'Send code' }).click()
    await problem(page, /Tick this box/).waitFor()
    expect(await jane.sms.received()).toBe(0)

    await page.getByRole('checkbox', { name: /agree/ }).check()
    await page.getByRole('button', { name: 'Send code' }).click()
    await codeField(page).fill(await jane.sms.code())

    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
    expect(await backend.getAuthenticators({ userId: 'jane' })).toMatchObject([
      { verificationMethod: 'SMS', phoneNumber: PHONE },
    ])
  })

  test('adds an e-mail address, and corrects it before the code is entered', async ({ page, hosted }) => {
    const jane = await hosted.visit()
    await page.getByRole('button', { name: /^Email/ }).click()
    await page.getByLabel('Email address').fill('not an address')
    await page.getByRole('button', { name: 'Send code' }).click()
    await problem(page, /Enter an email address/).waitFor()
    await page.getByLabel('Email address').fill(`typo-${EMAIL}`)
    await page.getByRole('button', { name: 'Send code' }).click()
    await codeField(page).waitFor()

    await page.getByRole('button', { name: /^Change/ }).click()
    await page.getByLabel('Email address').fill(EMAIL)
    await page.getByRole('button', { name: 'Send code' }).click()
    // The first one went to the other address.
    await jane.email.code()
    await codeField(page).fill(await jane.email.code())

    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })
})

describe('an invalid link', () => {
  test('says that the session has expired, on arrival', async ({ page, authsignal, hosted }) => {
    const url = await hosted.track({ sms: PHONE })
    await authsignal.advance('11 minutes')
    await page.goto(url)
    await page.getByRole('heading', { name: 'Your session expired' }).waitFor()
  })

  test('says that the session has expired, with the code in hand', async ({ page, authsignal, hosted }) => {
    const jane = await hosted.visit({ sms: PHONE })
    const code = await jane.sms.code()
    await authsignal.advance('11 minutes')
    await codeField(page).fill(code)
    await page.getByRole('heading', { name: 'Your session expired' }).waitFor()
  })

  test('says that the link is incomplete, or was cut off', async ({ page, authsignal, hosted }) => {
    const url = await hosted.track({ sms: PHONE })
    await page.goto(`${authsignal.url}/challenge`)
    await page.getByRole('heading', { name: 'This link is incomplete' }).waitFor()
    await page.goto(url.slice(0, -20))
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
  })

  test('says that the request was declined when the rules block it', async ({ page, authsignal, hosted }) => {
    await authsignal.decide('pay', 'BLOCK')
    await hosted.visit({ sms: PHONE })
    await page.getByRole('heading', { name: 'This request was declined' }).waitFor()
  })
})

test('axe has no objection to the page with a list, a field and a notice', async ({
  page,
  authsignal,
  hosted,
}) => {
  await hosted.visit({ sms: PHONE, email: EMAIL })
  await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: /^Email/ }).click()
  await codeField(page).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.goto(`${authsignal.url}/challenge`)
  await page.getByRole('heading', { name: 'This link is incomplete' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
})

describe('in a popup', () => {
  /** Opens the hosted page as an app does. */
  async function launch(page: Page, app: string, { pageSettings }: TestAuthsignal, url: string) {
    await page.goto(app)
    await page.evaluate(`
      errors = []
      client = new authsignal.Authsignal(${JSON.stringify(pageSettings)})
      outcome = client.launch(${JSON.stringify(url)}, { onError: error => errors.push(error) })
      undefined`)
    return page.frameLocator('iframe[name=authsignal]')
  }

  test('it closes the popup by Escape', async ({ page, app, authsignal, hosted }) => {
    const url = await hosted.track({ sms: PHONE })
    const frame = await launch(page, app.url, authsignal, url)
    await frame.getByLabel('6-digit code').press('Escape')
    expect(await page.evaluate('outcome')).toMatchObject({ errorCode: 'popup_closed' })
  })

  test('it reports an expired session, shows it, and closes on request', async ({
    page,
    app,
    authsignal,
    hosted,
  }) => {
    const url = await hosted.track({ sms: PHONE })
    await authsignal.advance('11 minutes')
    const frame = await launch(page, app.url, authsignal, url)
    await frame.getByRole('heading', { name: 'Your session expired' }).waitFor()
    expect(await page.evaluate('errors')).toEqual([{ errorCode: 'expired_token', statusCode: 401 }])
    await frame.getByRole('button', { name: 'Close' }).click()
    expect(await page.evaluate('outcome')).toMatchObject({ errorCode: 'popup_closed' })
  })

  test('it is exactly as high as its content, on every screen', async ({ page, app, authsignal, hosted }) => {
    // The popup is no higher than the window.
    await page.setViewportSize({ width: 1280, height: 1000 })
    const url = await hosted.track()
    const frame = await launch(page, app.url, authsignal, url)
    const gap = () =>
      frame.locator('html').evaluate(root => [root.scrollHeight - root.clientHeight, root.clientHeight])
    await frame.getByRole('button', { name: /^Text message/ }).waitFor()
    await expect.poll(async () => (await gap())[0], { timeout: PATIENCE }).toBe(0)
    const chooser = (await page.getByRole('dialog').boundingBox())!.height
    await frame.getByRole('button', { name: /^Text message/ }).click()
    await frame.getByLabel('Phone number').waitFor()
    await expect
      .poll(async () => (await page.getByRole('dialog').boundingBox())!.height, { timeout: PATIENCE })
      .not.toBe(chooser)
    await expect.poll(async () => (await gap())[0], { timeout: PATIENCE }).toBe(0)
  })
})

describe('on a screen 320 pixels wide', () => {
  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  test('nothing has to be scrolled sideways', async ({ page, authsignal, hosted }) => {
    await page.setViewportSize({ width: 320, height: 568 })
    await hosted.visit({ sms: PHONE, whatsapp: PHONE, email: EMAIL })
    await page.getByRole('button', { name: /^Email/ }).waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: /^Email/ }).click()
    await codeField(page).waitFor()
    expect(await overflow(page)).toBe(0)

    await authsignal.reset()
    await hosted.visit()
    await page.getByRole('button', { name: /^Text message/ }).click()
    await page.getByLabel('Phone number').waitFor()
    expect(await overflow(page)).toBe(0)
  })
})
