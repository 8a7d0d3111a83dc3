/** `<authsignal-challenge>` in pages: the space that it takes, what loads on demand, and its end. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { readQrCode } from '../../src/testing/qr-code.js'
import { plugIn } from '../support/authenticators.js'
import { test as base } from '../support/browser.js'
import { control } from '../support/control.js'
import { elementFiles, elementPage } from '../support/element-page.js'
import { EMAIL, PHONE } from '../support/jane.js'
import { serve } from '../support/site.js'

/** The style sheet that the documentation of the element has. */
const [, PLACEHOLDER = ''] =
  readFileSync('src/elements/challenge/element.ts', 'utf8').match(/ \* (authsignal-challenge\S* \{.*\})/) ??
  []

const test = base
  .extend('app', async ({ authsignal }, { onCleanup }) => {
    const { tenantId, baseUrl } = authsignal.settings
    const element = `<authsignal-challenge tenant-id="${tenantId}" base-url="${baseUrl}"></authsignal-challenge>`
    const app = await serve({
      '/': elementPage(authsignal.url, element, '<link rel="stylesheet" href="/page.css">'),
      '/page.css': { type: 'text/css', body: PLACEHOLDER },
      ...elementFiles(),
    })
    onCleanup(app.close)
    return app
  })
  // Opens the page for an action of jane, with these methods of the element.
  .extend('visit', ({ app, backend, page }) => async (methods = '') => {
    const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
    await page.goto(app.url)
    await page.waitForFunction('window.isReady')
    await page.evaluate(
      properties => {
        Object.assign(document.querySelector('authsignal-challenge')!, properties)
      },
      { token, methods },
    )
  })
  // What the backend reads from the token that the page got.
  .extend('verdict', ({ backend, page }) => async () => {
    const token = await page.evaluate(() => window.events.find(([type]) => type === 'success')![1]!.token!)
    return backend.validateChallenge({ token, action: 'pay', userId: 'jane' })
  })

test('nothing on the page moves from the plain HTML to the first screen', async ({
  page,
  app,
  authsignal,
  visit,
}) => {
  await authsignal.user('jane', { sms: PHONE })
  const top = () => page.evaluate(() => document.querySelector<HTMLElement>('#after')!.offsetTop)
  // As a server renders it, before any script.
  await page.route('**/*.js', route => route.abort())
  await page.goto(app.url)
  const before = await top()
  await page.unroute('**/*.js')

  await visit()
  expect(await top()).toBe(before)
  await page.getByLabel('6-digit code').waitFor()
  expect(await top()).toBe(before)
  await page.getByText(/We sent a code/).waitFor()
  expect(await top()).toBe(before)
  // Nor is there much space that the screen does not need.
  const space = await page.evaluate(() => {
    const element = document.querySelector<HTMLElement>('authsignal-challenge')!
    return element.offsetHeight - (element.firstElementChild as HTMLElement).offsetHeight
  })
  expect(space).toBeGreaterThanOrEqual(0)
  expect(space).toBeLessThan(24)
})

test('a hidden element takes no space, before and during a challenge', async ({
  page,
  app,
  authsignal,
  visit,
}) => {
  await authsignal.user('jane', { sms: PHONE })
  const height = () =>
    page.evaluate(() => {
      const element = document.querySelector<HTMLElement>('authsignal-challenge')!
      element.hidden = true
      const { offsetHeight } = element
      element.hidden = false
      return offsetHeight
    })
  await page.goto(app.url)
  expect(await height()).toBe(0)
  await visit()
  await page.getByLabel('6-digit code').waitFor()
  expect(await height()).toBe(0)
})

test('the picture of a secret loads when it is needed, beside the script', async ({ page, visit }) => {
  const files: string[] = []
  page.on('request', request => files.push(new URL(request.url()).pathname))
  await visit()
  await page.getByRole('button', { name: /^Authenticator app/ }).waitFor()
  expect(files).not.toContain('/elements/qr-picture.js')
  await page.getByRole('button', { name: /^Authenticator app/ }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await expect.poll(() => page.locator('[data-authsignal=qr] path').getAttribute('d')).toMatch(/^M/)
  expect(files).toContain('/elements/qr-picture.js')
})

test.for([
  { name: 'passkey', kind: 'device', method: 'PASSKEY' },
  { name: 'security key', kind: 'key', method: 'SECURITY_KEY' },
] as const)(
  'a user adds a $name, and is verified by it',
  async ({ name, kind, method }, { page, visit, verdict }) => {
    await plugIn(page, kind)
    await visit()
    await page.getByRole('button', { name: new RegExp(`^${name}`, 'i') }).click()
    await page.getByRole('button', { name: `Add a ${name}` }).click()
    await page.getByRole('heading', { name: 'Verified' }).waitFor()
    await visit()
    await page.getByRole('button', { name: `Use a ${name}` }).click()
    await page.getByRole('heading', { name: 'Verified' }).waitFor()
    expect(await verdict()).toMatchObject({ isValid: true, verificationMethod: method })
  },
)

describe('a QR code', () => {
  const codeOn = async (page: Page) => readQrCode(await page.screenshot())

  const untilShown = (page: Page) => page.locator('[data-authsignal=qr] path[d]').waitFor()

  test('is on the page in light and dark, and its approval verifies the user', async ({
    page,
    authsignal,
    visit,
    verdict,
  }) => {
    await authsignal.user('jane', { sms: PHONE })
    await visit('qrCode')
    await untilShown(page)
    expect(await page.getByRole('img').getAttribute('aria-label')).toBe('QR code for the app on your phone')
    const challengeId = await codeOn(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 568 })
    expect(await codeOn(page)).toBe(challengeId)

    // Scanned, and only then approved.
    await control(authsignal, 'qr/claim', { challengeId, userId: 'jane' })
    await page.getByRole('status').filter({ hasText: 'The code is scanned' }).waitFor()
    await control(authsignal, 'qr/respond', { challengeId, approved: true })
    await page.getByRole('heading', { name: 'Verified' }).waitFor()
    expect(await verdict()).toMatchObject({ isValid: true, verificationMethod: 'DEVICE' })
  })

  test('that is rejected on the phone ends the challenge', async ({ page, authsignal, visit }) => {
    const jane = await authsignal.user('jane', { sms: PHONE })
    await visit('qrCode')
    await jane.scanQr(page, { approve: false })
    await page.getByRole('heading', { name: 'You rejected this request' }).waitFor()
  })

  test('is replaced before its time is up, and the user is told', async ({ page, authsignal, visit }) => {
    await page.clock.install()
    await authsignal.user('jane', { sms: PHONE })
    await visit('qrCode')
    await untilShown(page)
    const first = await codeOn(page)
    await page.clock.runFor('09:01')
    await page.getByRole('status').filter({ hasText: 'There is a new code' }).waitFor()
    await expect.poll(() => codeOn(page)).not.toBe(first)
  })

  test('that is not available is a problem with a way to try again', async ({ page, authsignal, visit }) => {
    await authsignal.user('jane', { sms: PHONE })
    await page.routeWebSocket('**', socket => socket.close())
    await authsignal.fail('/v1/client/challenge/qr-code', '503')
    await visit('qrCode')
    await page.getByRole('alert').filter({ hasText: 'not available right now' }).waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await untilShown(page)
  })

  test('is offered only where the page names it', async ({ page, authsignal, visit }) => {
    await authsignal.user('jane', { sms: PHONE })
    await visit()
    await page.getByLabel('6-digit code').waitFor()
    await visit('sms qr-code')
    await page.getByRole('button', { name: /^QR code/ }).waitFor()
  })
})

test('without the element on the page nothing is requested any more', async ({ page, authsignal, visit }) => {
  await authsignal.user('jane', { magicLink: EMAIL })
  await page.clock.install()
  await visit()
  await page.getByText(/Waiting for you/).waitFor()
  await page.evaluate(() => document.querySelector('authsignal-challenge')!.remove())
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await page.clock.runFor('01:00')
  expect(requests).toEqual([])
})
