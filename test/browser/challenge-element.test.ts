/** `<authsignal-challenge>` in pages: the space that it takes, what loads on demand, and its end. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { readQrCode } from '../../src/testing/qr-code.js'
import { plugIn } from '../support/authenticators.js'
import { test } from '../support/browser.js'
import { elementFiles, elementPage } from '../support/element-page.js'
import { type Service, startService } from '../support/service.js'
import { type Site, serve } from '../support/site.js'

let service: Service
let site: Site

/** The style sheet that the documentation of the element has. */
const [, PLACEHOLDER = ''] =
  readFileSync('src/elements/challenge/element.ts', 'utf8').match(/ \* (authsignal-challenge\S* \{.*\})/) ??
  []

beforeAll(async () => {
  service = await startService()
  const element = `<authsignal-challenge tenant-id="${service.tenantId}" base-url="${service.baseUrl}"></authsignal-challenge>`
  site = await serve({
    '/': elementPage(service.url, element, '<link rel="stylesheet" href="/page.css">'),
    '/page.css': { type: 'text/css', body: PLACEHOLDER },
    ...elementFiles(),
  })
})

afterAll(() => Promise.all([service.close(), site.close()]))

async function visit(page: Page, userId: string, methods = '') {
  const { token } = await service.backend.track({ userId, action: 'pay', attributes: {} })
  await page.goto(site.url)
  await page.waitForFunction('window.isReady')
  await page.evaluate(
    properties => {
      Object.assign(document.querySelector('authsignal-challenge')!, properties)
    },
    { token, methods },
  )
}

test('nothing on the page moves from the plain HTML to the first screen', async ({ page }) => {
  const user = await service.newUser('SMS')
  const top = () => page.evaluate(() => document.querySelector<HTMLElement>('#after')!.offsetTop)
  // As a server renders it, before any script.
  await page.route('**/*.js', route => route.abort())
  await page.goto(site.url)
  const before = await top()
  await page.unroute('**/*.js')

  await visit(page, user.userId)
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

test('a hidden element takes no space, before and during a challenge', async ({ page }) => {
  const user = await service.newUser('SMS')
  const height = () =>
    page.evaluate(() => {
      const element = document.querySelector<HTMLElement>('authsignal-challenge')!
      element.hidden = true
      const { offsetHeight } = element
      element.hidden = false
      return offsetHeight
    })
  await page.goto(site.url)
  expect(await height()).toBe(0)
  await visit(page, user.userId)
  await page.getByLabel('6-digit code').waitFor()
  expect(await height()).toBe(0)
})

test('the picture of a secret loads when it is needed, beside the script', async ({ page }) => {
  const files: string[] = []
  page.on('request', request => files.push(new URL(request.url()).pathname))
  const user = await service.newUser()
  await visit(page, user.userId)
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
] as const)('a user adds a $name, and is verified by it', async ({ name, kind, method }, { page }) => {
  await plugIn(page, kind)
  const { userId } = await service.newUser()
  await visit(page, userId)
  await page.getByRole('button', { name: new RegExp(`^${name}`, 'i') }).click()
  await page.getByRole('button', { name: `Add a ${name}` }).click()
  await page.getByRole('heading', { name: 'Verified' }).waitFor()
  await visit(page, userId)
  await page.getByRole('button', { name: `Use a ${name}` }).click()
  await page.getByRole('heading', { name: 'Verified' }).waitFor()
  const token = await page.evaluate(() => window.events.find(([type]) => type === 'success')![1]!.token!)
  expect(await service.backend.validateChallenge({ token, action: 'pay', userId })).toMatchObject({
    isValid: true,
    verificationMethod: method,
  })
})

describe('a QR code', () => {
  /** What the user's phone does. */
  const phone = (path: string, body: object) =>
    fetch(`${service.url}/emulator/qr/${path}`, { method: 'POST', body: JSON.stringify(body) })

  async function showCode(page: Page) {
    const user = await service.newUser('SMS')
    await visit(page, user.userId, 'qrCode')
    await page.locator('[data-authsignal=qr] path[d]').waitFor()
    return user
  }

  const codeOn = async (page: Page) => readQrCode(await page.screenshot())

  test('is on the page in light and dark, and its approval verifies the user', async ({ page }) => {
    const { userId } = await showCode(page)
    expect(await page.getByRole('img').getAttribute('aria-label')).toBe('QR code for the app on your phone')
    const challengeId = await codeOn(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 568 })
    expect(await codeOn(page)).toBe(challengeId)

    await phone('claim', { challengeId, userId })
    await page.getByRole('status').filter({ hasText: 'The code is scanned' }).waitFor()
    await phone('respond', { challengeId, approved: true })
    await page.getByRole('heading', { name: 'Verified' }).waitFor()
    const token = await page.evaluate(() => window.events.find(([type]) => type === 'success')![1]!.token!)
    expect(await service.backend.validateChallenge({ token, action: 'pay', userId })).toMatchObject({
      isValid: true,
      verificationMethod: 'DEVICE',
    })
  })

  test('that is rejected on the phone ends the challenge', async ({ page }) => {
    const { userId } = await showCode(page)
    const challengeId = await codeOn(page)
    await phone('claim', { challengeId, userId })
    await phone('respond', { challengeId, approved: false })
    await page.getByRole('heading', { name: 'You rejected this request' }).waitFor()
  })

  test('is replaced before its time is up, and the user is told', async ({ page }) => {
    await page.clock.install()
    await showCode(page)
    const first = await codeOn(page)
    await page.clock.runFor('09:01')
    await page.getByRole('status').filter({ hasText: 'There is a new code' }).waitFor()
    await expect.poll(() => codeOn(page)).not.toBe(first)
  })

  test('that is not available is a problem with a way to try again', async ({ page }) => {
    const { faults } = service.emulator
    const user = await service.newUser('SMS')
    await page.routeWebSocket('**', socket => socket.close())
    faults.add({ path: '/v1/client/challenge/qr-code', fault: '503', times: 1 })
    await visit(page, user.userId, 'qrCode')
    await page.getByRole('alert').filter({ hasText: 'not available right now' }).waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('[data-authsignal=qr] path[d]').waitFor()
  })

  test('is offered only where the page names it', async ({ page }) => {
    const user = await service.newUser('SMS')
    await visit(page, user.userId)
    await page.getByLabel('6-digit code').waitFor()
    await visit(page, user.userId, 'sms qr-code')
    await page.getByRole('button', { name: /^QR code/ }).waitFor()
  })
})

test('without the element on the page nothing is requested any more', async ({ page }) => {
  const user = await service.newUser()
  await service.backend.enrollVerifiedAuthenticator({
    userId: user.userId,
    attributes: { verificationMethod: 'EMAIL_MAGIC_LINK' as never, email: user.email },
  })
  await page.clock.install()
  await visit(page, user.userId)
  await page.getByText(/Waiting for you/).waitFor()
  await page.evaluate(() => document.querySelector('authsignal-challenge')!.remove())
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await page.clock.runFor('01:00')
  expect(requests).toEqual([])
})
