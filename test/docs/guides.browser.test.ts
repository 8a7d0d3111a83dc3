/** Code of the guides that needs a page, and is no part of the app that the guide makes. */
import { readFileSync } from 'node:fs'
import type { TestAuthsignal, TestUser } from 'authsignal-channels/testing/vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest'
import { SDKS } from '../browser/sdks.js'
import { plugIn } from '../support/authenticators.js'
import { test as base } from '../support/browser.js'
import { block, scriptOf } from '../support/documentation.js'
import { EMAIL, PHONE } from '../support/jane.js'
import { built, html, type Site, serve } from '../support/site.js'

const OTHER_PHONE = '+64211000002'

let app: Site

beforeAll(async () => {
  app = await serve({
    '/': html('<title>App</title><h1>App</h1><button type="button">Confirm</button><div id="root"></div>'),
    '/other': html('<title>Other</title><h1>Other page</h1>'),
  })
})
afterAll(() => app.close())

const test = base
  .extend('jane', ({ authsignal }) => authsignal.user('jane', { sms: PHONE, whatsapp: PHONE }))
  .extend(
    'track',
    ({ backend, jane: { userId } }) =>
      (attributes: object = {}) =>
        backend.track({ userId, action: 'pay', attributes }),
  )
  .extend('isValid', ({ backend }) => async (token: unknown) => {
    const { isValid } = await backend.validateChallenge({ token: token as string, action: 'pay' })
    return isValid
  })
  // Opens a page in which `guide` has what the block exports.
  .extend('open', ({ authsignal, page }) => async (...[source, options]: Parameters<typeof scriptOf>) => {
    await page.goto(app.url)
    const content = await scriptOf(source, { emulatorUrl: authsignal.url, ...options })
    await page.addScriptTag({ content })
    return content
  })

/** Calls an export of the block. `outcome` is the promise of its result. */
const start = (page: Page, call: string) =>
  page.evaluate(
    `void (window.outcome = Promise.resolve(${call}).then(value => ({ value }), error => ({ error: String(error) })))`,
  )
const outcome = (page: Page) => page.evaluate<{ value?: unknown; error?: string }>('window.outcome')
const call = async (page: Page, text: string) => {
  await start(page, text)
  return outcome(page)
}

/** The user completes the hosted page. */
async function pass(page: Page, { sms }: TestUser) {
  const hosted = page.frames().length > 1 ? page.frameLocator('#__authsignal-popup-iframe') : page
  const choice = hosted.getByRole('button', { name: /SMS|text/i })
  const input = hosted.getByLabel('6-digit code')
  await choice.or(input).first().waitFor()
  if (await choice.isVisible()) await choice.click()
  await input.waitFor()
  await input.fill(await sms.code())
}

test('the lines of the README show the challenge in a page, in its language, and report the token', async ({
  page,
  authsignal,
  jane,
  track,
  isValid,
}) => {
  const [element = '', ...lines] = block('README/in-a-page').code.trim().split('\n')
  const { tenantId, baseUrl } = authsignal.settings
  const { token } = await track()
  await page.goto(app.url)
  await page.evaluate(
    ({ element, token }) => {
      let resolve: (token: unknown) => void = () => {}
      const promise = new Promise<unknown>(settle => {
        resolve = settle
      })
      Object.assign(window, { token, finish: resolve, outcome: promise.then(value => ({ value })) })
      document.querySelector('#root')!.innerHTML = element
    },
    {
      element: element.replace('tenant-id="acme"', `tenant-id="${tenantId}" base-url="${baseUrl}"`),
      token,
    },
  )
  await page.addScriptTag({ content: await scriptOf({ code: lines.slice(1, -1).join('\n') }) })
  const input = page.locator('input[autocomplete="one-time-code"]')
  await page.locator('authsignal-challenge li').first().getByRole('button').click()
  await input.waitFor()
  expect(await page.locator('authsignal-challenge [dir="rtl"]').count()).toBeGreaterThan(0)
  await input.fill(await jane.whatsapp.code())
  expect(await isValid((await outcome(page)).value)).toBe(true)
})

test('an element with two methods has no others', async ({ page, open }) => {
  await open('ui-in-your-page/define')
  const names = await page.evaluate(() => {
    const element = customElements.get('authsignal-challenge') as unknown as { methods: object }
    return Object.keys(element.methods)
  })
  expect(names).toEqual(['whatsapp', 'sms'])
})

test('an effect of React sends one code, though StrictMode mounts twice', async ({
  page,
  jane,
  open,
  track,
}) => {
  const mount = `
    import { createElement, StrictMode } from 'react'
    import { createRoot } from 'react-dom/client'
    export const mount = token => createRoot(document.querySelector('#root'))
      .render(createElement(StrictMode, null, createElement(CodeSender, { token })))`
  await open('single-page-app/code-sender', { more: mount })
  const { token } = await track()
  await page.evaluate(`guide.mount(${JSON.stringify(token)})`)
  await page.getByRole('status').getByText('We have sent you a code.').waitFor()
  expect(await jane.whatsapp.received()).toBe(1)
})

test('a passkey dialog that is cancelled becomes a message', async ({ page, open, track }) => {
  await open('custom-ui/passkey')
  const { token } = await track()
  // There is no passkey here, and the virtual authenticator reports it at once.
  await plugIn(page, 'device')
  expect(await call(page, `guide.confirmByPasskey(${JSON.stringify(token)})`)).toMatchObject({
    value: { message: 'Cancelled. Try again, or use a code.' },
  })
})

describe('migration', () => {
  test.for(['migration/before/redirect', 'migration/after/redirect'])(
    '%s leaves the page',
    async (name, { page, open, track }) => {
      await open(name)
      const { url } = await track({ redirectUrl: `${app.url}/other` })
      await page.evaluate(`void guide.leave(${JSON.stringify(url)})`).catch(() => {})
      await page.waitForURL(/\/challenge/)
    },
  )

  test('a window that the user closes never settles before, and says so after', async ({
    page,
    context,
    open,
    track,
  }) => {
    for (const name of ['migration/before/window', 'migration/after/window']) {
      await open(name)
      const { url } = await track()
      await page.evaluate(
        `document.querySelector('button').onclick = () => { window.settled = 'no'; guide.confirm(${JSON.stringify(url)}).then(value => { window.settled = value }) }`,
      )
      const [opened] = await Promise.all([context.waitForEvent('page'), page.getByRole('button').click()])
      await opened.getByRole('heading').first().waitFor()
      await opened.close()
      if (name === 'migration/after/window')
        await expect.poll(() => page.evaluate('window.settled')).toBe('popup_closed')
      else await expectStays(page, 'window.settled', 'no')
    }
  })

  test('without a network there is a rejection before, and a response after', async ({
    page,
    context,
    open,
    track,
  }) => {
    for (const [name, expected] of [
      ['migration/before/network', 'offline'],
      ['migration/after/network', 'network_error'],
    ] as const) {
      const { token } = await track()
      await open(name)
      expect(await call(page, `guide.send(${JSON.stringify(token)})`)).toEqual({ value: 'sent' })
      await offline(context, true)
      expect(await call(page, `guide.send(${JSON.stringify(token)})`)).toEqual({ value: expected })
      await offline(context, false)
    }
  })

  test('the token of a right code is in data before, and on the response after', async ({
    page,
    authsignal,
    jane,
    open,
    track,
    isValid,
  }) => {
    for (const name of ['migration/before/data', 'migration/after/data']) {
      await open(name)
      const { token } = await track()
      await challengeBySms(authsignal, token)
      const code = await jane.sms.code()
      const { value } = await call(page, `guide.verify(${JSON.stringify(token)}, ${JSON.stringify(code)})`)
      expect(await isValid(value)).toBe(true)
    }
  })

  test('two instances share a token before, and one client has it after', async ({ page, open, track }) => {
    for (const name of ['migration/before/token', 'migration/after/token']) {
      await open(name)
      const { token } = await track()
      expect(await call(page, `guide.send(${JSON.stringify(token)})`)).toEqual({ value: 'sent' })
    }
    const two = block('migration/before/token').code.replace('@authsignal/browser', 'authsignal-channels')
    await open({ code: two })
    const { token } = await track()
    expect(await call(page, `guide.send(${JSON.stringify(token)})`)).toEqual({ value: 'token_not_set' })
  })

  test('a call with an expired token fails before, and is made once more after', async ({
    page,
    authsignal,
    open,
    track,
  }) => {
    for (const [name, expected] of [
      ['migration/before/expired', 'expired_token'],
      ['migration/after/expired', undefined],
    ] as const) {
      await open(name)
      const { token } = await track()
      await authsignal.advance('11 minutes')
      const { token: fresh } = await track()
      const { value } = await call(
        page,
        `(() => { const client = guide.connect(async () => ${JSON.stringify(fresh)}); client.setToken(${JSON.stringify(token)}); return client.sms.challenge() })()`,
      )
      expect((value as { errorCode?: string }).errorCode).toBe(expected)
    }
  })

  test('the token of the hosted page is set by the app before, and by the client after', async ({
    page,
    authsignal,
    open,
    track,
  }) => {
    const before = block('migration/before/stored')
    const isAdded = { data: { userAuthenticatorId: expect.any(String) } }
    for (const [source, expected] of [
      [before, isAdded],
      [block('migration/after/stored'), isAdded],
      // Without its setToken, the original keeps the first token, which may not add a number.
      [
        { code: before.code.replace('if (token) authsignal.setToken(token)', '') },
        { errorCode: 'forbidden' },
      ],
    ] as const) {
      await authsignal.reset()
      const jane = await authsignal.user('jane', { sms: PHONE })
      await open(source)
      const { token, url } = await track()
      await start(page, `guide.addNumber(${[token, url, OTHER_PHONE].map(text => JSON.stringify(text))})`)
      await pass(page, jane)
      expect(await outcome(page)).toMatchObject({ value: expected })
    }
  })

  test('waiting for a link ends when it is opened, and after also by the signal', async ({
    page,
    authsignal,
    open,
    track,
    isValid,
  }) => {
    for (const name of ['migration/before/waiting', 'migration/after/waiting']) {
      await authsignal.reset()
      const jane = await authsignal.user('jane')
      await open(name)
      const { token } = await track({ email: EMAIL })
      const second = name === 'migration/after/waiting' ? 'new AbortController().signal' : '() => false'
      await start(page, `guide.waitForLink(${JSON.stringify(token)}, ${second})`)
      await fetch(await jane.email.link(), { method: 'POST' })
      expect(await isValid((await outcome(page)).value)).toBe(true)
    }
    const { token } = await track({ email: EMAIL })
    expect(
      await call(
        page,
        `(() => { const leaving = new AbortController(); const waiting = guide.waitForLink(${JSON.stringify(token)}, leaving.signal); leaving.abort(); return waiting })()`,
      ),
    ).toEqual({ value: undefined })
  })

  test('a code with spaces is cleaned by the app before, and by the client after', async ({
    page,
    authsignal,
    jane,
    open,
    track,
  }) => {
    for (const name of ['migration/before/code', 'migration/after/code']) {
      await open(name)
      const { token } = await track()
      await challengeBySms(authsignal, token)
      const code = await jane.sms.code()
      const typed = ` ${code.slice(0, 3)} ${code.slice(3)}`
      const { value } = await call(page, `guide.verify(${JSON.stringify(token)}, ${JSON.stringify(typed)})`)
      expect(value).toMatchObject({ data: { isVerified: true } })
    }
  })

  test('a client of some channels is called as the class is, and weighs less', async ({
    page,
    open,
    track,
  }) => {
    const sizes: number[] = []
    for (const name of ['migration/before/small', 'migration/after/small']) {
      sizes.push((await open(name, { minify: true })).length)
      const { token } = await track()
      expect(
        await call(
          page,
          `(guide.authsignal.setToken(${JSON.stringify(token)}), guide.authsignal.sms.challenge())`,
        ),
      ).toMatchObject({ value: { data: { challengeId: expect.any(String) } } })
    }
    expect(sizes[1]!).toBeLessThan(sizes[0]! * 0.7)
  })
})

describe.each(SDKS)('the smaller differences of the migration guide, with $name', sdk => {
  const isOurs = sdk.name === 'authsignal-channels'
  let site: Site

  beforeAll(async () => {
    site = await serve({
      '/': html('<title>App</title><h1>App</h1><script src="/sdk.js"></script>'),
      '/sdk.js': { type: 'text/javascript', body: readFileSync(sdk.file, 'utf8') },
      '/v1/client/challenge/sms': (_, response) => {
        response.writeHead(307, { location: '/elsewhere' }).end()
      },
      '/elsewhere': { type: 'application/json', body: '{"challengeId":"c1"}' },
    })
  })
  afterAll(() => site.close())

  test.beforeEach(async ({ page, authsignal }) => {
    await page.goto(site.url)
    await page.evaluate(
      `window.client = new authsignal.Authsignal(${JSON.stringify(authsignal.pageSettings)})`,
    )
  })

  const setToken = (page: Page, { token }: { readonly token: string }) =>
    page.evaluate(`client.setToken(${JSON.stringify(token)})`)

  test('a double click', async ({ page, jane, track }) => {
    await setToken(page, await track())
    await page.evaluate('Promise.all([client.sms.challenge(), client.sms.challenge()])')
    expect(await jane.sms.received()).toBe(isOurs ? 1 : 2)
  })

  test('a call before setToken', async ({ page, problems }) => {
    const response = await page.evaluate('client.sms.challenge()')
    expect(response).toMatchObject({ errorCode: 'token_not_set' })
    if (!isOurs) await problems.expectOne(/token/)
  })

  test('a wrong option', async ({ page }) => {
    const name = await page.evaluate(`(() => {
      try { new authsignal.Authsignal({}) } catch (error) { return error.name }
    })()`)
    expect(name).toBe(isOurs ? 'TypeError' : 'Error')
  })

  test('members of the client', async ({ page }) => {
    expect(await page.evaluate("'api' in client.passkey || 'api' in client.securityKey")).toBe(!isOurs)
  })

  test('looks of the popup, and scrolling behind it', async ({ page, track }) => {
    const { url } = await track()
    await page.evaluate(`void client.launch(${JSON.stringify(url)}, { mode: 'popup' })`)
    await page.frameLocator('#__authsignal-popup-iframe').getByRole('heading').first().waitFor()
    expect(await page.evaluate("Boolean(document.querySelector('#__authsignal-popup-iframe'))")).toBe(!isOurs)
    expect(await page.evaluate('document.body.style.overflow')).toBe(isOurs ? '' : 'hidden')
  })

  test('the cookie, whose ID stays', async ({ page, context }) => {
    const [cookie] = await context.cookies()
    expect(cookie!.name).toBe('__as_aid')
    expect(cookie!.sameSite).toBe('Lax') // Chromium reports this for a missing value too
    await page.reload()
    await page.evaluate(`window.client = new authsignal.Authsignal({ tenantId: 'acme' })`)
    expect(await page.evaluate('client.anonymousId')).toBe(cookie!.value)
  })

  test('an API that redirects', async ({ page, track }) => {
    await page.evaluate(
      `client = new authsignal.Authsignal({ tenantId: 'acme', baseUrl: location.origin + '/v1' })`,
    )
    await setToken(page, await track())
    expect(await page.evaluate('client.sms.challenge()')).toMatchObject(
      isOurs ? { errorCode: 'network_error' } : { data: { challengeId: 'c1' } },
    )
  })
})

/** The user's code is sent, whatever the page does. */
async function challengeBySms({ settings }: TestAuthsignal, token: string) {
  await fetch(`${settings.baseUrl}/client/challenge/sms`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })
}

/** The API cannot be reached. */
const offline = (context: BrowserContext, isOffline: boolean) =>
  isOffline ? context.route('**/v1/**', route => route.abort()) : context.unroute('**/v1/**')

/** Still so after a second of the page's own time, long enough for our response. */
async function expectStays(page: Page, expression: string, value: string) {
  await page.evaluate('new Promise(resolve => setTimeout(resolve, 1000))')
  expect(await page.evaluate(expression)).toBe(value)
}

describe('content security policy', () => {
  async function serveWith(policy: string, options: object) {
    const body = `<title>App</title><h1>App</h1><script src="/sdk.js"></script><script src="/app.js"></script>`
    const site = await serve({
      '/': html(body, { 'content-security-policy': policy }),
      '/sdk.js': built('authsignal.umd.min.js'),
      '/app.js': {
        type: 'text/javascript',
        body: `window.violations = []
          document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective))
          window.client = new authsignal.Authsignal(${JSON.stringify(options)})`,
      },
    })
    onTestFinished(site.close)
    return site
  }

  test('under trusted types initAdvancedProfiling() is refused', async ({ page, problems }) => {
    const site = await serveWith(
      "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
      { tenantId: 'acme' },
    )
    await page.goto(site.url)
    const profiling = page.evaluate(`client.initAdvancedProfiling('http://localhost:1')`)
    await expect(profiling).rejects.toThrow('TrustedScriptURL')
    problems.list.length = 0
  })

  test('without connect-src a call is a network_error, without frame-src a launch is launch_failed', async ({
    page,
    authsignal,
    problems,
    track,
  }) => {
    const site = await serveWith("default-src 'none'; script-src 'self'", {
      ...authsignal.pageSettings,
      timeout: 3000,
    })
    await page.goto(site.url)
    const { token, url } = await track()
    await page.evaluate(`client.setToken(${JSON.stringify(token)})`)
    expect(await page.evaluate('client.sms.challenge()')).toMatchObject({ errorCode: 'network_error' })
    expect(await page.evaluate(`client.launch(${JSON.stringify(url)})`)).toMatchObject({
      errorCode: 'launch_failed',
    })
    expect(await page.evaluate('window.violations')).toEqual(['connect-src', 'frame-src'])
    problems.list.length = 0
  })
})
