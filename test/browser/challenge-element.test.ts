/** `<authsignal-challenge>` in pages: the space that it takes, what loads on demand, and its end. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
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

async function visit(page: Page, userId: string) {
  const { token } = await service.backend.track({ userId, action: 'pay', attributes: {} })
  await page.goto(site.url)
  await page.waitForFunction('window.isReady')
  await page.evaluate(token => {
    document.querySelector('authsignal-challenge')!.token = token
  }, token)
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

test('a user adds a passkey, and is verified by it', async ({ page }) => {
  await plugIn(page, 'device')
  const { userId } = await service.newUser()
  await visit(page, userId)
  await page.getByRole('button', { name: /^Passkey/ }).click()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('heading', { name: 'Verified' }).waitFor()
  await visit(page, userId)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByRole('heading', { name: 'Verified' }).waitFor()
  const token = await page.evaluate(() => window.events.find(([type]) => type === 'success')![1]!.token!)
  expect(await service.backend.validateChallenge({ token, action: 'pay', userId })).toMatchObject({
    isValid: true,
    verificationMethod: 'PASSKEY',
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
