/** The hosted page beyond codes by message: every other method, as a challenge and to be added, and the settings. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { plugIn } from '../support/authenticators.js'
import { type Hosted, test } from '../support/hosted-page.js'
import { EMAIL, PHONE, wrongCode } from '../support/jane.js'
import { base32, totpCode } from '../support/rfc-6238.js'

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const problem = (page: Page, text: RegExp) => page.getByRole('alert').filter({ hasText: text })
const codeField = (page: Page) => page.getByLabel('6-digit code')

/** What an app with this secret shows. */
const appCode = (secret: string) => totpCode(base32(secret), Date.now())

/** Opens a link as its recipient does, in a page of its own. */
async function follow(page: Page, link: string) {
  const mailbox = await page.context().newPage()
  await mailbox.goto(link)
  await mailbox.getByRole('button').click()
  await mailbox.getByRole('heading', { name: 'You are verified' }).waitFor()
  await mailbox.close()
}

test('a part of the page that does not load is announced, and can be loaded again', async ({
  page,
  hosted,
}) => {
  await page.addInitScript(`
    window.errors = []
    addEventListener('error', ({ detail }) => { if (detail) errors.push(detail.errorCode) }, true)`)
  await page.route('**/hosted-ui/enrolment.js', route => route.abort())
  await hosted.visit()
  await page.getByRole('alert').filter({ hasText: 'Check your network' }).waitFor()
  expect(await heading(page, 'No connection').evaluate(title => title === document.activeElement)).toBe(true)
  expect(await page.evaluate('errors')).toEqual(['network_error'])
  await page.unroute('**/hosted-ui/enrolment.js')
  await button(page, 'Try again').click()
  await heading(page, 'Set up verification').waitFor()
})

describe('an authenticator app', () => {
  test('shows the code field again after a wrong code, and sends nothing', async ({ page, hosted }) => {
    const jane = await hosted.visit({ totp: true })
    await page.getByText('Open your authenticator app').waitFor()
    expect(await button(page, /^Resend/).count()).toBe(0)
    await codeField(page).fill(wrongCode(await jane.totp.code()))
    await problem(page, /wrong or was used already/).waitFor()
    await codeField(page).fill(await jane.totp.code())
    expect(await hosted.comeBack()).toMatchObject({
      isValid: true,
      verificationMethod: 'AUTHENTICATOR_APP',
    })
  })

  test('is added by a picture or a key, and going back to them keeps both', async ({
    page,
    context,
    authsignal,
    hosted,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: authsignal.url })
    await hosted.visit()
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
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })
})

describe('a magic link', () => {
  test('that is opened elsewhere takes the page on by itself', async ({ page, hosted }) => {
    const jane = await hosted.visit({ magicLink: EMAIL })
    await heading(page, 'Check your email').waitFor()
    await page.getByText('Waiting for you to open the link…').waitFor()
    expect(await page.locator('body').textContent()).not.toContain(EMAIL)
    await follow(page, await jane.email.link())
    expect(await hosted.comeBack()).toMatchObject({
      isValid: true,
      verificationMethod: 'EMAIL_MAGIC_LINK',
    })
  })

  test('can be sent again', async ({ page, hosted }) => {
    await page.clock.install()
    const jane = await hosted.visit({ magicLink: EMAIL })
    await jane.email.link()
    await button(page, /^Resend link in/).waitFor()
    await page.clock.runFor('00:31')
    await button(page, 'Resend link').click()
    await page.getByRole('status').filter({ hasText: 'New link sent' }).waitFor()
    await follow(page, await jane.email.link())
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('adds an address, which can be corrected first', async ({ page, backend, hosted }) => {
    const jane = await hosted.visit()
    await button(page, /^Link by email/).click()
    await page.getByLabel('Email address').fill(`typo-${EMAIL}`)
    await button(page, 'Send link').click()
    await button(page, 'Change address').click()
    await page.getByLabel('Email address').fill(EMAIL)
    await button(page, 'Send link').click()
    // The first one went to the other address.
    await jane.email.link()
    await follow(page, await jane.email.link())
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
    expect(await backend.getAuthenticators({ userId: 'jane' })).toMatchObject([
      { verificationMethod: 'EMAIL_MAGIC_LINK', email: EMAIL },
    ])
  })
})

describe('a push notification', () => {
  test('that is approved takes the page on', async ({ page, hosted }) => {
    const jane = await hosted.visit({ push: true })
    await heading(page, 'Approve on your phone').waitFor()
    await page.getByText("jane's phone").waitFor()
    await jane.push.approve()
    expect(await hosted.comeBack()).toMatchObject({ isValid: true, verificationMethod: 'PUSH' })
  })

  test('that is rejected ends the session', async ({ page, hosted }) => {
    const jane = await hosted.visit({ push: true, sms: PHONE })
    await button(page, /^Push notification/).click()
    await jane.push.reject()
    await heading(page, 'You rejected this request').waitFor()
    await button(page, 'Go back').click()
    expect(await hosted.comeBack()).toMatchObject({ isValid: false, state: 'CHALLENGE_FAILED' })
  })

  test('can be sent again, and the second one counts', async ({ page, hosted }) => {
    await page.clock.install()
    const jane = await hosted.visit({ push: true })
    await button(page, /^Send again in/).waitFor()
    await page.clock.runFor('00:31')
    await button(page, 'Send again').click()
    await page.getByRole('status').filter({ hasText: 'New request sent' }).waitFor()
    await jane.push.approve()
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('without a response ends with the session', async ({ page, authsignal, hosted }) => {
    // Not while a poll is in flight: the session and the challenge could then end in either order.
    const polled = page.waitForResponse(/\/verify\/push$/)
    await hosted.visit({ push: true })
    await polled
    await authsignal.advance('11 minutes')
    await heading(page, 'Your session expired').waitFor()
  })
})

for (const { name, label, kind, method } of [
  { name: 'passkey', label: /^Passkey/, kind: 'device', method: 'PASSKEY' },
  { name: 'security key', label: /^Security key/, kind: 'key', method: 'SECURITY_KEY' },
] as const) {
  describe(`a ${name}`, () => {
    /** The user adds one. */
    async function addOne(page: Page, hosted: Hosted) {
      const authenticator = await plugIn(page, kind)
      await hosted.visit()
      await button(page, label).click()
      await button(page, `Add a ${name}`).click()
      expect(await hosted.comeBack()).toMatchObject({ isValid: true })
      return authenticator
    }

    test('is added, and then used', async ({ page, hosted }) => {
      await addOne(page, hosted)
      await hosted.visitAgain()
      await heading(page, `Use your ${name}`).waitFor()
      await button(page, `Use a ${name}`).click()
      expect(await hosted.comeBack()).toMatchObject({ isValid: true, verificationMethod: method })
    })

    test('that is missing leaves other methods to choose', async ({ page, hosted }) => {
      const authenticator = await addOne(page, hosted)
      await authenticator.unplug()
      const stranger = await plugIn(page, kind)
      await hosted.visitAgain()
      await button(page, `Use a ${name}`).click()
      await problem(page, new RegExp(`you have no ${name} here`)).waitFor()
      await stranger.unplug()
      await button(page, 'Try again').waitFor()
      await button(page, 'Cancel').click()
      expect(await hosted.comeBack()).toMatchObject({ isValid: false, state: 'CHALLENGE_REQUIRED' })
    })
  })
}

describe('a passkey prompt', () => {
  test('is given up for another method', async ({ page, hosted }) => {
    const device = await plugIn(page, 'device')
    const scope = 'read:authenticators add:authenticators'
    const jane = await hosted.visit({ sms: PHONE }, { scope, redirectToSettings: true })
    await codeField(page).fill(await jane.sms.code())
    await button(page, 'Add a method').click()
    await button(page, /^Passkey/).click()
    await button(page, 'Add a passkey').click()
    await page.getByRole('status').filter({ hasText: 'Passkey added' }).waitFor()

    await device.setPresence(false)
    await hosted.visitAgain()
    await button(page, /^Passkey/).click()
    await button(page, 'Use a passkey').click()
    await button(page, 'Waiting for your device…').waitFor()
    await button(page, 'Use another method').click()
    await button(page, /^Text message/).click()
    await codeField(page).fill(await jane.sms.code())
    expect(await hosted.comeBack()).toMatchObject({ isValid: true, verificationMethod: 'SMS' })
  })
})

describe('the settings', () => {
  const rows = (page: Page) => page.getByRole('main').getByRole('listitem')

  async function openSettings(page: Page, hosted: Hosted) {
    const jane = await hosted.visit({ sms: PHONE, email: EMAIL }, { redirectToSettings: true })
    await button(page, /^Email/).click()
    await codeField(page).fill(await jane.email.code())
    await heading(page, 'Your methods').waitFor()
  }

  test('list what the user has, masked, and hand over the token at the end', async ({ page, hosted }) => {
    await openSettings(page, hosted)
    const text = (await rows(page).allTextContents()).join('\n')
    expect(text).toMatch(/Text message.*\+64\*+\d+[\s\S]*Email.*\*+@example\.com/)
    expect(text).toMatch(/Added \w{3} \d{1,2}, \d{4}/)
    expect(text).not.toContain(PHONE)
    await button(page, 'Done').click()
    expect(await hosted.comeBack()).toMatchObject({ isValid: true, verificationMethod: 'EMAIL_OTP' })
  })

  test('remove one only after a confirmation', async ({ page, backend, hosted }) => {
    await openSettings(page, hosted)
    await button(page, /^Remove Text message/).click()
    await heading(page, 'Remove this phone number?').waitFor()
    await button(page, 'Keep it').click()
    await button(page, /^Remove Text message/).click()
    await button(page, 'Remove').click()
    await page.getByRole('status').filter({ hasText: 'Text message removed' }).waitFor()
    expect(await rows(page).count()).toBe(1)
    expect(await backend.getAuthenticators({ userId: 'jane' })).toMatchObject([
      { verificationMethod: 'EMAIL_OTP' },
    ])
    await button(page, 'Done').click()
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('add a method, and can still be left afterwards', async ({ page, hosted }) => {
    await openSettings(page, hosted)
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
    expect(await hosted.comeBack()).toMatchObject({ isValid: true })
  })

  test('name the provider of a passkey, and add one from within an app', async ({
    page,
    app,
    authsignal,
    backend,
  }) => {
    await plugIn(page, 'device')
    const jane = await authsignal.user('jane', { sms: PHONE })
    const action = { userId: 'jane', action: 'pay' }
    const { url } = await backend.track({ ...action, attributes: { redirectToSettings: true } })
    await page.goto(app.url)
    await page.evaluate(`
      client = new authsignal.Authsignal(${JSON.stringify(authsignal.pageSettings)})
      outcome = client.launch(${JSON.stringify(url)})
      undefined`)
    const frame = page.frameLocator('iframe[name=authsignal]')
    await frame.getByLabel('6-digit code').fill(await jane.sms.code())
    await frame.getByRole('button', { name: 'Add a method' }).click()
    await frame.getByRole('button', { name: /^Passkey/ }).click()
    await frame.getByRole('button', { name: 'Add a passkey' }).click()
    await frame.getByRole('listitem').filter({ hasText: 'Chromium virtual authenticator' }).waitFor()
    await frame.getByRole('button', { name: 'Done' }).click()
    const { token } = (await page.evaluate('outcome')) as { token: string }
    expect(await backend.validateChallenge({ ...action, token })).toMatchObject({
      isValid: true,
    })
  })
})

describe('on a screen 320 pixels wide', () => {
  test('no new screen has to be scrolled sideways', async ({ page, hosted }) => {
    const overflow = () =>
      page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    await page.setViewportSize({ width: 320, height: 568 })
    const jane = await hosted.visit({ push: true, sms: PHONE }, { redirectToSettings: true })
    await button(page, /^Push notification/).click()
    await heading(page, 'Approve on your phone').waitFor()
    expect(await overflow()).toBe(0)
    await jane.push.approve()
    await heading(page, 'Your methods').waitFor()
    expect(await overflow()).toBe(0)
    await button(page, 'Add a method').click()
    await button(page, /^Authenticator app/).click()
    await button(page, 'Continue').waitFor()
    expect(await overflow()).toBe(0)
  })
})
