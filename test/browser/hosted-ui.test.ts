/** The hosted page itself, in its own tab: what a user sees and does between leaving the app and returning to it. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { type Method, type Service, startService, type User, wrongCode } from '../support/service.js'
import { built, html, type Site, serve } from '../support/site.js'

let service: Service
let app: Site

beforeAll(async () => {
  service = await startService()
  app = await serve({
    '/': html('<title>App</title><h1>App</h1><script src="/authsignal.js"></script>'),
    '/authsignal.js': built('authsignal.umd.js'),
  })
})

afterEach(() => service.emulator.clock.reset())

afterAll(() => Promise.all([service.close(), app.close()]))

interface Visit {
  readonly user: User
  readonly url: string
}

/** The hosted page's address for a new user with these methods, as the backend gets it. */
async function track(methods: readonly Method[], attributes: object = {}): Promise<Visit> {
  const user = await service.newUser(...methods)
  const { userId } = user
  const { url } = await service.backend.track({ userId, action: 'pay', attributes })
  return { user, url }
}

async function visit(page: Page, methods: readonly Method[], attributes: object = {}): Promise<User> {
  const { user, url } = await track(methods, { redirectUrl: `${app.url}/?order=7`, ...attributes })
  await page.goto(url)
  return user
}

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

/** What the backend reads from the address that the user returns to. */
async function comeBack(page: Page, user: User) {
  await page.waitForURL(address => address.origin === app.url)
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('order')).toBe('7')
  const token = searchParams.get('token')!
  return service.backend.validateChallenge({ token, action: 'pay', userId: user.userId })
}

describe('a user with one method', () => {
  for (const { method, masked } of [
    { method: 'SMS', masked: /\*+\d+ by text message/ },
    { method: 'WHATSAPP', masked: /\*+\d+ by WhatsApp/ },
    { method: 'EMAIL_OTP', masked: /\*.*@example\.com by email/ },
  ] as const) {
    test(`goes straight to the code by ${method}, and back to the app once it is right`, async ({ page }) => {
      const user = await visit(page, [method])

      await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
      await page.getByText(masked).waitFor()
      const text = await page.locator('body').textContent()
      expect(text).not.toContain(user.phoneNumber)
      expect(text).not.toContain(user.email)
      await codeField(page).fill(await user.nextCode(method))

      expect(await comeBack(page, user)).toMatchObject({
        isValid: true,
        state: 'CHALLENGE_SUCCEEDED',
        verificationMethod: method,
      })
    })
  }

  test('finds the cursor in a field that phones fill in from the message', async ({ page }) => {
    await visit(page, ['SMS'])
    await expect
      .poll(() => codeField(page).evaluate(field => field === document.activeElement), { timeout: PATIENCE })
      .toBe(true)
    expect(await codeField(page).getAttribute('autocomplete')).toBe('one-time-code')
    expect(await codeField(page).getAttribute('inputmode')).toBe('numeric')
  })

  test('may paste the code as the message writes it', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.url })
    const user = await visit(page, ['SMS'])
    const code = await user.nextCode('SMS')
    await codeField(page).focus()
    await page.evaluate(text => navigator.clipboard.writeText(text), `${code.slice(0, 3)} ${code.slice(3)}`)
    await page.keyboard.press('ControlOrMeta+V')
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('sees that the code is wrong, and types the right one over it', async ({ page }) => {
    const user = await visit(page, ['SMS'])
    const code = await user.nextCode('SMS')
    await tryCode(page, wrongCode(code))
    await problem(page, /wrong or has expired/).waitFor()
    expect(await codeField(page).getAttribute('aria-invalid')).toBe('true')

    await untilSelected(page)
    await page.keyboard.type(code)

    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('sees that the code is too short, and nothing is sent', async ({ page }) => {
    await visit(page, ['SMS'])
    const requests: string[] = []
    page.on('request', request => requests.push(request.url()))
    await codeField(page).fill('123')
    await page.getByRole('button', { name: 'Continue' }).click()
    await problem(page, /6 digits/).waitFor()
    expect(requests.filter(url => url.includes('/verify/'))).toEqual([])
  })

  test('is stopped for five minutes after too many wrong codes, even with the right one', async ({
    page,
  }) => {
    await page.clock.install()
    const user = await visit(page, ['SMS'])
    const code = await user.nextCode('SMS')
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

  test('gets a new code on request, and the one before is no longer valid', async ({ page }) => {
    await page.clock.install()
    const user = await visit(page, ['SMS'])
    const first = await user.nextCode('SMS')
    const resend = page.getByRole('button', { name: /^Resend code/ })
    await page.getByRole('button', { name: /^Resend code in 0:[23]\d$/ }).waitFor()
    expect(await resend.getAttribute('aria-disabled')).toBe('true')
    await page.clock.runFor('00:31')
    await resend.click()
    await page.getByRole('status').filter({ hasText: 'New code sent' }).waitFor()
    const second = await user.nextCode('SMS')

    if (first !== second) {
      await tryCode(page, first)
      await problem(page, /wrong or has expired/).waitFor()
    }
    await codeField(page).fill(second)

    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('sees for how long no further code can be sent, and can still use the last one', async ({ page }) => {
    await page.clock.install()
    const user = await visit(page, ['SMS'])
    const resend = page.getByRole('button', { name: /^Resend code/ })
    let code = await user.nextCode('SMS')
    for (let sent = 1; sent < 6; sent++) {
      await page.clock.runFor('00:31')
      await resend.click()
      code = await user.nextCode('SMS')
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
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('comes back unverified after a cancel', async ({ page }) => {
    const user = await visit(page, ['SMS'])
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await comeBack(page, user)).toMatchObject({ isValid: false, state: 'CHALLENGE_REQUIRED' })
  })

  test('sees that the network is down, and continues once it is back', async ({ page, context }) => {
    const user = await visit(page, ['SMS'])
    const code = await user.nextCode('SMS')
    await context.setOffline(true)
    await codeField(page).fill(code)
    await problem(page, /No connection/).waitFor()

    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()

    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })
})

describe('a user with several methods', () => {
  test('chooses one, and may take another instead', async ({ page }) => {
    const user = await visit(page, ['SMS', 'WHATSAPP', 'EMAIL_OTP'])
    const choices = page.getByRole('listitem').getByRole('button')
    await choices.first().waitFor()
    expect(await choices.count()).toBe(3)
    expect(service.emulator.messages.list({ to: user.phoneNumber })).toEqual([])

    await page.getByRole('button', { name: /^WhatsApp/ }).click()
    await user.nextCode('WHATSAPP')
    await page.getByRole('button', { name: 'Use another method' }).click()
    await page.getByRole('button', { name: /^Email/ }).click()
    await codeField(page).fill(await user.nextCode('EMAIL_OTP'))

    expect(await comeBack(page, user)).toMatchObject({ isValid: true, verificationMethod: 'EMAIL_OTP' })
  })

  test('needs no mouse', async ({ page }) => {
    const user = await visit(page, ['SMS', 'EMAIL_OTP'])
    await page.getByRole('button', { name: /^Text message/ }).waitFor()
    await tabTo(page, /^Text message/)
    await page.keyboard.press('Enter')
    const code = await user.nextCode('SMS')
    await codeField(page).waitFor()
    await page.keyboard.type(code.slice(0, 5))
    await tabTo(page, /Continue/)
    await page.keyboard.press('Enter')
    await problem(page, /6 digits/).waitFor()
    await untilSelected(page)
    await page.keyboard.type(code)
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
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
  test('adds a phone number, and agrees to text messages before one is sent', async ({ page }) => {
    const user = await visit(page, [])
    await page.getByRole('button', { name: /^Text message/ }).click()
    await page.getByLabel('Phone number').fill(user.phoneNumber)
    await page.getByRole('button', { name: 'Send code' }).click()
    await problem(page, /Tick this box/).waitFor()
    expect(service.emulator.messages.list({ to: user.phoneNumber })).toEqual([])

    await page.getByRole('checkbox', { name: /agree/ }).check()
    await page.getByRole('button', { name: 'Send code' }).click()
    await codeField(page).fill(await user.nextCode('SMS'))

    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
    const { userId } = user
    expect(await service.backend.getAuthenticators({ userId })).toMatchObject([
      { verificationMethod: 'SMS', phoneNumber: user.phoneNumber },
    ])
  })

  test('adds an e-mail address, and corrects it before the code is entered', async ({ page }) => {
    const user = await visit(page, [])
    await page.getByRole('button', { name: /^Email/ }).click()
    await page.getByLabel('Email address').fill('not an address')
    await page.getByRole('button', { name: 'Send code' }).click()
    await problem(page, /Enter an email address/).waitFor()
    await page.getByLabel('Email address').fill(`typo-${user.email}`)
    await page.getByRole('button', { name: 'Send code' }).click()
    await codeField(page).waitFor()

    await page.getByRole('button', { name: /^Change/ }).click()
    await page.getByLabel('Email address').fill(user.email)
    await page.getByRole('button', { name: 'Send code' }).click()
    await codeField(page).fill(await user.nextCode('EMAIL_OTP'))

    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })
})

describe('an invalid link', () => {
  test('says that the session has expired, on arrival', async ({ page }) => {
    const { url } = await track(['SMS'])
    service.emulator.clock.advance(601)
    await page.goto(url)
    await page.getByRole('heading', { name: 'Your session expired' }).waitFor()
  })

  test('says that the session has expired, with the code in hand', async ({ page }) => {
    const user = await visit(page, ['SMS'])
    const code = await user.nextCode('SMS')
    service.emulator.clock.advance(601)
    await codeField(page).fill(code)
    await page.getByRole('heading', { name: 'Your session expired' }).waitFor()
  })

  test('says that the link is incomplete, or was cut off', async ({ page }) => {
    const { url } = await track(['SMS'])
    await page.goto(`${service.url}/challenge`)
    await page.getByRole('heading', { name: 'This link is incomplete' }).waitFor()
    await page.goto(url.slice(0, -20))
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
  })

  test('says that the request was declined when the rules block it', async ({ page }) => {
    await service.emulator.fetch(`${service.url}/emulator/outcomes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'blocked', outcome: 'BLOCK' }),
    })
    const { userId } = await service.newUser('SMS')
    const { url } = await service.backend.track({ userId, action: 'blocked', attributes: {} })
    await page.goto(url)
    await page.getByRole('heading', { name: 'This request was declined' }).waitFor()
  })
})

describe('in a popup', () => {
  /** Opens the hosted page as an app does. */
  async function launch(page: Page, url: string) {
    await page.goto(app.url)
    await page.evaluate(`
      errors = []
      client = new authsignal.Authsignal(${JSON.stringify({ tenantId: service.tenantId, baseUrl: service.baseUrl })})
      outcome = client.launch(${JSON.stringify(url)}, { onError: error => errors.push(error) })
      undefined`)
    return page.frameLocator('iframe[name=authsignal]')
  }

  test('it closes the popup by Escape', async ({ page }) => {
    const { url } = await track(['SMS'])
    const hosted = await launch(page, url)
    await hosted.getByLabel('6-digit code').press('Escape')
    expect(await page.evaluate('outcome')).toMatchObject({ errorCode: 'popup_closed' })
  })

  test('it reports an expired session, shows it, and closes on request', async ({ page }) => {
    const { url } = await track(['SMS'])
    service.emulator.clock.advance(601)
    const hosted = await launch(page, url)
    await hosted.getByRole('heading', { name: 'Your session expired' }).waitFor()
    expect(await page.evaluate('errors')).toEqual([{ errorCode: 'expired_token', statusCode: 401 }])
    await hosted.getByRole('button', { name: 'Close' }).click()
    expect(await page.evaluate('outcome')).toMatchObject({ errorCode: 'popup_closed' })
  })

  test('it is exactly as high as its content, on every screen', async ({ page }) => {
    // The popup is no higher than the window.
    await page.setViewportSize({ width: 1280, height: 1000 })
    const { url } = await track([])
    const hosted = await launch(page, url)
    const gap = () =>
      hosted.locator('html').evaluate(root => [root.scrollHeight - root.clientHeight, root.clientHeight])
    await hosted.getByRole('button', { name: /^Text message/ }).waitFor()
    await expect.poll(async () => (await gap())[0], { timeout: PATIENCE }).toBe(0)
    const chooser = (await page.getByRole('dialog').boundingBox())!.height
    await hosted.getByRole('button', { name: /^Text message/ }).click()
    await hosted.getByLabel('Phone number').waitFor()
    await expect
      .poll(async () => (await page.getByRole('dialog').boundingBox())!.height, { timeout: PATIENCE })
      .not.toBe(chooser)
    await expect.poll(async () => (await gap())[0], { timeout: PATIENCE }).toBe(0)
  })
})

describe('on a screen 320 pixels wide', () => {
  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  test('nothing has to be scrolled sideways', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 568 })
    await visit(page, ['SMS', 'WHATSAPP', 'EMAIL_OTP'])
    await page.getByRole('button', { name: /^Email/ }).waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: /^Email/ }).click()
    await codeField(page).waitFor()
    expect(await overflow(page)).toBe(0)

    await visit(page, [])
    await page.getByRole('button', { name: /^Text message/ }).click()
    await page.getByLabel('Phone number').waitFor()
    expect(await overflow(page)).toBe(0)
  })
})
