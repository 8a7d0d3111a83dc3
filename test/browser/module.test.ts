/** The ESM file by `<script type="module">`, and by a worker, each with a service on another origin. */
import { expect } from 'vitest'
import { test as base } from '../support/actions.js'
import { PHONE } from '../support/jane.js'
import { built, html, serve } from '../support/site.js'

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used.
  .extend('app', { scope: 'file' }, async ({}, { onCleanup }) => {
    const app = await serve({
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
    onCleanup(app.close)
    return app
  })
  .extend('jane', ({ authsignal }) => authsignal.user('jane', { sms: PHONE }))
  // Opens the page, and makes a client that has the token of an action of jane.
  .extend(
    'open',
    ({ app, actions, jane, page, settings }) =>
      async (make = 'new sdk.Authsignal(settings)') => {
        const { token } = await actions.track()
        await page.goto(app.url)
        await page.waitForFunction('window.sdk')
        await page.evaluate(`
      settings = ${JSON.stringify(settings)}
      client = ${make}
      client.setToken('${token}')`)
        return jane
      },
  )

test('a module completes a step-up with a client that has one channel', async ({ page, actions, open }) => {
  const jane = await open('sdk.createClient({ ...settings, channels: { sms: sdk.sms } })')

  expect(await page.evaluate('client.sms.challenge()')).toHaveProperty('challengeId')
  const code = await jane.sms.code()
  // As it is pasted out of a message.
  const pasted = ` ${code.slice(0, 3)}-${code.slice(3)} `
  const verified = await page.evaluate<{ token?: string }>(`client.sms.verify({ code: '${pasted}' })`)

  await actions.expectValid(verified.token)
})

test('a double click sends one code', async ({ page, open }) => {
  const jane = await open()
  const [first, second] = await page.evaluate<{ challengeId: string }[]>(
    'Promise.all([client.sms.challenge(), client.sms.challenge()])',
  )
  expect(first!.challengeId).toBe(second!.challengeId)
  expect(await jane.sms.received()).toBe(1)
})

test('a call without a network resolves network_error', async ({ page, context, open }) => {
  await open()
  await context.setOffline(true)
  expect(await page.evaluate('client.sms.challenge()')).toMatchObject({ errorCode: 'network_error' })
})

test('a 429 reports the seconds until the next try, across origins', async ({ page, open }) => {
  const jane = await open()
  for (let sent = 0; sent < 6; sent++) {
    expect(await page.evaluate('client.sms.challenge()')).toHaveProperty('challengeId')
  }
  const refused = await page.evaluate<{ retryAfter?: number }>('client.sms.challenge()')
  expect(refused).toMatchObject({ errorCode: 'too_many_requests', status: 429 })
  expect(refused.retryAfter).toBeGreaterThan(500)
  expect(refused.retryAfter).toBeLessThanOrEqual(600)
  expect(await jane.sms.received()).toBe(6)
})

test('a worker completes a step-up, where there is no page', async ({
  page,
  app,
  settings,
  actions,
  jane,
}) => {
  const { token, url } = await actions.track()
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
  const input = { code: await jane.sms.code() }
  const verified = await send<{ token?: string }>({ channel: 'sms', method: 'verify', input })
  await actions.expectValid(verified.token)
  expect(await send({ method: 'launch', input: url })).toMatchObject({ errorCode: 'launch_failed' })
})

test('a sandboxed page without an origin, cookies or storage completes a step-up', async ({
  page,
  app,
  settings,
  actions,
  jane,
}) => {
  const { token } = await actions.track()
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
    client.setToken('${token}')`)
  expect(await frame.evaluate('client.anonymousId')).toMatch(/^[\da-f-]{36}$/)
  expect(await frame.evaluate('client.sms.challenge()')).toHaveProperty('challengeId')
  const code = await jane.sms.code()
  const verified = await frame.evaluate<{ token?: string }>(`client.sms.verify({ code: '${code}' })`)
  await actions.expectValid(verified.token)
})
