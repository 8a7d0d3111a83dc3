/** Webhooks in the demo: its backend verifies what the emulator sends it over HTTP, and the page lists it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { codeOnPhone, type Demo, onPhone, openFirstPage, openScenario, press, startDemo } from './demo.js'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.stop())

test('each event is listed with its signature, and one that comes again counts once', async ({ page }) => {
  await openScenario(page, demo, 'Webhooks')
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  const expectEvents = (...types: string[]) =>
    expect
      .poll(() => events.locator('.event-head code').allTextContents(), { timeout: PATIENCE })
      .toEqual(types)
  // The first user of the page is enrolled by itself.
  await expectEvents('authenticator.created')
  await press(page, 'Enrol a number')
  await expectEvents('authenticator.created', 'authenticator.created')
  await press(page, 'Track an action')
  await expectEvents('action.created', 'authenticator.created', 'authenticator.created')
  const first = events.first()
  await first.getByText('Signature verified').waitFor()
  await first.getByText('Delivered, 1 attempt').waitFor()
  await first.getByText('Data').click()
  expect(await first.locator('pre').textContent()).toContain('"actionCode": "view-report"')

  await first.getByRole('button', { name: 'Send again' }).click()
  await first.getByText('Delivered, 2 attempts').waitFor()
  await first.getByText('Arrived 2 times, counted once').waitFor()
  expect(await events.count()).toBe(3)
})

test('the backend refuses what has no valid signature', async () => {
  const send = (headers: Record<string, string>) =>
    fetch(`${demo.url}/app/webhooks`, { method: 'POST', headers, body: '{}' })
  expect((await send({})).status).toBe(400)
  const t = Math.floor(Date.now() / 1000)
  expect((await send({ 'X-Signature-V2': `t=${t},v2=AAAA` })).status).toBe(400)
})

describe('with a provider', () => {
  test('the phone says which one has taken a message, and which has not', async ({ page }) => {
    let status = 201
    const sent: string[] = []
    const provider = createServer(async (request, response) => {
      sent.push(await text(request))
      response.writeHead(status).end(JSON.stringify(status === 201 ? { sid: 'SM1' } : { code: 21211 }))
    })
    await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      provider.close()
    })
    const real = await startDemo(
      {
        TWILIO_ACCOUNT_SID: 'AC1',
        TWILIO_AUTH_TOKEN: 'secret',
        TWILIO_WHATSAPP_FROM: '+15005550006',
        TWILIO_CONTENT_SID: 'HX1',
        TWILIO_BASE_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
      },
      '--whatsapp',
      'twilio',
    )
    onTestFinished(() => real.stop())
    await openFirstPage(page, real)
    await page.getByText('Messages also go out by twilio.').waitFor()
    await press(page, 'Send the payment')
    const code = await codeOnPhone(page)
    await onPhone(page).getByText('Sent by twilio', { exact: true }).waitFor()
    expect(new URLSearchParams(sent[0]).get('ContentVariables')).toBe(`{"1":"${code}"}`)
    status = 400
    await press(page, 'Send a new code')
    await onPhone(page).getByText('Not sent by twilio: bad number', { exact: true }).waitFor()
  })
})
