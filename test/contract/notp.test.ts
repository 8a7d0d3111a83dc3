/** nOTP by the unmodified SDKs of Descope, for backends and for browsers, against the emulator. */

import createNodeSdk from '@descope/node-sdk'
import createWebSdk from '@descope/web-js-sdk'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createEmulator, type EmulatorOptions, listen } from '../../src/emulator/index.js'

const PHONE = '+64211234567'
const OTHER_PHONE = '+64217654321'
const EMAIL = 'jane@example.com'

async function startNotp(options?: EmulatorOptions) {
  const emulator = createEmulator(options)
  /** The emulator's responses, as path and status. */
  const responses: string[] = []
  const handle = async (request: Request) => {
    const response = await emulator.fetch(request)
    responses.push(`${new URL(request.url).pathname} ${response.status}`)
    return response
  }
  const { url, close } = await listen({ fetch: handle }, { port: 0 })
  const sdkOptions = { projectId: emulator.config.projectId, baseUrl: url }

  /** The message arrives, with the text that the link wrote. */
  async function approve(redirectUrl: string, phone = PHONE) {
    const body = JSON.stringify({ code: new URL(redirectUrl).searchParams.get('text'), phone })
    return (await emulator.fetch('/emulator/notp/approve', { method: 'POST', body })).json()
  }

  /** Starts a login, approves it on the phone, and waits for it; the SDK polls first after a second. */
  async function finish(sdk: Waiting, started: Promise<Result<Started>>, phone?: string) {
    const { pendingRef, redirectUrl } = dataOf(await started)
    await approve(redirectUrl, phone)
    return dataOf(await sdk.notp.waitForSession(pendingRef))
  }

  return { emulator, url, close, responses, sdkOptions, approve, finish, descope: createNodeSdk(sdkOptions) }
}

interface Result<Data> {
  readonly ok: boolean
  readonly data?: Data
}
interface Started {
  readonly pendingRef: string
  readonly redirectUrl: string
}
type Session = NonNullable<
  Awaited<ReturnType<ReturnType<typeof createNodeSdk>['notp']['waitForSession']>>['data']
>
interface Waiting {
  readonly notp: { waitForSession(pendingRef: string): Promise<Result<Session>> }
}

function dataOf<Data>(result: Result<Data>): Data {
  if (result.data === undefined) throw new Error(`The call failed: ${JSON.stringify(result)}`)
  return result.data
}

let service: Awaited<ReturnType<typeof startNotp>>
beforeAll(async () => {
  service = await startNotp()
})
afterEach(() => service.emulator.reset())
afterAll(() => service.close())

const PENDING_POLL = '/v1/auth/notp/pending-session 401'

describe('the server SDK', () => {
  test('signs up, waits for the message, validates, refreshes, returns the user, and logs out', async () => {
    const { responses, approve, descope, emulator } = service
    const user = { name: 'Jane', email: EMAIL }
    const customClaims = { plan: 'gold' }
    const texts = { templateId: 'T1', templateOptions: { app: 'Acme' } }
    const { pendingRef, redirectUrl, image } = dataOf(
      await descope.notp.signUp(PHONE, user, {
        ...texts,
        customClaims,
        tenantId: 'ten1',
        providerId: 'prov1',
      }),
    )
    expect(image).toMatch(/^[A-Za-z0-9+/]+=*$/)

    const waiting = descope.notp.waitForSession(pendingRef)
    await expect.poll(() => responses, { timeout: 5000 }).toContain(PENDING_POLL)
    expect(await approve(redirectUrl)).toMatchObject({ approved: true, firstSeen: true })
    const session = dataOf(await waiting)
    expect(session).toMatchObject({ firstSeen: true, user: { loginIds: [PHONE], phone: PHONE, ...user } })
    const { sessionJwt, refreshJwt = '' } = session

    const valid = await descope.validateSession(sessionJwt)
    expect(valid.token).toMatchObject({
      iss: emulator.config.projectId,
      sub: session.user?.userId,
      drn: 'DS',
      amr: ['whatsapp'],
      nsec: customClaims,
      dct: 'ten1',
    })
    expect(descope.validateTenantRoles(valid, 'ten1', [])).toBe(true)
    expect(descope.validateTenantRoles(valid, 'ten2', [])).toBe(false)
    const refreshed = await descope.refreshSession(refreshJwt)
    expect(refreshed.token).toMatchObject({ sub: valid.token.sub, drn: 'DS', nsec: customClaims })
    expect(dataOf(await descope.me(refreshJwt))).toEqual(session.user)
    expect((await descope.logout(refreshJwt)).ok).toBe(true)
    expect(await descope.me(refreshJwt)).toMatchObject({ code: 401, error: { errorCode: 'E064001' } })
    await expect(descope.refreshSession(refreshJwt)).rejects.toThrow('was ended')
  })

  test('signs in for step-up, for a second factor, and to change the number', async () => {
    const { approve, descope, finish } = service
    const { refreshJwt = '', user } = await finish(descope, descope.notp.signUpOrIn(''))
    expect(user?.loginIds).toEqual([PHONE])

    const updated = descope.httpClient
      .post('/v1/auth/notp/whatsapp/update', { loginId: PHONE, phone: '' }, { token: refreshJwt })
      .then(async response => ({ ok: response.ok, data: (await response.json()) as Started }))
    const [stepup, mfa, update] = await Promise.all([
      finish(descope, descope.notp.signIn(PHONE, { stepup: true }, refreshJwt)),
      finish(descope, descope.notp.signIn(PHONE, { mfa: true, customClaims: { a: 1 } }, refreshJwt)),
      finish(descope, updated, OTHER_PHONE),
    ])
    expect((await descope.validateSession(stepup.sessionJwt)).token).toMatchObject({ su: true })
    const { token } = await descope.validateSession(mfa.sessionJwt)
    expect(token).toMatchObject({ amr: ['whatsapp', 'mfa'], nsec: { a: 1 } })
    expect(update.user).toMatchObject({ userId: user?.userId, phone: OTHER_PHONE })

    const unsigned = await descope.notp.signIn(PHONE, { stepup: true })
    expect(unsigned).toMatchObject({ ok: false, code: 401, error: { errorCode: 'E011002' } })
    const revoking = await finish(descope, descope.notp.signIn(PHONE, { revokeOtherSessions: true }))
    expect((await descope.me(revoking.refreshJwt)).ok).toBe(true)
    expect((await descope.me(stepup.refreshJwt)).code).toBe(401)
    expect(await approve('https://wa.me/1?text=x')).toMatchObject({ errorCode: 'not_found' })
  })

  test('fails at once with a conflict, or at its timeout when the message brought the conflict', async () => {
    const { approve, descope } = service
    expect(await descope.notp.signIn(PHONE)).toMatchObject({
      ok: false,
      code: 400,
      error: { errorCode: 'E062108', errorDescription: expect.any(String), errorMessage: expect.any(String) },
    })
    const [late, pending] = [
      dataOf(await descope.notp.signIn('')),
      dataOf(await descope.notp.signUp(OTHER_PHONE)),
    ]
    expect(await approve(late.redirectUrl)).toMatchObject({ approved: false, errorCode: 'E062108' })
    const limits = { timeoutMs: 1500, pollingIntervalMs: 1000 }
    for (const result of await Promise.all(
      [late, pending].map(({ pendingRef }) => descope.notp.waitForSession(pendingRef, limits)),
    ))
      expect(result).toMatchObject({ ok: false, error: { errorCode: '0' } })
  })

  test('reports when to try again', async () => {
    const { descope } = service
    for (let i = 0; i < 6; i++) await descope.notp.signUpOrIn(PHONE)
    const { code, error } = await descope.notp.signUpOrIn(PHONE)
    expect([code, error?.errorCode]).toEqual([429, 'E130429'])
    expect(error?.retryAfter).toBeGreaterThan(0)
  })

  test('finds the tokens in cookies', async () => {
    const { descope, finish, close } = await startNotp({ notpTokenDelivery: 'cookies' })
    const session = await finish(descope, descope.notp.signUp(PHONE))
    expect(session.sessionJwt).toBeUndefined()
    expect(session.cookies?.join()).toMatch(/^DSR=[^;]+;.*, DS=[^;]+;.*HttpOnly; SameSite=Strict$/)
    const refreshJwt = session.refreshJwt ?? ''
    const { token, cookies } = await descope.refreshSession(refreshJwt)
    expect(token).toMatchObject({ drn: 'DS', sub: session.user?.userId })
    expect(cookies).toHaveLength(1)
    expect((await descope.logout(refreshJwt)).ok).toBe(true)
    await expect(descope.refreshSession(refreshJwt)).rejects.toThrow('was ended')
    await close()
  })
})

test('the browser SDK signs up, in and up or in, and does everything else with the token', async () => {
  const { finish, sdkOptions, descope: backend } = service
  const web = createWebSdk({ ...sdkOptions, persistTokens: false, autoRefresh: false })
  const first = await finish(web, web.notp.signUp(PHONE, { name: 'Jane' }))
  expect(first).toMatchObject({ firstSeen: true, user: { name: 'Jane' } })
  const { refreshJwt = '' } = first
  const [again, stepup] = await Promise.all([
    finish(web, web.notp.signUpOrIn('')),
    finish(web, web.notp.signIn(PHONE, { stepup: true }, refreshJwt)),
  ])
  expect(again).toMatchObject({ firstSeen: false, user: first.user })
  expect((await backend.validateSession(stepup.sessionJwt)).token).toMatchObject({ su: true })

  expect(dataOf(await web.me(refreshJwt))).toEqual(first.user)
  const { sessionJwt = '' } = dataOf(await web.refresh(refreshJwt))
  expect((await backend.validateSession(sessionJwt)).token.sub).toBe(first.user?.userId)
  expect((await web.logout(refreshJwt)).ok).toBe(true)
  expect(await web.me(refreshJwt)).toMatchObject({ code: 401, error: { errorCode: 'E064001' } })
})
