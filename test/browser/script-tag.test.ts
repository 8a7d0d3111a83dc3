/** The UMD files by a plain script tag: one global, and a step-up across origins. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test as base } from '../support/actions.js'
import { PHONE } from '../support/jane.js'
import { built, html, serve } from '../support/site.js'

const FULL = ['authsignal.umd.js', 'authsignal.umd.min.js']
const CORE = 'authsignal.core.umd.min.js'

/** A page that loads one file, and knows which globals it has added. */
const pageWith = (file: string) =>
  html(`
    <title>Shop</title>
    <script>const before = new Set(Object.keys(window))</script>
    <script src="/dist/${file}"></script>
    <script>const added = Object.keys(window).filter(name => !before.has(name))</script>`)

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used.
const test = base.extend('app', { scope: 'file' }, async ({}, { onCleanup }) => {
  const files = [...FULL, CORE]
  const app = await serve({
    ...Object.fromEntries(files.map(file => [`/${file}`, pageWith(file)])),
    ...Object.fromEntries(files.map(file => [`/dist/${file}`, built(file)])),
    '/amd': html(`
      <script>
        function define(dependencies, factory) { const exports = {}; window.defined = factory(exports) ?? exports }
        define.amd = true
      </script>
      <script src="/dist/authsignal.umd.js"></script>`),
  })
  onCleanup(app.close)
  return app
})

/** The response of a call in the page. */
const call = (page: Page, expression: string) => page.evaluate<{ token?: string }>(expression)

for (const file of FULL) {
  test(`${file} completes a step-up with a service on another origin`, async ({
    page,
    app,
    authsignal,
    settings,
    actions,
  }) => {
    const jane = await authsignal.user('jane', { whatsapp: PHONE })
    const { token } = await actions.track()
    await page.goto(`${app.url}/${file}`)

    await page.evaluate(`
      client = new authsignal.Authsignal(${JSON.stringify(settings)})
      client.setToken('${token}')`)
    expect(await call(page, 'client.whatsapp.challenge()')).toHaveProperty('challengeId')
    const verified = await call(page, `client.whatsapp.verify({ code: '${await jane.whatsapp.code()}' })`)

    await actions.expectValid(verified.token)
  })

  test(`${file} adds one global, with all the public names`, async ({ page, app }) => {
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

  test(`${file} keeps the ID of the browser over a reload`, async ({ page, app }) => {
    const id = () => page.evaluate<string>(`new authsignal.Authsignal({ tenantId: 'acme' }).anonymousId`)
    await page.goto(`${app.url}/${file}`)
    const first = await id()
    expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    await page.reload()
    expect(await id()).toBe(first)
    expect(await page.evaluate('document.cookie')).toBe(`__as_aid=${first}`)
  })
}

test(`${CORE} completes a step-up by a code and one by launch()`, async ({
  page,
  app,
  authsignal,
  settings,
  actions,
}) => {
  const jane = await authsignal.user('jane', { whatsapp: PHONE })
  await page.goto(`${app.url}/${CORE}`)
  expect(await page.evaluate('added')).toEqual(['authsignal'])

  const { token } = await actions.track()
  await page.evaluate(`
    const { createClient, launch, whatsapp } = authsignal
    client = createClient({ ...${JSON.stringify(settings)}, channels: { whatsapp, launch } })
    client.setToken('${token}')`)
  expect(await call(page, 'client.whatsapp.challenge()')).toHaveProperty('challengeId')
  const verified = await call(page, `client.whatsapp.verify({ code: '${await jane.whatsapp.code()}' })`)
  await actions.expectValid(verified.token)

  const { url } = await actions.track('withdraw')
  await page.evaluate(`void (outcome = client.launch('${url}'))`)
  const field = page.frameLocator('#__authsignal-popup-iframe').getByLabel('6-digit code')
  await field.fill(await jane.whatsapp.code())
  const launched = await call(page, 'outcome')
  await actions.expectValid(launched.token, 'withdraw')
})

test('authsignal.umd.js is a module to a loader of AMD modules', async ({ page, app }) => {
  await page.goto(`${app.url}/amd`)
  expect(await page.evaluate('typeof defined.Authsignal')).toBe('function')
  expect(await page.evaluate('typeof authsignal')).toBe('undefined')
})
