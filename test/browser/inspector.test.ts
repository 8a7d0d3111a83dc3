// What a developer sees of a running emulator, in a browser.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { type Service, startService } from '../support/service.js'
import { serve } from '../support/site.js'
import { expectAccessible } from './demo.js'

let service: Service

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())
beforeEach(() => service.emulator.reset())

const basic = (name: string) => ({ Authorization: `Basic ${btoa(name)}` })

async function post(
  path: string,
  body: object = {},
  headers: Record<string, string> = basic('demo-secret:'),
) {
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  // biome-ignore lint/suspicious/noExplicitAny: responses differ from route to route
  return (await (await fetch(service.url + path, init)).json()) as any
}

const signIn = (phoneNumber = '+64210000001') =>
  post('/v1/challenge', { verificationMethod: 'SMS', action: 'signIn', phoneNumber })

/** A user with a tracked action. */
async function enrolled(userId: string, phoneNumber = '+64210000001') {
  await post(`/v1/users/${userId}/authenticators`, { verificationMethod: 'SMS', phoneNumber })
  const { token } = await post(`/v1/users/${userId}/actions/pay`)
  return { Authorization: `Bearer ${token}` }
}

/** Adds an authenticator app; returns its secret. */
async function addApp(userId: string): Promise<string> {
  const { token } = await post(`/v1/users/${userId}/actions/add-app`, { scope: 'add:authenticators' })
  const app = await post('/v1/client/user-authenticators/totp', {}, { Authorization: `Bearer ${token}` })
  return app.secret
}

async function open(page: Page, view = 'inbox') {
  await page.goto(`${service.url}/#/${view}`)
  // On a narrow screen, the details take the place of the list.
  await page.locator('main .list').waitFor({ state: 'attached' })
}

const list = (page: Page, name: string) => page.getByRole('list', { name }).getByRole('listitem')
const details = (page: Page) => page.locator('.details')
const nav = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name })

describe('the inbox', () => {
  test('shows a message as it arrives, with a code to copy', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await open(page)
    await page.getByText('No messages yet').waitFor()
    await signIn()
    const message = list(page, 'Messages')
    await message.waitFor()
    const { code } = service.emulator.messages.latest()!
    expect(await message.textContent()).toContain('+64210000001')
    await message.getByRole('button', { name: `Copy code ${code}` }).click()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code)
  })

  test('marks codes that were used, replaced or have expired', async ({ page }) => {
    const caller = await enrolled('jane')
    await post('/v1/client/challenge/sms', {}, caller)
    await post('/v1/client/challenge/sms', {}, caller)
    await open(page)
    await page.getByText('Replaced by a new one').waitFor()
    const code = service.emulator.messages.latest()!.code!
    await post('/v1/client/verify/sms', { verificationCode: code }, caller)
    await list(page, 'Messages').first().getByText('Used', { exact: true }).waitFor()
    await signIn('+64210000002')
    service.emulator.clock.advance(601)
    await list(page, 'Messages').first().getByText('Expired', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /^Copy code/ }).count()).toBe(0)
  })
})

test('a push request, a QR code and a WhatsApp login are approved as on the user’s phone', async ({
  page,
}) => {
  const caller = await enrolled('jane')
  await post('/emulator/push/enroll', { userId: 'jane' }, {})
  await open(page, 'approvals')
  const approvals = list(page, 'Approvals')

  const push = await post('/v1/client/challenge/push', {}, caller)
  await approvals.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Nothing to approve').waitFor()
  const pushed = await post('/v1/client/verify/push', { challengeId: push.challengeId }, caller)
  expect(pushed).toMatchObject({ isConsumed: true, isVerified: true })

  const qr = await post('/v1/client/challenge/qr-code', { action: 'signIn' }, basic('demo-tenant'))
  await approvals.getByLabel('User who scans it').fill('jane')
  await approvals.getByRole('button', { name: 'Reject' }).click()
  await page.getByText('Nothing to approve').waitFor()
  const { challenges } = await (await fetch(`${service.url}/emulator/challenges`)).json()
  expect(challenges).toContainEqual(
    expect.objectContaining({ challengeId: qr.challengeId, state: 'rejected' }),
  )

  const project = { Authorization: `Bearer ${service.emulator.config.projectId}` }
  await post('/v1/auth/notp/whatsapp/signup-in', { loginId: '+64210000003' }, project)
  await approvals.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Nothing to approve').waitFor()
  await nav(page, 'nOTP').click()
  await list(page, 'nOTP users').getByText('+64210000003').first().waitFor()
})

test('a refusal of the emulator is shown where it was caused', async ({ page }) => {
  await post('/v1/client/challenge/qr-code', { action: 'signIn' }, basic('demo-tenant'))
  await open(page, 'approvals')
  await list(page, 'Approvals').getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('alert').getByText('"userId" is missing or not valid.').waitFor()
})

test('users have their authenticators, and actions their history', async ({ page }) => {
  const caller = await enrolled('jane')
  const secret = await addApp('jane')
  await open(page, 'users')
  await list(page, 'Users').getByRole('link', { name: 'jane' }).click()
  await details(page).getByText('SMS').waitFor()
  await details(page)
    .getByRole('button', { name: /^Copy code \d{6}$/ })
    .waitFor()
  expect(await page.content()).not.toContain(secret)

  await post('/v1/client/challenge/sms', {}, caller)
  const code = service.emulator.messages.latest()!.code!
  await post('/v1/client/verify/sms', { verificationCode: code }, caller)
  await details(page).getByRole('link', { name: 'pay', exact: true }).click()
  await details(page).getByRole('heading', { name: 'pay' }).waitFor()
  const history = details(page).locator('.history li')
  await expect
    .poll(() => history.allTextContents(), { timeout: PATIENCE })
    .toEqual([
      expect.stringContaining('Challenge required'),
      expect.stringMatching(/SMS to \+64210000001 Used/),
      expect.stringContaining('Challenge succeeded'),
    ])
  await history.getByRole('link', { name: 'SMS' }).click()
  await details(page).getByText(code).waitFor()
})

test('requests appear as they come, with bodies and the reason of a refusal', async ({ page }) => {
  const caller = await enrolled('jane')
  await post('/v1/client/challenge/sms', {}, caller)
  await open(page, 'requests')
  const rows = list(page, 'Requests')
  const before = await rows.count()
  const verificationCode = wrongCode(service.emulator.messages.latest()!.code!)
  await post('/v1/client/verify/sms', { verificationCode }, caller)
  await expect.poll(() => rows.count(), { timeout: PATIENCE }).toBe(before + 1)
  await rows.first().getByText('CODE_INVALID_OR_EXPIRED').click()
  await details(page).getByText('Refused').waitFor()
  expect(await details(page).getByRole('region', { name: 'Request body' }).textContent()).toContain(
    verificationCode,
  )
  expect(await details(page).textContent()).toContain('Authorized by')
  await page.getByLabel('Only refused').check()
  expect(await rows.count()).toBe(1)
  expect(await page.content()).not.toMatch(/eyJ|demo-secret/)
})

test('the search finds text in every view, and says how much of it', async ({ page }) => {
  await enrolled('jane')
  await enrolled('joe', '+64210000002')
  await open(page, 'users')
  await page.getByRole('searchbox').fill('+64210000002')
  await expect
    .poll(() => list(page, 'Users').allTextContents(), { timeout: PATIENCE })
    .toEqual([expect.stringContaining('joe')])
  await nav(page, 'Requests 1').waitFor()
  await page.getByRole('searchbox').fill('nowhere')
  await page.getByText('Nothing found').waitFor()
})

test('the clock is moved, an outcome set, and everything deleted after a confirmation', async ({ page }) => {
  await enrolled('jane')
  await open(page, 'control')
  await page.getByRole('button', { name: '+ 1 hour' }).click()
  await page.getByText('1 h ahead of real time').waitFor()
  expect(service.emulator.clock.now()).toBeGreaterThan(Date.now() + 3_500_000)
  await page.getByLabel('Minutes to move ahead').fill('30')
  await page.getByRole('button', { name: 'Move ahead' }).click()
  await page.getByText('1 h 30 min ahead of real time').waitFor()
  await page.getByRole('button', { name: 'Back to real time' }).click()
  await page.getByText('real time', { exact: true }).waitFor()

  await page.getByLabel('Action').fill('close-account')
  await page.getByRole('button', { name: 'Set outcome' }).click()
  await list(page, 'Outcomes that were set').getByText('Block').waitFor()
  expect(await post('/v1/users/jane/actions/close-account')).toMatchObject({ state: 'BLOCK' })

  await page.getByRole('button', { name: 'Reset…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(service.emulator.requests.list({ path: '/emulator/reset' })).toEqual([])
  await page.getByRole('button', { name: 'Reset…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click()
  await list(page, 'Outcomes that were set').waitFor({ state: 'detached' })
  await nav(page, 'Users').click()
  await page.getByText('No users yet').waitFor()
})

test('a fault is added, met by a request, and removed', async ({ page }) => {
  await open(page, 'control')
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
  await signIn()
  await faults.getByText('met 1 of 1 times').waitFor()
  await faults.getByRole('button', { name: 'Remove 429 on /v1/challenge' }).click()
  await faults.waitFor({ state: 'detached' })
  await nav(page, 'Requests').click()
  await list(page, 'Requests').getByText('fault: 429').waitFor()
})

test('a tenant has an inspector of its own, with its own messages', async ({ page }) => {
  const tenant = service.emulator.tenants.create({ tenantId: 'worker-1' })
  const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+64210000007' }
  await post('/t/worker-1/v1/challenge', body, basic(`${tenant.config.apiSecretKey}:`))
  await open(page, 'control')
  await page.getByRole('link', { name: 'worker-1' }).click()
  await list(page, 'Messages').getByText('+64210000007').first().waitFor()
  expect(await page.getByRole('banner').textContent()).toContain('worker-1')
  service.emulator.tenants.delete('worker-1')
})

test('a webhook is added, its deliveries are shown and sent again, and it is removed', async ({ page }) => {
  let calls = 0
  const hook = await serve({
    '/webhook': (_, response) => {
      calls++
      response.writeHead(calls === 1 ? 500 : 200).end('thanks')
    },
  })
  await open(page, 'webhooks')
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
  const defaults = service.emulator.webhooks.add({ url: 'http://localhost:1' }).events
  expect(service.emulator.webhooks.list()[0]!.events).toEqual([
    ...defaults.filter(event => event !== 'action.created'),
    'sms.created',
  ])

  await enrolled('jane')
  await list(page, 'Deliveries').filter({ hasText: hook.url }).getByText('authenticator.created').click()
  await details(page).getByText('500 thanks').waitFor()
  await details(page).getByRole('button', { name: 'Send again' }).click()
  await details(page).getByText('200 thanks').waitFor()
  await details(page).getByText('Delivered').waitFor()

  await added.getByRole('button', { name: `Remove ${hook.url}/webhook` }).press('Enter')
  await expect.poll(() => added.count(), { timeout: PATIENCE }).toBe(1)
  expect(service.emulator.webhooks.list().map(({ url }) => url)).toEqual(['http://localhost:1'])
  const focused = page.getByRole('button', { name: 'Add webhook…' })
  expect(await focused.evaluate(button => button === document.activeElement)).toBe(true)
  await hook.close()
})

test('everything can be done with keys', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await enrolled('jane')
  await enrolled('joe')
  await signIn()
  await open(page)
  const { keyboard } = page
  await keyboard.press('j')
  await keyboard.press('Enter')
  await expect
    .poll(() => page.evaluate('navigator.clipboard.readText()'), { timeout: PATIENCE })
    .toBe(service.emulator.messages.latest()!.code)

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
  const { createEmulator, listen } = await import('authsignal-channels/emulator')
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

  async function fill() {
    const caller = await enrolled('jane')
    await addApp('jane')
    await post('/emulator/push/enroll', { userId: 'jane' }, {})
    await post('/v1/client/challenge/push', {}, caller)
    await post('/v1/client/challenge/qr-code', { action: 'signIn' }, basic('demo-tenant'))
    await post('/v1/client/challenge/sms', {}, caller)
    await post('/v1/client/challenge/sms', {}, caller)
    await post('/v1/client/verify/sms', { verificationCode: '000000' }, caller)
    const project = { Authorization: `Bearer ${service.emulator.config.projectId}` }
    await post('/v1/auth/notp/whatsapp/signup-in', { loginId: '+64210000003' }, project)
    service.emulator.faults.add({ path: '/v1/client/*', fault: '503' })
    service.emulator.webhooks.add({ url: 'http://localhost:1/webhooks', events: ['action.log_created'] })
    service.emulator.tenants.create({ tenantId: 'worker-2', lifetimeInMinutes: 1 })
    await post('/emulator/outcomes', { action: 'close-account', outcome: 'BLOCK' }, {})
    await post('/emulator/clock', { advance: 90 }, {})
  }

  async function expectAccessibleInEachLook(page: Page) {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1280, 320]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        await expectAccessible(page)
      }
  }

  test('in light and dark, 1280 and 320 pixels wide', async ({ page }) => {
    await fill()
    for (const view of VIEWS) {
      await open(page, view)
      await expectAccessibleInEachLook(page)
    }
    await open(page, 'requests')
    await list(page, 'Requests').getByText('CODE_INVALID_OR_EXPIRED').click()
    await details(page).getByText('Refused').waitFor()
    await expectAccessibleInEachLook(page)
    service.emulator.tenants.delete('worker-2')
  })
})
