/** The UMD files by a plain script tag: one global, and a step-up across origins. */
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { type Service, startService } from '../support/service.js'
import { built, html, type Site, serve } from '../support/site.js'

let service: Service
let app: Site

beforeAll(async () => {
  service = await startService()
  app = await serve({
    '/authsignal.umd.js': page('/dist/authsignal.umd.js'),
    '/authsignal.umd.min.js': page('/dist/authsignal.umd.min.js'),
    '/authsignal.core.umd.min.js': page('/dist/authsignal.core.umd.min.js'),
    '/dist/authsignal.core.umd.min.js': built('authsignal.core.umd.min.js'),
    '/dist/authsignal.umd.js': built('authsignal.umd.js'),
    '/dist/authsignal.umd.min.js': built('authsignal.umd.min.js'),
    '/amd': html(`
      <script>
        function define(dependencies, factory) { const exports = {}; window.defined = factory(exports) ?? exports }
        define.amd = true
      </script>
      <script src="/dist/authsignal.umd.js"></script>`),
  })
})

afterAll(() => Promise.all([service.close(), app.close()]))

const page = (script: string) =>
  html(`
    <title>Shop</title>
    <script>const before = new Set(Object.keys(window))</script>
    <script src="${script}"></script>
    <script>const added = Object.keys(window).filter(name => !before.has(name))</script>`)

for (const file of ['authsignal.umd.js', 'authsignal.umd.min.js']) {
  test(`${file} completes a step-up with a service on another origin`, async ({ page }) => {
    const user = await service.newUser('WHATSAPP')
    const { userId } = user
    const { token } = await service.backend.track({ userId, action: 'pay', attributes: {} })
    await page.goto(`${app.url}/${file}`)

    await page.evaluate(
      ([settings, trackToken]) => {
        const { authsignal } = window as unknown as { authsignal: typeof import('authsignal-channels') }
        const client = new authsignal.Authsignal(settings)
        client.setToken(trackToken)
        Object.assign(window, { client })
      },
      [{ tenantId: service.tenantId, baseUrl: service.baseUrl }, token] as const,
    )
    expect(await page.evaluate('client.whatsapp.challenge()')).toHaveProperty('challengeId')
    const code = await user.nextCode('WHATSAPP')
    const verified = await page.evaluate<{ token?: string }>(`client.whatsapp.verify({ code: '${code}' })`)

    const { isValid } = await service.backend.validateChallenge({
      token: verified.token!,
      action: 'pay',
      userId,
    })
    expect(isValid).toBe(true)
  })

  test(`${file} adds one global, with all the public names`, async ({ page }) => {
    await page.goto(`${app.url}/${file}`)
    expect(await page.evaluate('added')).toEqual(['authsignal'])
    expect(await page.evaluate<string[]>('Object.keys(authsignal)')).toEqual(
      expect.arrayContaining([
        'Authsignal',
        'AuthsignalWindowMessage',
        'ErrorCode',
        'createClient',
        'launch',
      ]),
    )
  })

  test(`${file} keeps the ID of the browser over a reload`, async ({ page }) => {
    const id = () => page.evaluate<string>(`new authsignal.Authsignal({ tenantId: 'acme' }).anonymousId`)
    await page.goto(`${app.url}/${file}`)
    const first = await id()
    expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    await page.reload()
    expect(await id()).toBe(first)
    expect(await page.evaluate('document.cookie')).toBe(`__as_aid=${first}`)
  })
}

test('authsignal.core.umd.min.js completes a step-up by a code and one by launch()', async ({ page }) => {
  await page.goto(`${app.url}/authsignal.core.umd.min.js`)
  expect(await page.evaluate('added')).toEqual(['authsignal'])
  await page.evaluate(settings => {
    const { authsignal } = window as unknown as { authsignal: typeof import('authsignal-channels') }
    const { createClient, whatsapp, launch } = authsignal
    Object.assign(window, { client: createClient({ ...settings, channels: { whatsapp, launch } }) })
  }, settings())

  const byCode = await service.newUser('WHATSAPP')
  const { token } = await track(byCode.userId)
  await page.evaluate(`client.setToken(${JSON.stringify(token)})`)
  expect(await page.evaluate('client.whatsapp.challenge()')).toHaveProperty('challengeId')
  const code = await byCode.nextCode('WHATSAPP')
  const verified = await page.evaluate<{ token: string }>(`client.whatsapp.verify({ code: '${code}' })`)
  expect(await isValid(byCode.userId, verified.token)).toBe(true)

  const byPopup = await service.newUser('SMS')
  const { url } = await track(byPopup.userId)
  await page.evaluate(`void (window.outcome = client.launch(${JSON.stringify(url)}))`)
  const input = page.frameLocator('#__authsignal-popup-iframe').getByLabel('6-digit code')
  await input.waitFor()
  await input.fill(await byPopup.nextCode('SMS'))
  const launched = await page.evaluate<{ token: string }>('window.outcome')
  expect(await isValid(byPopup.userId, launched.token)).toBe(true)
})

const settings = () => ({ tenantId: service.tenantId, baseUrl: service.baseUrl })
const track = (userId: string) => service.backend.track({ userId, action: 'pay', attributes: {} })
const isValid = async (userId: string, token: string) =>
  (await service.backend.validateChallenge({ token, action: 'pay', userId })).isValid

test('authsignal.umd.js is a module to a loader of AMD modules', async ({ page }) => {
  await page.goto(`${app.url}/amd`)
  expect(await page.evaluate('typeof defined.Authsignal')).toBe('function')
  expect(await page.evaluate('typeof authsignal')).toBe('undefined')
})
