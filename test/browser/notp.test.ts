/**
 * nOTP in Chromium, from a page on another origin than the service: by our channel, and by Descope's own
 * browser SDK as it is on npm. The server SDK accepts the session of every sign-in.
 */
import createDescope from '@descope/node-sdk'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { type Service, startService } from '../support/service.js'
import { built, html, type Site, serve } from '../support/site.js'

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

let inBody: Service
let inCookies: Service
let app: Site

beforeAll(async () => {
  inBody = await startService()
  inCookies = await startService({ notpTokenDelivery: 'cookies' })
  const settings = ({ tenantId, baseUrl, url, emulator }: Service) => ({
    tenantId,
    baseUrl,
    notp: { projectId: emulator.config.projectId, baseUrl: url },
  })
  const page = (sdk: string, client: string) =>
    html(`<title>Shop</title><script src="${sdk}"></script><script>window.client = ${client}</script>`)
  const ours = (service: Service) =>
    page('/ours.js', `new authsignal.Authsignal(${JSON.stringify(settings(service))})`)
  app = await serve({
    '/': ours(inBody),
    '/cookies': ours(inCookies),
    '/original': page(
      '/original.js',
      `Descope(${JSON.stringify({ ...settings(inBody).notp, persistTokens: true })})`,
    ),
    '/ours.js': built('authsignal.umd.min.js'),
    '/original.js': ORIGINAL,
  })
})

afterAll(() => Promise.all([inBody.close(), inCookies.close(), app.close()]))

const call = (page: Page, method: string, ...args: readonly unknown[]) =>
  page.evaluate<Result>(`client.${method}(${args.map(arg => JSON.stringify(arg)).join()})`)

/** The data of a call that has to succeed. */
async function succeed(page: Page, method: string, ...args: readonly unknown[]): Promise<Data> {
  const result = await call(page, method, ...args)
  expect(result.data, JSON.stringify(result)).toBeDefined()
  return result.data!
}

/** A user sends the message of the link. */
async function send(redirectUrl: string | undefined, phone: string, { url }: Service = inBody) {
  const code = new URL(redirectUrl!).searchParams.get('text')
  const body = JSON.stringify({ code, phone })
  const response = await fetch(`${url}/emulator/notp/approve`, { method: 'POST', body })
  expect(response.status, await response.clone().text()).toBe(200)
}

/** The message is sent while the page waits for it. */
async function finish(
  page: Page,
  { pendingRef, redirectUrl }: Data,
  phone: string,
  service: Service = inBody,
): Promise<Data> {
  const polled = page.waitForResponse(response => response.url().endsWith('/pending-session'))
  const session = succeed(page, 'notp.waitForSession', pendingRef)
  expect((await polled).status()).toBe(401)
  await send(redirectUrl, phone, service)
  return session
}

/** What the backend reads from the token, once it has found it to be good. */
async function claimsOf(sessionJwt: string | undefined, { url, emulator }: Service = inBody) {
  const { projectId } = emulator.config
  const { token } = await createDescope({ projectId, baseUrl: url }).validateSession(sessionJwt!)
  return token
}

let numbers = 0

/** A number that no user has yet. */
const newNumber = () => `+6421200${String(++numbers).padStart(4, '0')}`

const polls = (page: Page) => {
  const statuses: number[] = []
  page.on('response', response => {
    if (response.url().endsWith('/pending-session')) statuses.push(response.status())
  })
  return statuses
}

describe('our channel', () => {
  test('signs a user up, whose session the backend accepts', async ({ page }) => {
    const phone = newNumber()
    await page.goto(app.url)
    const login = await succeed(page, 'notp.signUp', phone, { name: 'Jo' })
    const size = await page.evaluate<number>(
      `new Promise((resolve, reject) => {
        const picture = new Image()
        picture.onload = () => resolve(picture.naturalWidth)
        picture.onerror = reject
        picture.src = '${login.image}'
      })`,
    )
    expect(size).toBeGreaterThan(100)

    const { user, firstSeen, sessionJwt } = await finish(page, login, phone)
    expect(firstSeen).toBe(true)
    expect(user).toMatchObject({ name: 'Jo', phone, verifiedPhone: true, loginIds: [phone] })
    expect(await claimsOf(sessionJwt)).toMatchObject({ sub: user!.userId, amr: ['whatsapp'] })
  })

  test('signs in, steps up and changes the number', async ({ page }) => {
    const [phone, newPhone] = [newNumber(), newNumber()]
    await page.goto(app.url)
    await finish(page, await succeed(page, 'notp.signUp', ''), phone)

    const signedIn = await finish(page, await succeed(page, 'notp.signIn', phone), phone)
    expect(signedIn.firstSeen).toBe(false)
    expect(await claimsOf(signedIn.sessionJwt)).not.toHaveProperty('su')

    const { refreshJwt } = signedIn
    const stepUp = await succeed(page, 'notp.signIn', phone, { stepup: true }, refreshJwt)
    const steppedUp = await finish(page, stepUp, phone)
    expect(await claimsOf(steppedUp.sessionJwt)).toMatchObject({ su: true })

    const change = { loginId: phone, phone: newPhone, addToLoginIDs: true }
    const updated = await finish(page, await succeed(page, 'notp.updateUser', change, refreshJwt), newPhone)
    expect(updated.user).toMatchObject({ phone: newPhone, loginIds: [phone, newPhone] })
    expect(await claimsOf(updated.sessionJwt)).toMatchObject({ sub: signedIn.user!.userId })
  })

  test('signs up a new user, and signs in a known one', async ({ page }) => {
    const phone = newNumber()
    await page.goto(app.url)
    for (const firstSeen of [true, false]) {
      const session = await finish(page, await succeed(page, 'notp.signUpOrIn', ''), phone)
      expect(session).toMatchObject({ firstSeen, user: { loginIds: [phone] } })
    }
  })

  test('stops waiting at the timeout', async ({ page }) => {
    await page.goto(app.url)
    const { pendingRef } = await succeed(page, 'notp.signUp', newNumber())
    const result = await call(page, 'notp.waitForSession', pendingRef, { timeoutMs: 300 })
    expect(result).toMatchObject({ errorCode: 'timeout' })
  })

  test('stops waiting when the caller aborts', async ({ page }) => {
    await page.goto(app.url)
    const { pendingRef } = await succeed(page, 'notp.signUp', newNumber())
    const polled = page.waitForResponse(response => response.url().endsWith('/pending-session'))
    await page.evaluate(`
      leaving = new AbortController()
      outcome = client.notp.waitForSession('${pendingRef}', { signal: leaving.signal })
      undefined`)
    await polled
    const result = await page.evaluate<Result>('leaving.abort(), outcome')
    expect(result).toMatchObject({ errorCode: 'aborted' })
  })

  test('stops waiting when the login has expired', async ({ page }) => {
    await page.goto(app.url)
    const { pendingRef } = await succeed(page, 'notp.signUp', newNumber())
    const statuses = polls(page)
    await inBody.emulator.clock.advance(600)
    expect(await call(page, 'notp.waitForSession', pendingRef)).toMatchObject({ errorCode: 'E011004' })
    expect(statuses).toEqual([400])
  })

  test('resolves at once when the user is not the expected one', async ({ page }) => {
    const phone = newNumber()
    await page.goto(app.url)
    expect(await call(page, 'notp.signIn', phone)).toMatchObject({ errorCode: 'E062108' })
    await finish(page, await succeed(page, 'notp.signUp', phone), phone)
    expect(await call(page, 'notp.signUp', phone)).toMatchObject({ errorCode: 'E062107' })

    const statuses = polls(page)
    const refusals = [
      { method: 'notp.signUp', sender: phone, errorCode: 'E062107' },
      { method: 'notp.signIn', sender: newNumber(), errorCode: 'E062108' },
    ]
    for (const { method, sender, errorCode } of refusals) {
      const { pendingRef, redirectUrl } = await succeed(page, method, '')
      await send(redirectUrl, sender)
      expect(await call(page, 'notp.waitForSession', pendingRef)).toMatchObject({ errorCode })
    }
    expect(statuses).toEqual([400, 400])
  })

  test('leaves the session to cookies where the project does', async ({ page, context }) => {
    const phone = newNumber()
    await page.goto(`${app.url}/cookies`)
    const login = await succeed(page, 'notp.signUp', phone)
    const session = await finish(page, login, phone, inCookies)
    expect(session).toMatchObject({ firstSeen: true, user: { phone } })
    expect(session).not.toHaveProperty('sessionJwt')
    expect(session).not.toHaveProperty('refreshJwt')

    const cookies = await context.cookies(inCookies.url)
    const cookie = (called: string) => cookies.find(({ name }) => name === called)
    expect(cookie('DSR')).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    const claims = await claimsOf(cookie('DS')?.value, inCookies)
    expect(claims).toMatchObject({ sub: session.user!.userId })
  })
})

describe('the unmodified SDK of Descope', () => {
  test('signs a user up and in, steps up, refreshes, and signs out', async ({ page }) => {
    const phone = newNumber()
    await page.goto(`${app.url}/original`)
    const signedUp = await finish(page, await succeed(page, 'notp.signUp', phone, { name: 'Jo' }), phone)
    expect(signedUp).toMatchObject({ firstSeen: true, user: { name: 'Jo', loginIds: [phone] } })
    expect(await succeed(page, 'me')).toMatchObject({ userId: signedUp.user!.userId, phone })

    const signedIn = await finish(page, await succeed(page, 'notp.signIn', phone), phone)
    expect(await claimsOf(signedIn.sessionJwt)).toMatchObject({ amr: ['whatsapp'] })

    // It has the refresh token of the session in its storage.
    const steppedUp = await finish(page, await succeed(page, 'notp.signIn', phone, { stepup: true }), phone)
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

  test('signs up a new user, and signs in a known one', async ({ page }) => {
    const phone = newNumber()
    await page.goto(`${app.url}/original`)
    for (const firstSeen of [true, false]) {
      const session = await finish(page, await succeed(page, 'notp.signUpOrIn', ''), phone)
      expect(session).toMatchObject({ firstSeen, user: { loginIds: [phone] } })
    }
  })

  test('is refused as its types say', async ({ page }) => {
    const phone = newNumber()
    await page.goto(`${app.url}/original`)
    expect(await call(page, 'notp.signIn', phone)).toMatchObject({
      ok: false,
      error: { errorCode: 'E062108' },
    })
    await finish(page, await succeed(page, 'notp.signUp', phone), phone)
    expect(await call(page, 'notp.signUp', phone)).toMatchObject({
      ok: false,
      error: { errorCode: 'E062107' },
    })
  })

  test('polls until the requested timeout', { timeout: 2 * PATIENCE }, async ({ page }) => {
    await page.goto(`${app.url}/original`)
    const { pendingRef } = await succeed(page, 'notp.signUp', newNumber())
    const statuses = polls(page)
    const result = await call(page, 'notp.waitForSession', pendingRef, { timeoutMs: 2500 })
    expect(result).toMatchObject({ ok: false, error: { errorCode: '0' } })
    expect(new Set(statuses)).toEqual(new Set([401]))
  })
})
