/** The ESM file by `<script type="module">`, and by a worker, each with a service on another origin. */
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { type Service, startService } from '../support/service.js'
import { built, html, type Site, serve } from '../support/site.js'

let service: Service
let app: Site

beforeAll(async () => {
  service = await startService()
  app = await serve({
    '/': html(`
      <title>App</title>
      <script type="module">
        import * as sdk from '/authsignal.min.mjs'
        window.sdk = sdk
      </script>`),
    '/authsignal.min.mjs': built('authsignal.min.mjs'),
    // A page without an origin may not load modules, scripts it may.
    '/script-tag': html('<script src="/authsignal.umd.min.js"></script>'),
    '/authsignal.umd.min.js': built('authsignal.umd.min.js'),
    '/worker.js': {
      type: 'text/javascript',
      body: `
        import { Authsignal } from '/authsignal.min.mjs'
        let client
        addEventListener('message', async ({ data: { make, channel, method, input } }) => {
          if (make) {
            client = new Authsignal(make)
            client.setToken(make.token)
            return postMessage({ anonymousId: client.anonymousId })
          }
          const response = method === 'launch' ? await client.launch(input) : await client[channel][method](input)
          postMessage(JSON.parse(JSON.stringify(response)))
        })`,
    },
  })
})

afterAll(() => Promise.all([service.close(), app.close()]))

async function track() {
  const user = await service.newUser('SMS')
  const { userId } = user
  const { token, url } = await service.backend.track({ userId, action: 'pay', attributes: {} })
  const settings = { tenantId: service.tenantId, baseUrl: service.baseUrl }
  const validate = (verified: string | undefined) =>
    service.backend.validateChallenge({ token: verified!, action: 'pay', userId })
  return { user, token, url, settings, validate }
}

test('a module completes a step-up with a client that has one channel', async ({ page }) => {
  const { user, token, settings, validate } = await track()
  await page.goto(app.url)
  await page.waitForFunction('window.sdk')
  await page.evaluate(`
    client = sdk.createClient({ ...${JSON.stringify(settings)}, channels: { sms: sdk.sms } })
    client.setToken(${JSON.stringify(token)})`)

  expect(await page.evaluate('client.sms.challenge()')).toHaveProperty('challengeId')
  const code = await user.nextCode('SMS')
  // As it is pasted out of a message.
  const pasted = ` ${code.slice(0, 3)}-${code.slice(3)} `
  const verified = await page.evaluate<{ token?: string }>(`client.sms.verify({ code: '${pasted}' })`)

  expect(await validate(verified.token)).toMatchObject({ isValid: true })
})

test('a double click sends one code', async ({ page }) => {
  const { user, token, settings } = await track()
  await page.goto(app.url)
  await page.waitForFunction('window.sdk')
  const [first, second] = await page.evaluate<{ challengeId: string }[]>(`
    client = new sdk.Authsignal(${JSON.stringify(settings)})
    client.setToken(${JSON.stringify(token)})
    Promise.all([client.sms.challenge(), client.sms.challenge()])`)
  expect(first!.challengeId).toBe(second!.challengeId)
  expect(service.emulator.messages.list({ to: user.phoneNumber })).toHaveLength(1)
})

test('a call without a network resolves network_error', async ({ page, context }) => {
  const { token, settings } = await track()
  await page.goto(app.url)
  await page.waitForFunction('window.sdk')
  await context.setOffline(true)
  const response = await page.evaluate(`
    client = new sdk.Authsignal(${JSON.stringify(settings)})
    client.setToken(${JSON.stringify(token)})
    client.sms.challenge()`)
  expect(response).toMatchObject({ errorCode: 'network_error' })
})

test('a 429 reports the seconds until the next try, across origins', async ({ page }) => {
  const { token, settings } = await track()
  await page.goto(app.url)
  await page.waitForFunction('window.sdk')
  await page.evaluate(`
    client = new sdk.Authsignal(${JSON.stringify(settings)})
    client.setToken(${JSON.stringify(token)})`)
  for (let sent = 0; sent < 6; sent++) {
    expect(await page.evaluate('client.sms.challenge()')).toHaveProperty('challengeId')
  }
  const refused = await page.evaluate<{ retryAfter?: number }>('client.sms.challenge()')
  expect(refused).toMatchObject({ errorCode: 'too_many_requests', status: 429 })
  expect(refused.retryAfter).toBeGreaterThan(500)
  expect(refused.retryAfter).toBeLessThanOrEqual(600)
})

test('a worker completes a step-up, where there is no page', async ({ page }) => {
  const { user, token, url, settings, validate } = await track()
  await page.goto(app.url)
  await page.evaluate(`
    worker = new Worker('/worker.js', { type: 'module' })
    send = message => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage(message)
    })
    undefined`)
  const send = <T>(message: object) => page.evaluate<T>(`send(${JSON.stringify(message)})`)

  expect(await send({ make: { ...settings, token } })).toEqual({
    anonymousId: expect.stringMatching(/^[\da-f-]{36}$/),
  })
  expect(await send({ channel: 'sms', method: 'challenge' })).toHaveProperty('challengeId')
  const code = await user.nextCode('SMS')
  const verified = await send<{ token?: string }>({ channel: 'sms', method: 'verify', input: { code } })
  expect(await validate(verified.token)).toMatchObject({ isValid: true })
  expect(await send({ method: 'launch', input: url })).toMatchObject({ errorCode: 'launch_failed' })
})

test('a sandboxed page without an origin, cookies or storage completes a step-up', async ({ page }) => {
  const { user, token, settings, validate } = await track()
  await page.goto(app.url)
  const [frame] = await Promise.all([
    page.waitForEvent('frameattached'),
    page.evaluate(`
      sandbox = document.createElement('iframe')
      sandbox.sandbox = 'allow-scripts'
      sandbox.src = '/script-tag'
      void document.body.append(sandbox)`),
  ])
  await frame.waitForFunction('window.authsignal')
  expect(await frame.evaluate('origin')).toBe('null')

  await frame.evaluate(`
    client = new authsignal.Authsignal(${JSON.stringify(settings)})
    client.setToken(${JSON.stringify(token)})`)
  expect(await frame.evaluate('client.anonymousId')).toMatch(/^[\da-f-]{36}$/)
  expect(await frame.evaluate('client.sms.challenge()')).toHaveProperty('challengeId')
  const code = await user.nextCode('SMS')
  const verified = await frame.evaluate<{ token?: string }>(`client.sms.verify({ code: '${code}' })`)
  expect(await validate(verified.token)).toMatchObject({ isValid: true })
})
