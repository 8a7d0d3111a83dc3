// @vitest-environment node
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { EMAIL, ORIGIN, OTHER_PHONE, PHONE } from './harness.js'
import { claims, createNotpHarness, PROJECT, refusal } from './notp.js'

const MISSING = { status: 401, code: 'E011002' }
const NOT_VALID = { status: 401, code: 'E011004' }
const ENDED = { status: 401, code: 'E064001' }

describe('the tokens', () => {
  test('are signed by the key that the project publishes', async () => {
    const { login, call } = createNotpHarness()
    const { sessionJwt, refreshJwt } = await login('signup')
    const jwks = (await call(`/v2/keys/${PROJECT}`)).body
    expect(jwks).toEqual({ keys: [expect.objectContaining({ alg: 'RS256', use: 'sig', kty: 'RSA' })] })
    for (const jwt of [sessionJwt, refreshJwt]) {
      const { protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(jwks), { issuer: PROJECT })
      expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: jwks.keys[0].kid })
    }
  })

  test('name the user, how the user signed in, and when they end, by the emulator’s clock', async () => {
    const { login, emulator } = createNotpHarness()
    emulator.clock.advance(365 * 86_400)
    const { sessionJwt, refreshJwt, user, ...result } = await login('signup')
    const [session, refresh] = [claims(sessionJwt), claims(refreshJwt)]
    expect(session).toMatchObject({ sub: user.userId, iss: PROJECT, drn: 'DS', amr: ['whatsapp'] })
    expect(refresh).toMatchObject({ sub: user.userId, iss: PROJECT, drn: 'DSR', amr: ['whatsapp'] })
    expect(Math.abs(Number(session.iat) - emulator.clock.now() / 1000)).toBeLessThan(10)
    expect(Number(session.exp) - Number(session.iat)).toBe(600)
    expect(Number(refresh.exp) - Number(refresh.iat)).toBe(28 * 86_400)
    expect(result.sessionExpiration).toBe(session.exp)
    expect(result.cookieExpiration).toBe(refresh.exp)
    expect(28 * 86_400 - result.cookieMaxAge).toBeLessThan(10)
    expect(session.rexp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(Date.parse(String(session.rexp)) / 1000).toBe(refresh.exp)
    expect(session).not.toHaveProperty('su')
    for (const claim of ['nsec', 'dct', 'tenants']) expect(session).not.toHaveProperty(claim)
  })

  test.each(['signup', 'signup-in', 'signin'])('of %s carry what the request claimed, apart', async flow => {
    const { login, refresh } = createNotpHarness()
    if (flow === 'signin') await login('signup')
    const customClaims = { plan: 'gold', sub: 'another user', nested: { deep: [1] } }
    const { sessionJwt, refreshJwt, user } = await login(flow, { loginOptions: { customClaims } })
    for (const jwt of [sessionJwt, refreshJwt, (await refresh(refreshJwt)).body.sessionJwt])
      expect(claims(jwt)).toMatchObject({ sub: user.userId, nsec: customClaims })
  })

  test('name the tenant of the login, to which the user then belongs', async () => {
    const { login, me } = createNotpHarness()
    const { sessionJwt, refreshJwt, user } = await login('signup', { loginOptions: { tenantId: 't1' } })
    expect(claims(sessionJwt)).toMatchObject({ dct: 't1', tenants: { t1: {} } })
    expect(user.userTenants).toEqual([{ tenantId: 't1', tenantName: 't1', roleNames: [], permissions: [] }])
    const other = await login('signin', { loginOptions: { tenantId: 't2' } })
    expect(claims(other.sessionJwt)).toMatchObject({ dct: 't2', tenants: { t1: {}, t2: {} } })
    await login('signin', { loginOptions: { tenantId: 't1' } })
    expect((await me(refreshJwt)).body.userTenants).toHaveLength(2)
  })

  test('name the 20 tenants that the user came to last', async () => {
    const { login, emulator } = createNotpHarness()
    let user = (await login('signup', { loginOptions: { tenantId: 't0' } })).user
    for (let tenant = 1; tenant <= 20; tenant++) {
      emulator.clock.advance(600)
      user = (await login('signin', { loginOptions: { tenantId: `t${tenant}` } })).user
    }
    const names = user.userTenants.map(({ tenantId }: { tenantId: string }) => tenantId)
    expect(names).toEqual(Array.from({ length: 20 }, (_, index) => `t${index + 1}`))
  })
})

describe('a refresh token', () => {
  test('renews the session, as often as wanted, until it ends itself', async () => {
    const { login, refresh, emulator } = createNotpHarness()
    const first = await login('signup')
    emulator.clock.advance(3600)
    const { status, body } = await refresh(first.refreshJwt)
    expect(status).toBe(200)
    expect(body).toMatchObject({ user: first.user, firstSeen: false, refreshJwt: first.refreshJwt })
    expect(body.sessionExpiration).toBeGreaterThanOrEqual(first.sessionExpiration + 3600)
    expect(body.cookieExpiration).toBe(first.cookieExpiration)

    emulator.clock.advance(28 * 86_400 - 3600 - 60)
    const last = (await refresh(first.refreshJwt)).body
    expect(last.sessionExpiration).toBeLessThanOrEqual(last.cookieExpiration)
    emulator.clock.advance(60)
    expect(refusal(await refresh(first.refreshJwt))).toEqual(NOT_VALID)
  })

  test('identifies its user', async () => {
    const { login, me } = createNotpHarness()
    const { refreshJwt, user } = await login('signup', { user: { givenName: 'Jane', familyName: 'Doe' } })
    const { status, body } = await me(refreshJwt)
    expect([status, body]).toEqual([200, user])
    expect(body).toMatchObject({ givenName: 'Jane', familyName: 'Doe' })
  })

  test('is good for nothing after logout', async () => {
    const { login, logout, me, refresh } = createNotpHarness()
    const [one, other] = [await login('signup'), await login('signin')]
    const result = await logout(one.refreshJwt)
    expect([result.status, result.body]).toEqual([200, {}])
    for (const call of [me, refresh, logout]) expect(refusal(await call(one.refreshJwt))).toEqual(ENDED)
    expect((await me(other.refreshJwt)).status).toBe(200)
  })

  test('is refused when missing, a session token, from another emulator, or changed', async () => {
    const { login, logout, me, refresh, track } = createNotpHarness()
    const { sessionJwt, refreshJwt } = await login('signup')
    const { token } = await track('jane')
    const foreign = (await createNotpHarness({ projectId: PROJECT }).login('signup')).refreshJwt
    for (const call of [me, refresh, logout]) {
      expect(refusal(await call())).toEqual(MISSING)
      expect(refusal(await call(''))).toEqual(MISSING)
      expect(refusal(await call(foreign))).toEqual(ENDED)
      for (const jwt of [sessionJwt, token, 'x', `${refreshJwt}x`, refreshJwt.slice(0, -9)])
        expect(refusal(await call(jwt))).toEqual(NOT_VALID)
    }
    expect((await me(refreshJwt)).status).toBe(200)
  })

  test('is no token of the Authsignal API', async () => {
    const { login, client, validate } = createNotpHarness()
    const { refreshJwt, sessionJwt } = await login('signup')
    for (const jwt of [refreshJwt, sessionJwt]) {
      expect((await client(jwt, '/init')).status).toBe(401)
      expect((await validate(jwt)).isValid).toBe(false)
    }
  })

  test('that is out of date does not disturb a new login', async () => {
    const { login, logout, start, descope } = createNotpHarness()
    const { refreshJwt } = await login('signup')
    await logout(refreshJwt)
    expect((await start('signin', { loginId: PHONE }, refreshJwt)).status).toBe(200)
    const { pendingRef } = (await start('signup-in', {}, 'nonsense')).body
    const body = { pendingRef }
    expect(refusal(await descope('/notp/pending-session', { body }, 'nonsense')).code).toBe('E066103')
  })
})

describe('step-up', () => {
  const stepup = { loginOptions: { stepup: true } }

  test('marks the session token, and neither the refresh token nor what it renews', async () => {
    const { login, refresh } = createNotpHarness()
    const { refreshJwt } = await login('signup')
    const raised = await login('signin', { loginId: PHONE, ...stepup }, { refreshJwt })
    expect(claims(raised.sessionJwt)).toMatchObject({ su: true, amr: ['whatsapp'] })
    expect(claims(raised.refreshJwt)).not.toHaveProperty('su')
    const renewed = (await refresh(raised.refreshJwt)).body
    expect(claims(renewed.sessionJwt)).not.toHaveProperty('su')
  })

  test('without a login ID is of the token’s user, whatever that one’s login ID', async () => {
    const { login, start, approve } = createNotpHarness()
    const { refreshJwt, user } = await login('signup', { loginId: EMAIL })
    const { pendingRef } = (await start('signin', stepup, refreshJwt)).body
    expect((await approve({ pendingRef }, OTHER_PHONE)).status).toBe(400)
    expect((await approve({ pendingRef })).body).toMatchObject({ approved: true, userId: user.userId })
  })

  test.each(['stepup', 'mfa'])('%s needs a refresh token, of this user', async option => {
    const { login, logout, start } = createNotpHarness()
    const { refreshJwt } = await login('signup', { loginId: PHONE })
    await login('signup', { loginId: OTHER_PHONE }, { phone: OTHER_PHONE })
    const attempt = (jwt?: string, loginId = PHONE) =>
      start('signin', { loginId, loginOptions: { [option]: true } }, jwt)
    expect(refusal(await attempt())).toEqual(MISSING)
    expect(refusal(await attempt('x'))).toEqual(NOT_VALID)
    expect(refusal(await attempt(refreshJwt, OTHER_PHONE))).toEqual({ status: 400, code: 'E011004' })
    expect((await attempt(refreshJwt)).status).toBe(200)
    await logout(refreshJwt)
    expect(refusal(await attempt(refreshJwt))).toEqual(ENDED)
  })
})

test('a second factor is in both tokens, which name the methods and mfa', async () => {
  const { login, refresh } = createNotpHarness()
  const { refreshJwt } = await login('signup')
  const loginOptions = { mfa: true }
  const { sessionJwt, refreshJwt: next } = await login('signin', { loginOptions }, { refreshJwt })
  for (const jwt of [sessionJwt, next, (await refresh(next)).body.sessionJwt])
    expect(claims(jwt)).toMatchObject({ amr: ['whatsapp', 'mfa'] })
})

test('revokeOtherSessions ends only the same user’s other sessions', async () => {
  const { login, me } = createNotpHarness()
  const mine = [await login('signup'), await login('signin')]
  const theirs = await login('signup', {}, { phone: OTHER_PHONE })
  const last = await login('signin', { loginOptions: { revokeOtherSessions: true } })
  for (const { refreshJwt } of mine) expect(refusal(await me(refreshJwt))).toEqual(ENDED)
  for (const { refreshJwt } of [theirs, last]) expect((await me(refreshJwt)).status).toBe(200)
})

describe('tokens that are delivered as cookies', () => {
  const COOKIES = { notpTokenDelivery: 'cookies' } as const

  /** A login by cookies; the cookies that the browser should keep. */
  async function loggedIn() {
    const harness = createNotpHarness(COOKIES)
    const { pendingRef } = (await harness.start('signup-in')).body
    await harness.approve({ pendingRef })
    const { body, headers } = await harness.poll(pendingRef)
    const cookies = headers.getSetCookie()
    const Cookie = cookies.map(cookie => cookie.split(';')[0]).join('; ')
    return { ...harness, body, cookies, Cookie }
  }

  test('are not in the body, and out of reach of scripts and other sites', async () => {
    const { body, cookies } = await loggedIn()
    expect(body).not.toHaveProperty('sessionJwt')
    expect(body).not.toHaveProperty('refreshJwt')
    expect(body.sessionExpiration).toEqual(expect.any(Number))
    expect(cookies).toEqual([
      expect.stringMatching(/^DSR=[\w.-]+; Max-Age=2419\d\d\d; Path=\/; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(/^DS=[\w.-]+; Max-Age=\d{3}; Path=\/; HttpOnly; SameSite=Strict$/),
    ])
  })

  test('renew the session, identify the user, and are removed at logout', async () => {
    const { descope, Cookie, body } = await loggedIn()
    const headers = { Cookie: `other=1; ${Cookie}` }
    expect((await descope('/me', { headers })).body).toEqual(body.user)
    const renewed = await descope('/refresh', { headers, body: {} })
    expect(renewed.status).toBe(200)
    expect(renewed.headers.getSetCookie()).toHaveLength(2)
    const left = await descope('/logout', { headers, body: {} })
    expect(left.headers.getSetCookie()).toEqual([
      'DSR=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
      'DS=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ])
    expect(refusal(await descope('/me', { headers }))).toEqual(ENDED)
  })

  test('are ignored when the header has a token', async () => {
    const { descope, Cookie } = await loggedIn()
    expect(refusal(await descope('/me', { headers: { Cookie } }, 'x'))).toEqual(NOT_VALID)
    const refreshJwt = /DSR=([^;]+)/.exec(Cookie)![1]!
    expect((await descope('/me', { headers: { Cookie: 'DSR=x' } }, refreshJwt)).status).toBe(200)
    expect(refusal(await descope('/me'))).toEqual(MISSING)
  })

  test('are secure where the connection is', async () => {
    const { emulator, start, approve } = createNotpHarness(COOKIES)
    const { pendingRef } = (await start('signup-in')).body
    await approve({ pendingRef })
    const url = `${ORIGIN.replace('http:', 'https:')}/v1/auth/notp/pending-session`
    const headers = { Authorization: `Bearer ${PROJECT}` }
    const body = JSON.stringify({ pendingRef })
    const response = await emulator.fetch(url, { method: 'POST', headers, body })
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/; Secure; SameSite=Strict$/)
  })

  test('are not read when tokens are delivered in bodies', async () => {
    const { login, descope } = createNotpHarness()
    const { refreshJwt } = await login('signup')
    const result = await descope('/me', { headers: { Cookie: `DSR=${refreshJwt}` } })
    expect(refusal(result)).toEqual(MISSING)
  })
})
