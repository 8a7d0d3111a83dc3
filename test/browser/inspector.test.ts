// What a developer sees of a running emulator, in a browser.
import { Authsignal as Backend, VerificationMethod } from '@authsignal/node'
import { Authsignal } from 'authsignal-channels'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import type { TestAuthsignal } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { test as base } from '../support/browser.js'
import { control } from '../support/control.js'
import { PHONE, wrongCode } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { serve } from '../support/site.js'
import { expectAccessible } from './demo.js'

const OTHER_PHONE = '+64211000002'

const test = base
  // A client of the SDK that has the token of an action of jane.
  .extend('signedIn', ({ authsignal, backend }) => async (action = 'pay', attributes = {}) => {
    const client = new Authsignal(authsignal.settings)
    client.setToken((await backend.track({ userId: 'jane', action, attributes })).token)
    return client
  })
  .extend('open', ({ authsignal, page }) => async (view = 'inbox') => {
    await page.goto(`${authsignal.url}/#/${view}`)
    // On a narrow screen, the details take the place of the list.
    await page.locator('main .list').waitFor({ state: 'attached' })
  })

/** Sends a code to a number that no user has. */
const sendCode = (backend: Backend, phoneNumber = OTHER_PHONE) =>
  backend.challenge({ verificationMethod: VerificationMethod.SMS, action: 'signIn', phoneNumber })

/** Shows a QR code in an app, and returns the ID of its challenge. */
async function showQrCode({ settings }: TestAuthsignal) {
  const { qrCode } = new Authsignal(settings)
  const options = { action: 'signIn', polling: true, pollInterval: 60_000, onStateChange() {} }
  const { challengeId } = await qrCode.challenge(options)
  onTestFinished(() => qrCode.disconnect())
  return challengeId
}

/** Begins a login by WhatsApp. */
async function beginNotp(authsignal: TestAuthsignal, phoneNumber: string) {
  const { projectId } = await control(authsignal, 'health')
  const { notp } = new Authsignal({ ...authsignal.settings, notp: { projectId, baseUrl: authsignal.url } })
  await notp.signUpOrIn(phoneNumber)
}

const list = (page: Page, name: string) => page.getByRole('list', { name }).getByRole('listitem')
const details = (page: Page) => page.locator('.details')
const nav = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name })

describe('the inbox', () => {
  test('shows a message as it arrives, with a code to copy', async ({
    page,
    context,
    authsignal,
    open,
    signedIn,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const jane = await authsignal.user('jane', { sms: PHONE })
    const client = await signedIn()
    await open()
    await page.getByText('No messages yet').waitFor()
    await client.sms.challenge()
    const message = list(page, 'Messages')
    await message.waitFor()
    const code = await jane.sms.code()
    expect(await message.textContent()).toContain(PHONE)
    await message.getByRole('button', { name: `Copy code ${code}` }).click()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code)
  })

  test('marks codes that were used, replaced or have expired', async ({
    page,
    authsignal,
    backend,
    open,
    signedIn,
  }) => {
    const jane = await authsignal.user('jane', { sms: PHONE })
    const client = await signedIn()
    await client.sms.challenge()
    await client.sms.challenge()
    await open()
    await page.getByText('Replaced by a new one').waitFor()
    await jane.sms.code()
    await client.sms.verify({ code: await jane.sms.code() })
    await list(page, 'Messages').first().getByText('Used', { exact: true }).waitFor()
    await sendCode(backend)
    await authsignal.advance('601 seconds')
    await list(page, 'Messages').first().getByText('Expired', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /^Copy code/ }).count()).toBe(0)
  })
})

test('a push request, a QR code and a WhatsApp login are approved as on the user’s phone', async ({
  page,
  authsignal,
  open,
  signedIn,
}) => {
  await authsignal.user('jane', { push: true })
  const client = await signedIn()
  await open('approvals')
  const approvals = list(page, 'Approvals')

  const { challengeId } = await client.push.challenge({ action: 'pay' })
  await approvals.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Nothing to approve').waitFor()
  const pushed = await client.push.verify({ challengeId: challengeId! })
  expect(pushed).toMatchObject({ isConsumed: true, isVerified: true })

  const qrCodeId = await showQrCode(authsignal)
  await approvals.getByLabel('User who scans it').fill('jane')
  await approvals.getByRole('button', { name: 'Reject' }).click()
  await page.getByText('Nothing to approve').waitFor()
  const { challenges } = await control(authsignal, 'challenges')
  expect(challenges).toContainEqual(expect.objectContaining({ challengeId: qrCodeId, state: 'rejected' }))

  await beginNotp(authsignal, OTHER_PHONE)
  await approvals.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Nothing to approve').waitFor()
  await nav(page, 'nOTP').click()
  await list(page, 'nOTP users').getByText(OTHER_PHONE).first().waitFor()
})

test('a refusal of the emulator is shown where it was caused', async ({ page, authsignal, open }) => {
  await showQrCode(authsignal)
  await open('approvals')
  await list(page, 'Approvals').getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('alert').getByText('"userId" is missing or not valid.').waitFor()
})

test('users have their authenticators, and actions their history', async ({
  page,
  authsignal,
  open,
  signedIn,
}) => {
  const jane = await authsignal.user('jane', { sms: PHONE })
  const client = await signedIn()
  const { secret } = await (await signedIn('add-app', { scope: 'add:authenticators' })).totp.enroll()
  await open('users')
  await list(page, 'Users').getByRole('link', { name: 'jane' }).click()
  await details(page).getByText('SMS').waitFor()
  await details(page)
    .getByRole('button', { name: /^Copy code \d{6}$/ })
    .waitFor()
  expect(await page.content()).not.toContain(secret!)

  await client.sms.challenge()
  const code = await jane.sms.code()
  await client.sms.verify({ code })
  await details(page).getByRole('link', { name: 'pay', exact: true }).click()
  await details(page).getByRole('heading', { name: 'pay' }).waitFor()
  const history = details(page).locator('.history li')
  await expect
    .poll(() => history.allTextContents(), { timeout: PATIENCE })
    .toEqual([
      expect.stringContaining('Challenge required'),
      expect.stringContaining(`SMS to ${PHONE} Used`),
      expect.stringContaining('Challenge succeeded'),
    ])
  await history.getByRole('link', { name: 'SMS' }).click()
  await details(page).getByText(code).waitFor()
})

test('requests appear as they come, with bodies and the reason of a refusal', async ({
  page,
  authsignal,
  open,
  signedIn,
}) => {
  const jane = await authsignal.user('jane', { sms: PHONE })
  const client = await signedIn()
  await client.sms.challenge()
  await open('requests')
  const rows = list(page, 'Requests')
  const before = await rows.count()
  const code = wrongCode(await jane.sms.code())
  await client.sms.verify({ code })
  await expect.poll(() => rows.count(), { timeout: PATIENCE }).toBe(before + 1)
  await rows.first().getByText('CODE_INVALID_OR_EXPIRED').click()
  await details(page).getByText('Refused').waitFor()
  const body = details(page).getByRole('region', { name: 'Request body' })
  expect(await body.textContent()).toContain(code)
  expect(await details(page).textContent()).toContain('Authorized by')
  await page.getByLabel('Only refused').check()
  expect(await rows.count()).toBe(1)
  expect(await page.content()).not.toMatch(/eyJ|demo-secret/)
})

test('the search finds text in every view, and says how much of it', async ({ page, authsignal, open }) => {
  await authsignal.user('jane', { sms: PHONE })
  await authsignal.user('joe', { sms: OTHER_PHONE })
  await open('users')
  await page.getByRole('searchbox').fill(OTHER_PHONE)
  await expect
    .poll(() => list(page, 'Users').allTextContents(), { timeout: PATIENCE })
    .toEqual([expect.stringContaining('joe')])
  await nav(page, 'Requests 1').waitFor()
  await page.getByRole('searchbox').fill('nowhere')
  await page.getByText('Nothing found').waitFor()
})

test('the clock is moved, an outcome set, and everything deleted after a confirmation', async ({
  page,
  authsignal,
  backend,
  open,
}) => {
  await authsignal.user('jane', { sms: PHONE })
  await open('control')
  await page.getByRole('button', { name: '+ 1 hour' }).click()
  await page.getByText('1 h ahead of real time').waitFor()
  expect(await control(authsignal, 'clock')).toMatchObject({ aheadMs: 3_600_000 })
  await page.getByLabel('Minutes to move ahead').fill('30')
  await page.getByRole('button', { name: 'Move ahead' }).click()
  await page.getByText('1 h 30 min ahead of real time').waitFor()
  await page.getByRole('button', { name: 'Back to real time' }).click()
  await page.getByText('real time', { exact: true }).waitFor()

  await page.getByLabel('Action').fill('close-account')
  await page.getByRole('button', { name: 'Set outcome' }).click()
  await list(page, 'Outcomes that were set').getByText('Block').waitFor()
  const tracked = await backend.track({ userId: 'jane', action: 'close-account', attributes: {} })
  expect(tracked.state).toBe('BLOCK')

  await page.getByRole('button', { name: 'Reset…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(await control(authsignal, 'requests?path=/emulator/reset')).toEqual({ requests: [] })
  await page.getByRole('button', { name: 'Reset…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click()
  await list(page, 'Outcomes that were set').waitFor({ state: 'detached' })
  await nav(page, 'Users').click()
  await page.getByText('No users yet').waitFor()
})

test('a fault is added, met by a request, and removed', async ({ page, backend, open }) => {
  await open('control')
  await page.getByLabel('Fault', { exact: true }).fill('nonsense')
  await page.getByRole('button', { name: 'Add fault' }).click()
  await page
    .getByRole('alert')
    .getByText(/The fault is not valid: fault must be/)
    .waitFor()
  await page.getByLabel('Fault', { exact: true }).fill('429')
  await page.getByLabel('Path').fill('/v1/challenge')
  await page.getByRole('button', { name: 'Add fault' }).click()
  const faults = list(page, 'Faults that were added')
  await faults.waitFor()
  await expect(sendCode(backend)).rejects.toMatchObject({ statusCode: 429 })
  await faults.getByText('met 1 of 1 times').waitFor()
  await faults.getByRole('button', { name: 'Remove 429 on /v1/challenge' }).click()
  await faults.waitFor({ state: 'detached' })
  await nav(page, 'Requests').click()
  await list(page, 'Requests').getByText('fault: 429').waitFor()
})

test('a tenant has an inspector of its own, with its own messages', async ({ page, authsignal, open }) => {
  const { apiSecretKey, baseUrl } = await control(authsignal, 'tenants', { tenantId: 'worker-1' })
  await sendCode(new Backend({ apiSecretKey, apiUrl: baseUrl }))
  await open('control')
  await page.getByRole('link', { name: 'worker-1' }).click()
  await list(page, 'Messages').getByText(OTHER_PHONE).first().waitFor()
  expect(await page.getByRole('banner').textContent()).toContain('worker-1')
})

test('a webhook is added, its deliveries are shown and sent again, and it is removed', async ({
  page,
  authsignal,
  backend,
  open,
}) => {
  let calls = 0
  const hook = await serve({
    '/webhook': (_, response) => {
      calls++
      response.writeHead(calls === 1 ? 500 : 200).end('thanks')
    },
  })
  await open('webhooks')
  await page.getByRole('button', { name: 'Add webhook…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
  await dialog.getByLabel('URL').fill('localhost:3000')
  await dialog.getByLabel('URL').press('Enter')
  await dialog.getByRole('alert').getByText('"url" must be an http or https address.').waitFor()
  await expectAccessible(page)
  await dialog.getByLabel('URL').fill(`${hook.url}/webhook`)
  await dialog.getByLabel('action.created').uncheck()
  await dialog.getByLabel('sms.created').check()
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  const added = list(page, 'Webhooks that were added')
  await added.getByText(`${hook.url}/webhook`).first().waitFor()
  const { events: defaults } = await control(authsignal, 'webhooks', { url: 'http://localhost:1' })
  const { webhooks } = await control(authsignal, 'webhooks')
  expect(webhooks[0].events).toEqual([
    ...defaults.filter((event: string) => event !== 'action.created'),
    'sms.created',
  ])

  await backend.enrollVerifiedAuthenticator({
    userId: 'jane',
    attributes: { verificationMethod: VerificationMethod.SMS, phoneNumber: PHONE },
  })
  await list(page, 'Deliveries').filter({ hasText: hook.url }).getByText('authenticator.created').click()
  await details(page).getByText('500 thanks').waitFor()
  await details(page).getByRole('button', { name: 'Send again' }).click()
  await details(page).getByText('200 thanks').waitFor()
  await details(page).getByText('Delivered').waitFor()

  await added.getByRole('button', { name: `Remove ${hook.url}/webhook` }).press('Enter')
  await expect.poll(() => added.count(), { timeout: PATIENCE }).toBe(1)
  const left = await control(authsignal, 'webhooks')
  expect(left.webhooks).toMatchObject([{ url: 'http://localhost:1' }])
  const focused = page.getByRole('button', { name: 'Add webhook…' })
  expect(await focused.evaluate(button => button === document.activeElement)).toBe(true)
  await hook.close()
})

test('everything can be done with keys', async ({ page, context, authsignal, open, signedIn }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const jane = await authsignal.user('jane', { sms: PHONE })
  await authsignal.user('joe')
  const client = await signedIn()
  await client.sms.challenge()
  await open()
  const { keyboard } = page
  await keyboard.press('j')
  await keyboard.press('Enter')
  await expect
    .poll(() => page.evaluate('navigator.clipboard.readText()'), { timeout: PATIENCE })
    .toBe(await jane.sms.code())

  await keyboard.press('3')
  await list(page, 'Users').first().waitFor()
  await keyboard.press('j')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await details(page).getByRole('heading', { name: 'jane' }).waitFor()
  await keyboard.press('k')
  await details(page).getByRole('heading', { name: 'joe' }).waitFor()
  await keyboard.press('Escape')
  await details(page).waitFor({ state: 'detached' })

  await keyboard.press('/')
  await keyboard.type('j4')
  await page.getByText('Nothing found').waitFor()
  await keyboard.press('Escape')
  await list(page, 'Users').nth(1).waitFor()
  await keyboard.press('Escape')
  await keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await keyboard.press('Escape')
  await page
    .getByRole('dialog')
    .waitFor({ state: 'detached' })
    .catch(() => {})
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('an emulator that is stopped and started again is followed', async ({ page, problems }) => {
  const first = await listen(createEmulator(), { port: 0 })
  await page.goto(`${first.url}/#/users`)
  await page.getByText('No users yet').waitFor()
  await first.close()
  await page.getByText('The emulator does not respond.').waitFor()
  const second = await listen(createEmulator({ seed: { users: [{ userId: 'kim' }] } }), { port: first.port })
  await list(page, 'Users').getByText('kim').waitFor()
  await page.getByText('The emulator does not respond.').waitFor({ state: 'detached' })
  await page.close()
  await second.close()
  problems.list.length = 0
})

describe('is accessible', () => {
  const VIEWS = [
    'inbox',
    'approvals',
    'users/jane',
    'actions',
    'challenges',
    'requests',
    'notp',
    'webhooks',
    'control',
  ]

  async function expectAccessibleInEachLook(page: Page) {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1280, 320]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        await expectAccessible(page)
      }
  }

  test('in light and dark, 1280 and 320 pixels wide', async ({ page, authsignal, open, signedIn }) => {
    await authsignal.user('jane', { sms: PHONE, push: true, totp: true })
    const client = await signedIn()
    await client.push.challenge({ action: 'pay' })
    await showQrCode(authsignal)
    await beginNotp(authsignal, OTHER_PHONE)
    await client.sms.challenge()
    await client.sms.challenge()
    await client.sms.verify({ code: '000000' })
    await control(authsignal, 'webhooks', {
      url: 'http://localhost:1/webhooks',
      events: ['action.log_created'],
    })
    await control(authsignal, 'tenants', { tenantId: 'worker-2', lifetimeInMinutes: 1 })
    await authsignal.decide('close-account', 'BLOCK')
    await authsignal.advance(90)
    await authsignal.fail('/v1/client/*', '503')

    for (const view of VIEWS) {
      await open(view)
      await expectAccessibleInEachLook(page)
    }
    await open('requests')
    await list(page, 'Requests').getByText('CODE_INVALID_OR_EXPIRED').click()
    await details(page).getByText('Refused').waitFor()
    await expectAccessibleInEachLook(page)
  })
})
