/**
 * Authenticator app, magic link, push and QR code in Chromium, by script tag and across origins: from the
 * call in the page, over what the user does elsewhere, to the token that a backend validates.
 */
import type { TestAuthsignal } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test as base } from '../support/actions.js'
import { control } from '../support/control.js'
import { EMAIL, PHONE, wrongCode } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { base32, totpCode } from '../support/rfc-6238.js'
import { built, html, serve } from '../support/site.js'

/** The fields of a response that these tests read. */
interface Result {
  readonly errorCode?: string
  readonly challengeId?: string
  readonly isVerified?: boolean
  readonly isConsumed?: boolean
  readonly token?: string
  readonly uri?: string
  readonly secret?: string
  readonly userAuthenticatorId?: string
}

const test = base
  .extend('app', async ({ authsignal, settings }, { onCleanup }) => {
    const page = (headers?: Record<string, string>) =>
      html(
        `<title>Shop</title>
        <script src="/sdk.js"></script>
        <script src="/client.js"></script>`,
        headers,
      )
    const app = await serve({
      '/': page(),
      // The API, but no WebSockets.
      '/strict': page({
        'content-security-policy': `default-src 'self' 'unsafe-eval'; connect-src ${authsignal.url}`,
      }),
      '/sdk.js': built('authsignal.umd.min.js'),
      '/client.js': {
        type: 'text/javascript',
        body: `
          // Longer than any test: what needs time to run out fails.
          const settings = ${JSON.stringify({ ...settings, timeout: 120_000 })}
          const newClient = () => new authsignal.Authsignal(settings)
          const client = newClient()
          const states = [], tokens = [], codes = [], failures = []
          const callbacks = {
            onStateChange(state, token) { states.push(state); tokens.push(token) },
            onRefresh(challengeId) { codes.push(challengeId) },
            onError({ errorCode }) { failures.push(errorCode) },
          }`,
      },
    })
    onCleanup(app.close)
    return app
  })
  // Opens the page; its client has the token of an action of jane.
  .extend('open', ({ actions, app, page }) => async (action = 'pay') => {
    const { token } = await actions.track(action)
    await page.goto(app.url)
    await page.evaluate(`client.setToken('${token}')`)
  })

const call = (page: Page, expression: string) => page.evaluate<Result>(expression)

/** Starts a call without waiting for it; `outcome` in the page is the promise of its response. */
const begin = (page: Page, expression: string) =>
  page.evaluate(`
    isOver = false
    outcome = ${expression}
    outcome.then(() => { isOver = true })
    undefined`)

/** The client has jane's new token, which alone allows another authenticator. */
const expectNewToken = async (page: Page) =>
  expect(await call(page, 'client.totp.enroll()')).toMatchObject({
    userId: 'jane',
    secret: expect.any(String),
  })

const responseTo = (page: Page, path: string) =>
  page.waitForResponse(response => response.url().endsWith(path) && response.request().method() === 'POST')

test('totp enrols an app, whose next code steps the user up', async ({
  page,
  authsignal,
  actions,
  backend,
  open,
}) => {
  const jane = await authsignal.user('jane')
  await open()

  const { uri, secret } = await call(page, 'client.totp.enroll()')
  expect(new URL(uri!).searchParams.get('secret')).toBe(secret)
  const code = await totpCode(base32(secret!), Date.now())
  expect(await call(page, `client.totp.verify({ code: '${wrongCode(code)}' })`)).toMatchObject({
    isVerified: false,
    failureReason: 'CODE_INVALID_OR_EXPIRED',
  })
  const [pending] = await backend.getAuthenticators({ userId: 'jane' })
  expect(pending).not.toHaveProperty('verifiedAt')

  const enrolled = await call(page, `client.totp.verify({ code: '${code}' })`)
  expect(enrolled).toMatchObject({
    isVerified: true,
    userAuthenticator: { verificationMethod: 'AUTHENTICATOR_APP' },
  })
  await actions.expectValid(enrolled.token)
  expect(await backend.getAuthenticators({ userId: 'jane' })).toMatchObject([
    { verificationMethod: 'AUTHENTICATOR_APP', verifiedAt: expect.any(String) },
  ])

  await open('withdraw')
  expect(await call(page, `client.totp.verify({ code: '${code}' })`)).toMatchObject({ isVerified: false })
  await authsignal.advance('30 seconds')
  const next = await jane.totp.code()
  const stepped = await call(page, `client.totp.verify({ code: '${next.slice(0, 3)} ${next.slice(3)}' })`)
  await actions.expectValid(stepped.token, 'withdraw')
  await expectNewToken(page)
})

describe('emailML', () => {
  test('enrols an address when the button behind its link is pressed, in whatever browser', async ({
    page,
    browser,
    authsignal,
    actions,
    backend,
    open,
  }) => {
    const jane = await authsignal.user('jane')
    await open()
    expect(await call(page, `client.emailML.enroll({ email: '${EMAIL}' })`)).toMatchObject({ userId: 'jane' })
    const link = await jane.email.link()
    await begin(page, 'client.emailML.checkVerificationStatus({ pollInterval: 200 })')

    const mail = await browser.newContext()
    try {
      const landing = await mail.newPage()
      // Opening the page, as mail scanners do too, is not enough.
      await landing.goto(link)
      // The browser may have dropped the body of a response by now; the next request shows what was in it.
      await responseTo(page, '/finalize')
      await responseTo(page, '/finalize')
      expect(await page.evaluate('isOver')).toBe(false)

      await landing.getByRole('button').click()
      await landing.getByRole('heading', { name: 'You are verified' }).waitFor()
    } finally {
      await mail.close()
    }

    const result = await call(page, 'outcome')
    expect(result).toMatchObject({
      isVerified: true,
      userAuthenticator: { verificationMethod: 'EMAIL_MAGIC_LINK' },
    })
    await actions.expectValid(result.token)
    expect(await backend.getAuthenticators({ userId: 'jane' })).toMatchObject([
      { verificationMethod: 'EMAIL_MAGIC_LINK', email: EMAIL, verifiedAt: expect.any(String) },
    ])
    await expectNewToken(page)
  })

  test('steps up a user who has enrolled, by the link that was sent last', async ({
    page,
    context,
    authsignal,
    actions,
    open,
  }) => {
    const jane = await authsignal.user('jane')
    await open()
    await call(page, `client.emailML.enroll({ email: '${EMAIL}' })`)
    await fetch(await jane.email.link(), { method: 'POST' })
    expect(await call(page, 'client.emailML.checkVerificationStatus()')).toMatchObject({ isVerified: true })

    await open('withdraw')
    expect(await call(page, 'client.emailML.challenge()')).toHaveProperty('challengeId')
    const first = await jane.email.link()
    await call(page, 'client.emailML.challenge()')
    const second = await jane.email.link()
    await begin(page, 'client.emailML.checkVerificationStatus({ pollInterval: 200 })')
    const landing = await context.newPage()
    expect((await landing.goto(first))?.status()).toBe(410)
    await landing.goto(second)
    await landing.getByRole('button').click()

    const { token } = await call(page, 'outcome')
    await actions.expectValid(token, 'withdraw')
  })

  test('stops waiting when its signal aborts', async ({ page, authsignal, open }) => {
    await authsignal.user('jane')
    await open()
    await call(page, `client.emailML.enroll({ email: '${EMAIL}' })`)
    await Promise.all([
      responseTo(page, '/finalize'),
      page.evaluate('controller = new AbortController(); undefined'),
      begin(page, 'client.emailML.checkVerificationStatus({ signal: controller.signal })'),
    ])
    await page.evaluate('controller.abort()')
    expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'aborted' })
  })
})

describe('push', () => {
  test('steps the user up who approves on the phone', async ({
    page,
    authsignal,
    actions,
    backend,
    open,
  }) => {
    const jane = await authsignal.user('jane', { push: true })
    const [phone] = await backend.getAuthenticators({ userId: 'jane' })
    await open()

    const { challengeId, ...rest } = await call(page, `client.push.challenge({ action: 'pay' })`)
    expect(rest).toMatchObject({ deliveryResults: [{ userAuthenticatorId: phone!.userAuthenticatorId }] })
    const once = await call(page, `client.push.verify({ challengeId: '${challengeId}' })`)
    expect(once).toMatchObject({ isVerified: false, isConsumed: false })
    const polled = responseTo(page, '/verify/push')
    await begin(page, `client.push.waitForResult({ challengeId: '${challengeId}', pollInterval: 200 })`)
    await polled
    await jane.push.approve()

    const result = await call(page, 'outcome')
    expect(result).toMatchObject({ isVerified: true, isConsumed: true })
    await actions.expectValid(result.token)
    await expectNewToken(page)
  })

  test('reports that the user has rejected', async ({ page, authsignal, backend, open }) => {
    const jane = await authsignal.user('jane', { push: true })
    await open()
    const { challengeId } = await call(page, `client.push.challenge({ action: 'pay' })`)
    await jane.push.reject()

    const result = await call(page, `client.push.waitForResult({ challengeId: '${challengeId}' })`)

    expect(result).toMatchObject({ isVerified: false, isConsumed: true })
    expect(result.token).toBeUndefined()
    const actions = await backend.queryUserActions({ userId: 'jane' })
    expect(actions).toMatchObject([{ actionCode: 'pay', state: 'CHALLENGE_FAILED' }])
  })

  test('sends the request to the named device only', async ({ page, authsignal, open }) => {
    await authsignal.user('jane', { push: true })
    const { userAuthenticatorId } = await control(authsignal, 'push/enroll', { userId: 'jane' })
    await open()
    expect(
      await call(
        page,
        `client.push.challenge({ action: 'pay', userAuthenticatorId: '${userAuthenticatorId}' })`,
      ),
    ).toMatchObject({ deliveryResults: [{ userAuthenticatorId }] })
  })

  test('stops waiting when its signal aborts', async ({ page, authsignal, open }) => {
    await authsignal.user('jane', { push: true })
    await open()
    const { challengeId } = await call(page, `client.push.challenge({ action: 'pay' })`)
    const polled = responseTo(page, '/verify/push')
    await page.evaluate('controller = new AbortController(); undefined')
    await begin(
      page,
      `client.push.waitForResult({ challengeId: '${challengeId}', signal: controller.signal, pollInterval: 60_000 })`,
    )
    await polled
    await page.evaluate('controller.abort()')
    expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'aborted' })
  })

  test('resolves invalid_request for a user without a phone', async ({ page, authsignal, open }) => {
    await authsignal.user('jane', { sms: PHONE })
    await open()
    expect(await call(page, `client.push.challenge({ action: 'pay' })`)).toMatchObject({
      errorCode: 'invalid_request',
    })
  })
})

/** What the user does who scans a QR code of which only the ID is known. */
const claim = (authsignal: TestAuthsignal, challengeId: string | undefined) =>
  control(authsignal, 'qr/claim', { challengeId, userId: 'jane' })

/** The response on the phone, after the scan. */
const respond = (authsignal: TestAuthsignal, challengeId: string | undefined, approved: boolean) =>
  control(authsignal, 'qr/respond', { challengeId, approved })

const states = (page: Page) => page.evaluate<string[]>('states')

const expectStates = (page: Page, ...expected: string[]) =>
  expect.poll(() => states(page), { timeout: PATIENCE }).toEqual(expected)

const lastToken = (page: Page) => page.evaluate<string | undefined>('tokens.at(-1)')

/** The code that the page got by `onRefresh`. */
async function replacement(page: Page, number = 1): Promise<string> {
  await page.waitForFunction(`codes.length >= ${number}`)
  return page.evaluate<string>(`codes[${number - 1}]`)
}

for (const way of ['WebSocket', 'polling'] as const) {
  const options = `action: 'pay', ...callbacks, polling: ${way === 'polling'}, pollInterval: 200`
  const show = async (page: Page, more = '') => {
    const { challengeId } = await call(page, `client.qrCode.challenge({ ${options}${more} })`)
    expect(challengeId).toEqual(expect.any(String))
    return challengeId!
  }

  /** Counts the connections and polls. */
  function watch(page: Page) {
    const seen = { sockets: 0, open: 0, polls: 0 }
    page.on('websocket', socket => {
      seen.sockets++
      seen.open++
      socket.on('close', () => seen.open--)
    })
    page.on('request', request => {
      if (request.url().endsWith('/verify/qr-code') && request.method() === 'POST') seen.polls++
    })
    return seen
  }

  describe(`qrCode by ${way}`, () => {
    test('steps the user up who scans and approves', async ({ page, authsignal, actions, open }) => {
      await authsignal.user('jane', { sms: PHONE })
      const seen = watch(page)
      await open()

      const challengeId = await show(page)
      await claim(authsignal, challengeId)
      await expectStates(page, 'claimed')
      await respond(authsignal, challengeId, true)
      await expectStates(page, 'claimed', 'approved')

      await actions.expectValid(await lastToken(page))
      await expectNewToken(page)
      expect(seen.sockets).toBe(way === 'WebSocket' ? 1 : 0)
      expect(seen.polls > 0).toBe(way === 'polling')
      expect(await page.evaluate('failures')).toEqual([])
    })

    test('signs in the user who scans, when the client has no token', async ({
      page,
      authsignal,
      actions,
      app,
    }) => {
      await authsignal.user('jane', { sms: PHONE })
      await page.goto(app.url)
      const challengeId = await show(page, `, custom: { till: 7 }`)

      const details = await claim(authsignal, challengeId)
      expect(details).toMatchObject({ actionCode: 'pay', custom: { till: 7 } })
      await respond(authsignal, challengeId, true)
      await expect.poll(() => lastToken(page), { timeout: PATIENCE }).toEqual(expect.any(String))

      await actions.expectValid(await lastToken(page))
      await expectNewToken(page)
      // No other client has it.
      expect(await call(page, 'newClient().totp.enroll()')).toMatchObject({ errorCode: 'token_not_set' })
    })

    test('reports that the user has rejected, and nothing after it', async ({ page, authsignal, open }) => {
      await authsignal.user('jane', { sms: PHONE })
      const seen = watch(page)
      await open()
      const challengeId = await show(page)
      await claim(authsignal, challengeId)
      await expectStates(page, 'claimed')
      await respond(authsignal, challengeId, false)

      await expectStates(page, 'claimed', 'rejected')
      expect(await lastToken(page)).toBeUndefined()
      await expect.poll(() => seen.open, { timeout: PATIENCE }).toBe(0)
      const { polls } = seen
      await call(page, 'client.sms.challenge()')
      expect(seen.polls).toBe(polls)
    })

    test('shows another code after refresh(), which counts', async ({ page, authsignal, actions, open }) => {
      await authsignal.user('jane', { sms: PHONE })
      await open()
      const first = await show(page)
      await page.evaluate('client.qrCode.refresh()')
      const second = await replacement(page)
      expect(second).not.toBe(first)
      await claim(authsignal, second)
      await respond(authsignal, second, true)
      await expect.poll(() => states(page), { timeout: PATIENCE }).toContain('approved')
      await actions.expectValid(await lastToken(page))
    })

    test('shows another code before the first one expires', async ({ page, authsignal, open }) => {
      await page.clock.install()
      await authsignal.user('jane', { sms: PHONE })
      await open()
      const first = await show(page)
      // The code lives for ten minutes.
      await page.clock.fastForward(541_000)
      expect(await replacement(page)).not.toBe(first)
      expect(await states(page)).toEqual([])
    })

    test('reports nothing after disconnect()', async ({ page, authsignal, open }) => {
      await authsignal.user('jane', { sms: PHONE })
      const seen = watch(page)
      await open()
      const challengeId = await show(page)
      await page.evaluate('client.qrCode.disconnect()')
      await expect.poll(() => seen.open, { timeout: PATIENCE }).toBe(0)

      await claim(authsignal, challengeId)
      await respond(authsignal, challengeId, true)
      // Another client follows another code, with less haste: by the time it has news, the first had them.
      const other = await call(
        page,
        `(() => {
          others = []
          const onStateChange = state => others.push(state)
          return newClient().qrCode.challenge({ ${options}, pollInterval: 500, onStateChange })
        })()`,
      )
      if (way === 'polling') await responseTo(page, '/verify/qr-code')
      await claim(authsignal, other.challengeId)
      await expect.poll(() => page.evaluate('others'), { timeout: PATIENCE }).toEqual(['claimed'])
      expect(await states(page)).toEqual([])
    })

    test('resolves aborted when its signal aborts before the code arrives', async ({
      page,
      authsignal,
      open,
    }) => {
      await authsignal.user('jane', { sms: PHONE })
      await open()
      const seen = watch(page)
      const result = await call(
        page,
        `(() => {
          const controller = new AbortController()
          const result = client.qrCode.challenge({ ${options}, signal: controller.signal })
          controller.abort()
          return result
        })()`,
      )
      expect(result).toMatchObject({ errorCode: 'aborted' })
      await expect.poll(() => seen.open, { timeout: PATIENCE }).toBe(0)
      expect(await states(page)).toEqual([])
    })
  })
}

describe('qrCode', () => {
  test('polls the API where the page’s policy blocks WebSockets', async ({
    page,
    problems,
    authsignal,
    actions,
    app,
  }) => {
    await authsignal.user('jane', { sms: PHONE })
    await page.goto(`${app.url}/strict`)
    const { challengeId } = await call(
      page,
      `client.qrCode.challenge({ action: 'pay', pollInterval: 200, ...callbacks })`,
    )
    await problems.expectOne(/Content Security Policy/)
    await claim(authsignal, challengeId)
    await respond(authsignal, challengeId, true)
    await expect.poll(() => states(page), { timeout: PATIENCE }).toContain('approved')
    await actions.expectValid(await lastToken(page))
  })

  test('has another code after the connection broke, and says so', async ({
    page,
    authsignal,
    actions,
    open,
  }) => {
    await authsignal.user('jane', { sms: PHONE })
    const cuts: (() => Promise<void>)[] = []
    await page.routeWebSocket(/ws-v1-challenge/, socket => {
      socket.connectToServer()
      cuts.push(() => socket.close({ code: 1001 }))
    })
    await open()
    const { challengeId } = await call(page, `client.qrCode.challenge({ action: 'pay', ...callbacks })`)

    await cuts[0]!()

    const next = await replacement(page)
    expect(next).not.toBe(challengeId)
    await claim(authsignal, next)
    await expectStates(page, 'claimed')
    await respond(authsignal, next, true)
    await expectStates(page, 'claimed', 'approved')
    await actions.expectValid(await lastToken(page))
  })

  test('refuses to refresh what was never begun', async ({ page, app }) => {
    await page.goto(app.url)
    const message = await page.evaluate('client.qrCode.refresh().catch(error => error.message)')
    expect(message).toBe('challenge() must be called before refresh()')
  })
})
