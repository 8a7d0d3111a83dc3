/** The script-tag example of the README, as a reader would paste it into a page. */
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { htmlOf, runBlock } from '../support/documentation.js'
import { type Service, startService } from '../support/service.js'
import { built, html, type Site, serve } from '../support/site.js'

let service: Service
let app: Site

beforeAll(async () => {
  service = await startService()
  const { userId } = await service.newUser('WHATSAPP')
  const backend = await runBlock<{
    startStepUp(userId: string, phoneNumber: string): Promise<{ url: string }>
    hasSteppedUp(userId: string, token: string): Promise<boolean>
  }>('README/backend', service.url)

  app = await serve({
    '/': html(htmlOf('README/page', service.url)),
    '/authsignal.umd.min.js': built('authsignal.umd.min.js'),
    async '/step-up/start'(_, response) {
      response.end(JSON.stringify(await backend.startStepUp(userId, '+64210000001')))
    },
    async '/step-up/finish'(request, response) {
      const { token } = JSON.parse(Buffer.concat(await request.toArray()).toString())
      response.end(JSON.stringify({ ok: await backend.hasSteppedUp(userId, token) }))
    },
  })
})

afterAll(() => Promise.all([service.close(), app.close()]))

test('the page of the README steps a user up in the hosted popup', async ({ page }) => {
  await page.goto(app.url)
  await page.getByRole('button', { name: 'Send payment' }).click()
  const code = page.frameLocator('#__authsignal-popup-iframe').getByLabel('6-digit code')
  await code.fill(await service.emulator.messages.nextCode({ channel: 'WHATSAPP' }))
  await page.getByText('Paid', { exact: true }).waitFor()
})

test('the page of the README says when the user closes the popup', async ({ page }) => {
  await page.goto(app.url)
  await page.getByRole('button', { name: 'Send payment' }).click()
  // Until it has the height of its content, the popup moves.
  await page.frameLocator('#__authsignal-popup-iframe').getByLabel('6-digit code').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByText('The hosted page was closed before the challenge was complete.').waitFor()
  expect(await page.locator('#__authsignal-popup-container').count()).toBeLessThanOrEqual(1)
})
