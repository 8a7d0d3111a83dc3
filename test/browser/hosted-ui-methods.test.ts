/** The hosted page beyond codes by message: every other method, as a challenge and to be added, and the settings. */
import { VerificationMethod } from '@authsignal/node'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { plugIn } from '../support/authenticators.js'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { base32, totpCode } from '../support/rfc-6238.js'
import { type Method, type Service, startService, type User, wrongCode } from '../support/service.js'
import { built, html, type Site, serve } from '../support/site.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

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

/** Opens the hosted page for a new action of the user. */
async function visit(page: Page, user: User, attributes: object = {}) {
  const { userId } = user
  const { url } = await service.backend.track({
    userId,
    action: 'pay',
    attributes: { redirectUrl: app.url, ...attributes },
  })
  await page.goto(url)
}

/** What the backend reads from the address that the user returns to. */
async function comeBack(page: Page, { userId }: User) {
  await page.waitForURL(address => address.origin === app.url)
  const token = new URL(page.url()).searchParams.get('token')!
  return service.backend.validateChallenge({ token, action: 'pay', userId })
}

async function newUserWith(attributes: {
  verificationMethod: VerificationMethod
  otpUri?: string
  email?: string
}) {
  const user = await service.newUser()
  const email = user.email
  await service.backend.enrollVerifiedAuthenticator({
    userId: user.userId,
    attributes: attributes.verificationMethod === 'EMAIL_MAGIC_LINK' ? { ...attributes, email } : attributes,
  })
  return user
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const problem = (page: Page, text: RegExp) => page.getByRole('alert').filter({ hasText: text })
const codeField = (page: Page) => page.getByLabel('6-digit code')

/** What the app of the user shows. */
const appCode = (secret: string) => totpCode(base32(secret), service.emulator.clock.now())

/** The link that was sent last. */
async function newestLink({ email }: User, before?: string): Promise<string> {
  const links = () => service.emulator.messages.list({ channel: 'EMAIL', to: email }).map(({ url }) => url)
  await expect.poll(() => links()[0], { timeout: PATIENCE }).not.toBeOneOf([undefined, before])
  return links()[0]!
}

/** Opens a link as its recipient does, in a page of its own. */
async function follow(page: Page, link: string) {
  const mailbox = await page.context().newPage()
  await mailbox.goto(link)
  await mailbox.getByRole('button').click()
  await mailbox.getByRole('heading', { name: 'You are verified' }).waitFor()
  await mailbox.close()
}

/** Approves or rejects the latest request on a phone. */
async function respond({ userId }: User, approved: boolean) {
  const callPhone = async (path: string, body?: object) => {
    const response = await service.emulator.fetch(`${service.url}/emulator/push/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    })
    return response.json()
  }
  const pending = async () => (await callPhone(`pending?userId=${userId}`)).challenges
  await expect.poll(pending, { timeout: PATIENCE }).not.toEqual([])
  await callPhone('respond', { challengeId: (await pending()).at(-1).challengeId, approved })
}

async function newUserWithPhone(...methods: Method[]) {
  const user = await service.newUser(...methods)
  await service.emulator.fetch(`${service.url}/emulator/push/enroll`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId: user.userId, deviceName: 'Pixel of Jo' }),
  })
  return user
}

test('a part of the page that does not load is announced, and can be loaded again', async ({ page }) => {
  const user = await service.newUser()
  await page.addInitScript(`
    window.errors = []
    addEventListener('error', ({ detail }) => { if (detail) errors.push(detail.errorCode) }, true)`)
  await page.route('**/hosted-ui/enrolment.js', route => route.abort())
  await visit(page, user)
  await page.getByRole('alert').filter({ hasText: 'Check your network' }).waitFor()
  expect(await heading(page, 'No connection').evaluate(title => title === document.activeElement)).toBe(true)
  expect(await page.evaluate('errors')).toEqual(['network_error'])
  await page.unroute('**/hosted-ui/enrolment.js')
  await button(page, 'Try again').click()
  await heading(page, 'Set up verification').waitFor()
})

describe('an authenticator app', () => {
  const withApp = () =>
    newUserWith({
      verificationMethod: VerificationMethod.AUTHENTICATOR_APP,
      otpUri: `otpauth://totp/Shop:jo?secret=${SECRET}&issuer=Shop`,
    })

  test('shows the code field again after a wrong code, and sends nothing', async ({ page }) => {
    const user = await withApp()
    await visit(page, user)
    await page.getByText('Open your authenticator app').waitFor()
    expect(await button(page, /^Resend/).count()).toBe(0)
    await codeField(page).fill(wrongCode(await appCode(SECRET)))
    await problem(page, /wrong or was used already/).waitFor()
    await codeField(page).fill(await appCode(SECRET))
    expect(await comeBack(page, user)).toMatchObject({
      isValid: true,
      verificationMethod: 'AUTHENTICATOR_APP',
    })
  })

  test('is added by a picture or a key, and going back to them keeps both', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.url })
    const user = await service.newUser()
    await visit(page, user)
    await button(page, /^Authenticator app/).click()
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    await button(page, 'Copy key').click()
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor()
    const secret = await page.evaluate(() => navigator.clipboard.readText())
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)

    await button(page, 'Continue').click()
    await button(page, 'Back').click()
    expect((await page.locator('[data-authsignal=secret]').innerText()).replace(/\s/g, '')).toBe(secret)
    await button(page, 'Continue').click()
    await codeField(page).fill(await appCode(secret))
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })
})

describe('a magic link', () => {
  const withLink = () => newUserWith({ verificationMethod: VerificationMethod.EMAIL_MAGIC_LINK })

  test('that is opened elsewhere takes the page on by itself', async ({ page }) => {
    const user = await withLink()
    await visit(page, user)
    await heading(page, 'Check your email').waitFor()
    await page.getByText('Waiting for you to open the link…').waitFor()
    expect(await page.locator('body').textContent()).not.toContain(user.email)
    await follow(page, await newestLink(user))
    expect(await comeBack(page, user)).toMatchObject({
      isValid: true,
      verificationMethod: 'EMAIL_MAGIC_LINK',
    })
  })

  test('can be sent again', async ({ page }) => {
    await page.clock.install()
    const user = await withLink()
    await visit(page, user)
    const first = await newestLink(user)
    await button(page, /^Resend link in/).waitFor()
    await page.clock.runFor('00:31')
    await button(page, 'Resend link').click()
    await page.getByRole('status').filter({ hasText: 'New link sent' }).waitFor()
    await follow(page, await newestLink(user, first))
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('adds an address, which can be corrected first', async ({ page }) => {
    const user = await service.newUser()
    await visit(page, user)
    await button(page, /^Link by email/).click()
    await page.getByLabel('Email address').fill(`typo-${user.email}`)
    await button(page, 'Send link').click()
    await button(page, 'Change address').click()
    await page.getByLabel('Email address').fill(user.email)
    await button(page, 'Send link').click()
    await follow(page, await newestLink(user))
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
    const { userId } = user
    expect(await service.backend.getAuthenticators({ userId })).toMatchObject([
      { verificationMethod: 'EMAIL_MAGIC_LINK', email: user.email },
    ])
  })
})

describe('a push notification', () => {
  test('that is approved takes the page on', async ({ page }) => {
    const user = await newUserWithPhone()
    await visit(page, user)
    await heading(page, 'Approve on your phone').waitFor()
    await page.getByText('Pixel of Jo').waitFor()
    await respond(user, true)
    expect(await comeBack(page, user)).toMatchObject({ isValid: true, verificationMethod: 'PUSH' })
  })

  test('that is rejected ends the session', async ({ page }) => {
    const user = await newUserWithPhone('SMS')
    await visit(page, user)
    await button(page, /^Push notification/).click()
    await respond(user, false)
    await heading(page, 'You rejected this request').waitFor()
    await button(page, 'Go back').click()
    expect(await comeBack(page, user)).toMatchObject({ isValid: false, state: 'CHALLENGE_FAILED' })
  })

  test('can be sent again, and the second one counts', async ({ page }) => {
    await page.clock.install()
    const user = await newUserWithPhone()
    await visit(page, user)
    await button(page, /^Send again in/).waitFor()
    await page.clock.runFor('00:31')
    await button(page, 'Send again').click()
    await page.getByRole('status').filter({ hasText: 'New request sent' }).waitFor()
    await respond(user, true)
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('without a response ends with the session', async ({ page }) => {
    const user = await newUserWithPhone()
    // Not while a poll is in flight: the session and the challenge could then end in either order.
    const polled = page.waitForResponse(/\/verify\/push$/)
    await visit(page, user)
    await polled
    service.emulator.clock.advance(601)
    await heading(page, 'Your session expired').waitFor()
  })
})

for (const { name, label, kind, method } of [
  { name: 'passkey', label: /^Passkey/, kind: 'device', method: 'PASSKEY' },
  { name: 'security key', label: /^Security key/, kind: 'key', method: 'SECURITY_KEY' },
] as const) {
  describe(`a ${name}`, () => {
    /** A user who has just added one. */
    async function withOne(page: Page) {
      const authenticator = await plugIn(page, kind)
      const user = await service.newUser()
      await visit(page, user)
      await button(page, label).click()
      await button(page, `Add a ${name}`).click()
      expect(await comeBack(page, user)).toMatchObject({ isValid: true })
      return { user, authenticator }
    }

    test('is added, and then used', async ({ page }) => {
      const { user } = await withOne(page)
      await visit(page, user)
      await heading(page, `Use your ${name}`).waitFor()
      await button(page, `Use a ${name}`).click()
      expect(await comeBack(page, user)).toMatchObject({ isValid: true, verificationMethod: method })
    })

    test('that is missing leaves other methods to choose', async ({ page }) => {
      const { user, authenticator } = await withOne(page)
      await authenticator.unplug()
      const stranger = await plugIn(page, kind)
      await visit(page, user)
      await button(page, `Use a ${name}`).click()
      await problem(page, new RegExp(`you have no ${name} here`)).waitFor()
      await stranger.unplug()
      await button(page, 'Try again').waitFor()
      await button(page, 'Cancel').click()
      expect(await comeBack(page, user)).toMatchObject({ isValid: false, state: 'CHALLENGE_REQUIRED' })
    })
  })
}

describe('a passkey prompt', () => {
  test('is given up for another method', async ({ page }) => {
    const device = await plugIn(page, 'device')
    const user = await service.newUser('SMS')
    const scope = 'read:authenticators add:authenticators'
    await visit(page, user, { scope, redirectToSettings: true })
    await codeField(page).fill(await user.nextCode('SMS'))
    await button(page, 'Add a method').click()
    await button(page, /^Passkey/).click()
    await button(page, 'Add a passkey').click()
    await page.getByRole('status').filter({ hasText: 'Passkey added' }).waitFor()

    await device.setPresence(false)
    await visit(page, user)
    await button(page, /^Passkey/).click()
    await button(page, 'Use a passkey').click()
    await button(page, 'Waiting for your device…').waitFor()
    await button(page, 'Use another method').click()
    await button(page, /^Text message/).click()
    await codeField(page).fill(await user.nextCode('SMS'))
    expect(await comeBack(page, user)).toMatchObject({ isValid: true, verificationMethod: 'SMS' })
  })
})

describe('the settings', () => {
  const rows = (page: Page) => page.getByRole('main').getByRole('listitem')

  async function openSettings(page: Page) {
    const user = await service.newUser('SMS', 'EMAIL_OTP')
    await visit(page, user, { redirectToSettings: true })
    await button(page, /^Email/).click()
    await codeField(page).fill(await user.nextCode('EMAIL_OTP'))
    await heading(page, 'Your methods').waitFor()
    return user
  }

  test('list what the user has, masked, and hand over the token at the end', async ({ page }) => {
    const user = await openSettings(page)
    const text = (await rows(page).allTextContents()).join('\n')
    expect(text).toMatch(/Text message.*\+64\*+\d+[\s\S]*Email.*\*+@example\.com/)
    expect(text).toMatch(/Added \w{3} \d{1,2}, \d{4}/)
    expect(text).not.toContain(user.phoneNumber)
    await button(page, 'Done').click()
    expect(await comeBack(page, user)).toMatchObject({ isValid: true, verificationMethod: 'EMAIL_OTP' })
  })

  test('remove one only after a confirmation', async ({ page }) => {
    const user = await openSettings(page)
    const { userId } = user
    await button(page, /^Remove Text message/).click()
    await heading(page, 'Remove this phone number?').waitFor()
    await button(page, 'Keep it').click()
    await button(page, /^Remove Text message/).click()
    await button(page, 'Remove').click()
    await page.getByRole('status').filter({ hasText: 'Text message removed' }).waitFor()
    expect(await rows(page).count()).toBe(1)
    expect(await service.backend.getAuthenticators({ userId })).toMatchObject([
      { verificationMethod: 'EMAIL_OTP' },
    ])
    await button(page, 'Done').click()
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('add a method, and can still be left afterwards', async ({ page }) => {
    const user = await openSettings(page)
    await button(page, 'Add a method').click()
    await button(page, 'Back').click()
    await button(page, 'Add a method').click()
    await button(page, /^Authenticator app/).click()
    await button(page, 'Continue').waitFor()
    const secret = (await page.locator('[data-authsignal=secret]').innerText()).replace(/\s/g, '')
    await button(page, 'Continue').click()
    await codeField(page).fill(await appCode(secret))
    await page.getByRole('status').filter({ hasText: 'Authenticator app added' }).waitFor()
    expect(await rows(page).count()).toBe(3)
    await button(page, 'Done').click()
    expect(await comeBack(page, user)).toMatchObject({ isValid: true })
  })

  test('name the provider of a passkey, and add one from within an app', async ({ page }) => {
    await plugIn(page, 'device')
    const user = await service.newUser('SMS')
    const { userId } = user
    const attributes = { redirectToSettings: true }
    const { url } = await service.backend.track({ userId, action: 'pay', attributes })
    await page.goto(app.url)
    await page.evaluate(`
      client = new authsignal.Authsignal(${JSON.stringify({ tenantId: service.tenantId, baseUrl: service.baseUrl })})
      outcome = client.launch(${JSON.stringify(url)})
      undefined`)
    const hosted = page.frameLocator('iframe[name=authsignal]')
    await hosted.getByLabel('6-digit code').fill(await user.nextCode('SMS'))
    await hosted.getByRole('button', { name: 'Add a method' }).click()
    await hosted.getByRole('button', { name: /^Passkey/ }).click()
    await hosted.getByRole('button', { name: 'Add a passkey' }).click()
    await hosted.getByRole('listitem').filter({ hasText: 'Chromium virtual authenticator' }).waitFor()
    await hosted.getByRole('button', { name: 'Done' }).click()
    const { token } = (await page.evaluate('outcome')) as { token: string }
    expect(await service.backend.validateChallenge({ token, action: 'pay', userId })).toMatchObject({
      isValid: true,
    })
  })
})

describe('on a screen 320 pixels wide', () => {
  test('no new screen has to be scrolled sideways', async ({ page }) => {
    const overflow = () =>
      page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    await page.setViewportSize({ width: 320, height: 568 })
    const user = await newUserWithPhone('SMS')
    await visit(page, user, { redirectToSettings: true })
    await button(page, /^Push notification/).click()
    await heading(page, 'Approve on your phone').waitFor()
    expect(await overflow()).toBe(0)
    await respond(user, true)
    await heading(page, 'Your methods').waitFor()
    expect(await overflow()).toBe(0)
    await button(page, 'Add a method').click()
    await button(page, /^Authenticator app/).click()
    await button(page, 'Continue').waitFor()
    expect(await overflow()).toBe(0)
  })
})
