/**
 * nOTP in Chromium, from a page on another origin than the service: by our channel, and by Descope's own
 * browser SDK as it is on npm. The server SDK accepts the session of every sign-in.
 */
import createDescope from '@descope/node-sdk'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test as base } from '../support/actions.js'
import { control } from '../support/control.js'
import { PHONE } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { built, html, serve } from '../support/site.js'

const OTHER_PHONE = '+64211000002'

/** The fields of both SDKs' responses that these tests read. */
interface Result {
  readonly ok?: boolean
  readonly code?: number
  readonly error?: { readonly errorCode?: string }
  readonly errorCode?: string
  readonly data?: Data
}

interface Data {
  readonly pendingRef?: string
  readonly redirectUrl?: string
  readonly image?: string
  readonly sessionJwt?: string
  readonly refreshJwt?: string
  readonly firstSeen?: boolean
  readonly user?: {
    readonly userId: string
    readonly loginIds: readonly string[]
    readonly phone: string
    readonly verifiedPhone: boolean
  }
}

const ORIGINAL = new URL('../../node_modules/@descope/web-js-sdk/dist/index.umd.js', import.meta.url)

const clientPage = (sdk: string, client: string) =>
  html(`<title>Shop</title><script src="${sdk}"></script><script>window.client = ${client}</script>`)

const call = (page: Page, method: string, ...args: readonly unknown[]) =>
  page.evaluate<Result>(`client.${method}(${args.map(arg => JSON.stringify(arg)).join()})`)

/** The data of a call that has to succeed. */
async function succeed(page: Page, method: string, ...args: readonly unknown[]): Promise<Data> {
  const result = await call(page, method, ...args)
  expect(result.data, JSON.stringify(result)).toBeDefined()
  return result.data!
}

const isPoll = (url: string) => url.endsWith('/pending-session')

const test = base
  // The settings of the SDKs for nOTP.
  .extend('project', async ({ authsignal }) => {
    const { projectId } = await control(authsignal, 'health')
    return { projectId: projectId as string, baseUrl: authsignal.url }
  })
  .extend('app', async ({ project, settings }, { onCleanup }) => {
    const app = await serve({
      '/': clientPage(
        '/ours.js',
        `new authsignal.Authsignal(${JSON.stringify({ ...settings, notp: project })})`,
      ),
      '/original': clientPage(
        '/original.js',
        `Descope(${JSON.stringify({ ...project, persistTokens: true })})`,
      ),
      '/ours.js': built('authsignal.umd.min.js'),
      '/original.js': ORIGINAL,
    })
    onCleanup(app.close)
    return app
  })
  // A user sends the message of the link.
  .extend('send', ({ authsignal }) => async (redirectUrl: string | undefined, phone: string) => {
    const code = new URL(redirectUrl!).searchParams.get('text')
    await control(authsignal, 'notp/approve', { code, phone })
  })
  // The message is sent while the page waits for it.
  .extend('finish', ({ page, send }) => async ({ pendingRef, redirectUrl }: Data, phone: string) => {
    const polled = page.waitForResponse(response => isPoll(response.url()))
    const session = succeed(page, 'notp.waitForSession', pendingRef)
    expect((await polled).status()).toBe(401)
    await send(redirectUrl, phone)
    // Our SDK polls at once when its page becomes visible.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    return session
  })
  // What the backend reads from the token, once it has found it to be valid.
  .extend('claimsOf', ({ project }) => async (sessionJwt: string | undefined) => {
    const { token } = await createDescope(project).validateSession(sessionJwt!)
    return token
  })

const polls = (page: Page) => {
  const statuses: number[] = []
  page.on('response', response => {
    if (isPoll(response.url())) statuses.push(response.status())
  })
  return statuses
}

describe('our channel', () => {
  test('signs a user up, whose session the backend accepts', async ({ page, app, finish, claimsOf }) => {
    await page.goto(app.url)
    const login = await succeed(page, 'notp.signUp', PHONE, { name: 'Jo' })
    const size = await page.evaluate<number>(
      `new Promise((resolve, reject) => {
        const picture = new Image()
        picture.onload = () => resolve(picture.naturalWidth)
        picture.onerror = reject
        picture.src = '${login.image}'
      })`,
    )
    expect(size).toBeGreaterThan(100)

    const { user, firstSeen, sessionJwt } = await finish(login, PHONE)
    expect(firstSeen).toBe(true)
    expect(user).toMatchObject({ name: 'Jo', phone: PHONE, verifiedPhone: true, loginIds: [PHONE] })
    expect(await claimsOf(sessionJwt)).toMatchObject({ sub: user!.userId, amr: ['whatsapp'] })
  })

  test('signs in, steps up and changes the number', async ({ page, app, finish, claimsOf }) => {
    await page.goto(app.url)
    await finish(await succeed(page, 'notp.signUp', ''), PHONE)

    const signedIn = await finish(await succeed(page, 'notp.signIn', PHONE), PHONE)
    expect(signedIn.firstSeen).toBe(false)
    expect(await claimsOf(signedIn.sessionJwt)).not.toHaveProperty('su')

    const { refreshJwt } = signedIn
    const stepUp = await succeed(page, 'notp.signIn', PHONE, { stepup: true }, refreshJwt)
    const steppedUp = await finish(stepUp, PHONE)
    expect(await claimsOf(steppedUp.sessionJwt)).toMatchObject({ su: true })

    const change = { loginId: PHONE, phone: OTHER_PHONE, addToLoginIDs: true }
    const updated = await finish(await succeed(page, 'notp.updateUser', change, refreshJwt), OTHER_PHONE)
    expect(updated.user).toMatchObject({ phone: OTHER_PHONE, loginIds: [PHONE, OTHER_PHONE] })
    expect(await claimsOf(updated.sessionJwt)).toMatchObject({ sub: signedIn.user!.userId })
  })

  test('signs up a new user, and signs in a known one', async ({ page, app, finish }) => {
    await page.goto(app.url)
    for (const firstSeen of [true, false]) {
      const session = await finish(await succeed(page, 'notp.signUpOrIn', ''), PHONE)
      expect(session).toMatchObject({ firstSeen, user: { loginIds: [PHONE] } })
    }
  })

  test('stops waiting at the timeout', async ({ page, app }) => {
    await page.goto(app.url)
    const { pendingRef } = await succeed(page, 'notp.signUp', PHONE)
    const result = await call(page, 'notp.waitForSession', pendingRef, { timeoutMs: 300 })
    expect(result).toMatchObject({ errorCode: 'timeout' })
  })

  test('stops waiting when the caller aborts', async ({ page, app }) => {
    await page.goto(app.url)
    const { pendingRef } = await succeed(page, 'notp.signUp', PHONE)
    const polled = page.waitForResponse(response => isPoll(response.url()))
    await page.evaluate(`
      leaving = new AbortController()
      outcome = client.notp.waitForSession('${pendingRef}', { signal: leaving.signal })
      undefined`)
    await polled
    const result = await page.evaluate<Result>('leaving.abort(), outcome')
    expect(result).toMatchObject({ errorCode: 'aborted' })
  })

  test('stops waiting when the login has expired', async ({ page, app, authsignal }) => {
    await page.goto(app.url)
    const { pendingRef } = await succeed(page, 'notp.signUp', PHONE)
    const statuses = polls(page)
    await authsignal.advance('10 minutes')
    expect(await call(page, 'notp.waitForSession', pendingRef)).toMatchObject({ errorCode: 'E011004' })
    expect(statuses).toEqual([400])
  })

  test('resolves at once when the user is not the expected one', async ({ page, app, send, finish }) => {
    await page.goto(app.url)
    expect(await call(page, 'notp.signIn', PHONE)).toMatchObject({ errorCode: 'E062108' })
    await finish(await succeed(page, 'notp.signUp', PHONE), PHONE)
    expect(await call(page, 'notp.signUp', PHONE)).toMatchObject({ errorCode: 'E062107' })

    const statuses = polls(page)
    const refusals = [
      { method: 'notp.signUp', sender: PHONE, errorCode: 'E062107' },
      { method: 'notp.signIn', sender: OTHER_PHONE, errorCode: 'E062108' },
    ]
    for (const { method, sender, errorCode } of refusals) {
      const { pendingRef, redirectUrl } = await succeed(page, method, '')
      await send(redirectUrl, sender)
      expect(await call(page, 'notp.waitForSession', pendingRef)).toMatchObject({ errorCode })
    }
    expect(statuses).toEqual([400, 400])
  })

  const testWithCookies = test.extend({ authsignalTenant: { notpTokenDelivery: 'cookies' } })

  testWithCookies(
    'leaves the session to cookies where the project does',
    async ({ page, context, app, authsignal, finish, claimsOf }) => {
      await page.goto(app.url)
      const login = await succeed(page, 'notp.signUp', PHONE)
      const session = await finish(login, PHONE)
      expect(session).toMatchObject({ firstSeen: true, user: { phone: PHONE } })
      expect(session).not.toHaveProperty('sessionJwt')
      expect(session).not.toHaveProperty('refreshJwt')

      const cookies = await context.cookies(authsignal.url)
      const cookie = (called: string) => cookies.find(({ name }) => name === called)
      expect(cookie('DSR')).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
      const claims = await claimsOf(cookie('DS')?.value)
      expect(claims).toMatchObject({ sub: session.user!.userId })
    },
  )
})

describe('the unmodified SDK of Descope', () => {
  test('signs a user up and in, steps up, refreshes, and signs out', async ({
    page,
    app,
    finish,
    claimsOf,
  }) => {
    await page.goto(`${app.url}/original`)
    const signedUp = await finish(await succeed(page, 'notp.signUp', PHONE, { name: 'Jo' }), PHONE)
    expect(signedUp).toMatchObject({ firstSeen: true, user: { name: 'Jo', loginIds: [PHONE] } })
    expect(await succeed(page, 'me')).toMatchObject({ userId: signedUp.user!.userId, phone: PHONE })

    const signedIn = await finish(await succeed(page, 'notp.signIn', PHONE), PHONE)
    expect(await claimsOf(signedIn.sessionJwt)).toMatchObject({ amr: ['whatsapp'] })

    // It has the refresh token of the session in its storage.
    const steppedUp = await finish(await succeed(page, 'notp.signIn', PHONE, { stepup: true }), PHONE)
    expect(await claimsOf(steppedUp.sessionJwt)).toMatchObject({ sub: signedUp.user!.userId, su: true })

    const { sessionJwt } = await succeed(page, 'refresh')
    expect(await claimsOf(sessionJwt)).toMatchObject({ sub: signedUp.user!.userId })

    const refreshToken = await page.evaluate<string>('client.getRefreshToken()')
    expect(await call(page, 'logout')).toMatchObject({ ok: true })
    expect(await page.evaluate('client.getRefreshToken()')).toBeFalsy()
    expect(await call(page, 'me', refreshToken)).toMatchObject({
      ok: false,
      error: { errorCode: 'E064001' },
    })
  })

  test('signs up a new user, and signs in a known one', async ({ page, app, finish }) => {
    await page.goto(`${app.url}/original`)
    for (const firstSeen of [true, false]) {
      const session = await finish(await succeed(page, 'notp.signUpOrIn', ''), PHONE)
      expect(session).toMatchObject({ firstSeen, user: { loginIds: [PHONE] } })
    }
  })

  test('is refused as its types say', async ({ page, app, finish }) => {
    await page.goto(`${app.url}/original`)
    expect(await call(page, 'notp.signIn', PHONE)).toMatchObject({
      ok: false,
      error: { errorCode: 'E062108' },
    })
    await finish(await succeed(page, 'notp.signUp', PHONE), PHONE)
    expect(await call(page, 'notp.signUp', PHONE)).toMatchObject({
      ok: false,
      error: { errorCode: 'E062107' },
    })
  })

  test('polls until the requested timeout', { timeout: 2 * PATIENCE }, async ({ page, app }) => {
    await page.goto(`${app.url}/original`)
    const { pendingRef } = await succeed(page, 'notp.signUp', PHONE)
    const statuses = polls(page)
    const result = await call(page, 'notp.waitForSession', pendingRef, { timeoutMs: 2500 })
    expect(result).toMatchObject({ ok: false, error: { errorCode: '0' } })
    expect(new Set(statuses)).toEqual(new Set([401]))
  })
})
