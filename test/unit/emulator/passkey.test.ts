// @vitest-environment node
import type { EmulatorOptions } from 'authsignal-channels/emulator'
import { describe, expect, test } from 'vitest'
import { type Behaviour, type Key, register, sign } from '../../support/software-authenticator.js'
import { type Call, createHarness, EMAIL, type Harness, PHONE } from './harness.js'

const PASSKEY = '/user-authenticators/passkey'
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
const GOOGLE = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'

const tenantHeader = { Authorization: `Basic ${btoa('demo-tenant')}` }

/** A call of a browser without a signed-in user. */
const anonymous = ({ call }: Harness, path: string, { headers, ...rest }: Call = {}) =>
  call(`/v1/client${path}`, { method: 'POST', ...rest, headers: { ...tenantHeader, ...headers } })

async function signUp(harness: Harness, token: string, behaviour: Behaviour = {}, extra: object = {}) {
  const { body } = await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })
  const { key, response } = await register(body.options, behaviour, GOOGLE)
  const result = await harness.client(token, PASSKEY, {
    headers: { 'User-Agent': CHROME },
    body: {
      registrationCredential: response,
      conditionalCreate: false,
      challengeId: body.challengeId,
      ...extra,
    },
  })
  return { key, ...result, options: body.options, response }
}

/** An emulator where Jane has a passkey. */
async function withPasskey(options?: EmulatorOptions) {
  const harness = createHarness(options)
  const { token } = await harness.track('jane')
  const { key, body } = await signUp(harness, token)
  return { ...harness, key, token, registered: body }
}

async function signIn(harness: Harness, key: Key, behaviour: Behaviour = {}, begin: object = {}) {
  const { body } = await anonymous(harness, `${PASSKEY}/authentication-options`, { body: begin })
  const authenticationCredential = await sign(key, body.options, behaviour)
  const result = await anonymous(harness, '/verify/passkey', {
    body: { authenticationCredential, challengeId: body.challengeId, deviceId: 'device' },
  })
  return { ...result, authenticationCredential, challengeId: body.challengeId }
}

async function stepUp(harness: Harness, token: string, key: Key, behaviour: Behaviour = {}) {
  const { body } = await harness.client(token, `${PASSKEY}/authentication-options`, { body: {} })
  const authenticationCredential = await sign(key, body.options, behaviour)
  const result = await harness.client(token, '/verify/passkey', { body: { authenticationCredential } })
  return { ...result, options: body.options }
}

/** What a caller can see of the passkeys. */
const snapshot = async ({ server }: Harness) =>
  JSON.stringify([
    (await server('/users')).body,
    (await server('/users/jane/authenticators')).body,
    (await server('/users/jane/actions')).body,
  ])

describe('signing up', () => {
  test('returns options that every SDK can read', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane', { email: EMAIL })
    const { body } = await harness.client(token, `${PASSKEY}/registration-options`, {
      body: { displayName: 'Jane', authenticatorAttachment: null },
    })
    expect(body).toEqual({
      challengeId: expect.any(String),
      options: {
        challenge: expect.stringMatching(/^[\w-]{43}$/),
        rp: { id: 'localhost', name: 'demo-tenant' },
        user: { id: expect.stringMatching(/^[\w-]{43}$/), name: EMAIL, displayName: 'Jane' },
        pubKeyCredParams: [-8, -7, -257].map(alg => ({ alg, type: 'public-key' })),
        timeout: 60_000,
        excludeCredentials: [],
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        attestation: 'none',
        extensions: { credProps: true },
      },
    })
  })

  test('enrols the user, completes the action, and gives the backend the passkey’s details', async () => {
    const { registered, key, server, validate, token } = await withPasskey()
    const webauthnCredential = {
      credentialId: key.id,
      deviceId: expect.any(String),
      name: 'Google Password Manager',
      aaguid: GOOGLE,
      aaguidMapping: { name: 'Google Password Manager' },
      credentialBackedUp: false,
      credentialDeviceType: 'singleDevice',
      authenticatorAttachment: 'platform',
      parsedUserAgent: expect.objectContaining({
        ua: CHROME,
        browser: { name: 'Chrome', version: '131.0.0.0', major: '131' },
      }),
      verifiedAt: expect.any(String),
    }
    const authenticator = {
      userAuthenticatorId: registered.userAuthenticatorId,
      verificationMethod: 'PASSKEY',
      createdAt: expect.any(String),
      verifiedAt: expect.any(String),
      lastVerifiedAt: expect.any(String),
      username: 'jane',
      displayName: 'jane',
      authenticatorAttachment: 'platform',
      webauthnCredential,
    }
    expect(registered).toEqual({
      isVerified: true,
      accessToken: expect.any(String),
      userAuthenticatorId: expect.any(String),
      userId: 'jane',
      credentialId: key.id,
      userAuthenticator: { ...authenticator, isDefault: true },
    })
    expect((await server('/users/jane/authenticators')).body).toEqual([{ userId: 'jane', ...authenticator }])
    expect(await validate(token)).toMatchObject({ isValid: true, verificationMethod: 'PASSKEY' })
  })

  test('excludes the passkeys the user has, and keeps their user handle', async () => {
    const { client, registered, key } = await withPasskey()
    const { body } = await client(registered.accessToken, `${PASSKEY}/registration-options`, { body: {} })
    expect(body.options.excludeCredentials).toEqual([
      { id: key.id, type: 'public-key', transports: ['internal'] },
    ])
    expect(body.options.user.id).toBe(key.userHandle)
  })

  test('a further passkey needs the scope, when it is begun and when it is completed', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const { body } = await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })
    const { response } = await register(body.options)
    await harness.enrol('jane')
    expect((await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })).status).toBe(403)
    const late = await harness.client(token, PASSKEY, { body: { registrationCredential: response } })
    expect(late.status).toBe(403)
    expect((await harness.server('/users/jane')).body.enrolledVerificationMethods).toEqual(['SMS'])
  })

  test('a passkey that the browser made by itself comes without the user', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const silent = { isUserPresent: false, isUserVerified: false }
    expect((await signUp(harness, token, silent)).body.errorCode).toBe('invalid_credential')
    expect((await signUp(harness, token, silent, { conditionalCreate: true })).body.isVerified).toBe(true)
  })

  test.each<[string, Behaviour]>([
    ['of another site', { rpId: 'evil.example' }],
    ['on a page of another site', { origin: 'https://evil.example' }],
    ['on a page whose name only ends alike', { origin: 'https://evillocalhost' }],
    ['without the user being present', { isUserPresent: false }],
    ['without the user being verified', { isUserVerified: false }],
    ['of another kind', { type: 'webauthn.get' }],
    ['for another challenge', { challenge: 'AAAA' }],
  ])('refuses a passkey %s and changes nothing', async (_, behaviour) => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const before = await snapshot(harness)
    const { status, body } = await signUp(harness, token, behaviour)
    expect([status, body.errorCode]).toEqual([400, 'invalid_credential'])
    expect(await snapshot(harness)).toBe(before)
  })

  test('refuses the ID of a credential that is registered, as passkey or security key, also by another user', async () => {
    const harness = await withPasskey()
    const joe = await harness.track('joe')
    const { body } = await harness.client(joe.token, '/user-authenticators/security-key/registration-options')
    const securityKey = await register(body)
    await harness.client(joe.token, '/user-authenticators/security-key', { body: securityKey.response })
    const jim = await harness.track('jim')
    for (const { id } of [harness.key, securityKey.key]) {
      const { status, body } = await signUp(harness, jim.token, { credentialId: id })
      expect([status, body.errorCode]).toEqual([400, 'invalid_credential'])
    }
    expect((await signUp(harness, jim.token)).status).toBe(200)
  })

  test('refuses a credential for the options of another user, or of another action', async () => {
    const harness = createHarness()
    const [jane, john, again] = [
      await harness.track('jane'),
      await harness.track('john'),
      await harness.track('jane'),
    ]
    const { body } = await harness.client(jane.token, `${PASSKEY}/registration-options`, { body: {} })
    const { response } = await register(body.options)
    for (const { token } of [john, again]) {
      const result = await harness.client(token, PASSKEY, { body: { registrationCredential: response } })
      expect(result.body.errorCode).toBe('invalid_credential')
    }
  })

  test('of many simultaneous credentials for the same options one succeeds', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane', { scope: 'add:authenticators read:authenticators' })
    const { body } = await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })
    const { response } = await register(body.options)
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        harness.client(token, PASSKEY, { body: { registrationCredential: response } }),
      ),
    )
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await harness.server('/users/jane/authenticators')).body).toHaveLength(1)
  })

  test('refuses options that have expired', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const { body } = await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })
    const { response } = await register(body.options)
    harness.emulator.clock.advance(600)
    const fresh = await harness.track('jane')
    const { status } = await harness.client(token, PASSKEY, { body: { registrationCredential: response } })
    expect(status).toBe(401)
    const result = await harness.client(fresh.token, PASSKEY, { body: { registrationCredential: response } })
    expect(result.body.errorCode).toBe('invalid_credential')
  })
})

describe('signing in', () => {
  test('with a passkey identifies the user, and creates the action', async () => {
    const harness = await withPasskey()
    const { key, registered } = harness
    const { body } = await signIn(harness, key)
    expect(body).toEqual({
      isVerified: true,
      accessToken: expect.any(String),
      userId: 'jane',
      userAuthenticatorId: registered.userAuthenticatorId,
      username: 'jane',
      userDisplayName: 'jane',
    })
    expect(await harness.validate(body.accessToken, { action: 'signInWithPasskey' })).toMatchObject({
      isValid: true,
      userId: 'jane',
    })
  })

  test('names no passkeys, whatever user name is given', async () => {
    const harness = await withPasskey()
    const results = []
    for (const begin of [{}, { username: 'jane' }, { username: 'unknown' }]) {
      const { body } = await anonymous(harness, `${PASSKEY}/authentication-options`, { body: begin })
      results.push({ ...body.options, challenge: '' })
    }
    expect(new Set(results.map(result => JSON.stringify(result)))).toEqual(
      new Set([
        '{"challenge":"","rpId":"localhost","allowCredentials":[],"timeout":60000,"userVerification":"required"}',
      ]),
    )
  })

  test('with an action and a key of the app’s own creates that action', async () => {
    const harness = await withPasskey()
    const named = await anonymous(harness, '/challenge', {
      body: { action: 'buy', idempotencyKey: 'order-7' },
    })
    expect(named.body).toEqual({ challengeId: expect.any(String) })
    const { body, challengeId } = await signIn(harness, harness.key, {}, named.body)
    expect(challengeId).toBe(named.body.challengeId)
    expect(await harness.validate(body.accessToken, { action: 'buy' })).toMatchObject({
      isValid: true,
      idempotencyKey: 'order-7',
    })
  })

  test('an unknown or expired challenge is not found', async () => {
    const harness = await withPasskey()
    const begin = (challengeId: string) =>
      anonymous(harness, `${PASSKEY}/authentication-options`, { body: { challengeId } })
    expect((await begin('unknown')).body.errorCode).toBe('not_found')
    const { challengeId } = (await anonymous(harness, '/challenge', { body: { action: 'buy' } })).body
    harness.emulator.clock.advance(600)
    expect((await begin(challengeId)).body.errorCode).toBe('not_found')
  })

  test('remembers when, on which device, and the counter', async () => {
    const harness = await withPasskey()
    harness.emulator.clock.advance(60)
    await signIn(harness, harness.key)
    const [{ verifiedAt, lastVerifiedAt, webauthnCredential }] = (
      await harness.server('/users/jane/authenticators')
    ).body
    expect(Date.parse(lastVerifiedAt) - Date.parse(verifiedAt)).toBeGreaterThanOrEqual(60_000)
    expect(webauthnCredential.deviceId).toBe('device')
    const copied = { ...harness.key, counter: 0 }
    expect((await signIn(harness, copied)).body.errorCode).toBe('invalid_credential')
    expect((await signIn(harness, harness.key)).body.isVerified).toBe(true)
  })

  test('passkeys without a counter are accepted', async () => {
    const harness = await withPasskey()
    for (let i = 0; i < 2; i++)
      expect((await signIn(harness, harness.key, { counter: 0 })).body.isVerified).toBe(true)
  })

  test('a passkey that was deleted or never registered is unknown', async () => {
    const harness = await withPasskey()
    const stranger = await register({ rp: { id: 'localhost' }, user: {}, challenge: 'AAAA' })
    expect((await signIn(harness, stranger.key)).body.errorCode).toBe('unknown_credential')
    await harness.server(`/users/jane/authenticators/${harness.registered.userAuthenticatorId}`, {
      method: 'DELETE',
    })
    const { status, body } = await signIn(harness, harness.key)
    expect([status, body.errorCode]).toEqual([400, 'unknown_credential'])
  })

  test.each<[string, Behaviour]>([
    ['of another site', { rpId: 'evil.example' }],
    ['on a page of another site', { origin: 'https://evil.example' }],
    ['on a page by plain http of another host', { origin: 'http://127.0.0.1:3000' }],
    ['without the user being present', { isUserPresent: false }],
    ['without the user being verified', { isUserVerified: false }],
    ['of another kind', { type: 'webauthn.create' }],
    ['for another challenge', { challenge: 'AAAA' }],
  ])('refuses an assertion %s and changes nothing', async (_, behaviour) => {
    const harness = await withPasskey()
    const before = await snapshot(harness)
    const { status, body } = await signIn(harness, harness.key, behaviour)
    expect([status, body.errorCode]).toEqual([400, 'invalid_credential'])
    expect(JSON.stringify(body)).not.toContain(harness.key.id)
    expect(await snapshot(harness)).toBe(before)
  })

  test('refuses an assertion with the handle of another user', async () => {
    const harness = await withPasskey()
    const { token } = await harness.track('joe')
    const { key } = await signUp(harness, token)
    const other = { ...harness.key, userHandle: key.userHandle! }
    expect((await signIn(harness, other)).body.errorCode).toBe('invalid_credential')
  })

  test('refuses the signature of another key', async () => {
    const harness = await withPasskey()
    const other = await register({ rp: { id: 'localhost' }, user: {}, challenge: 'AAAA' })
    const forged = { ...other.key, id: harness.key.id, userHandle: harness.key.userHandle! }
    expect((await signIn(harness, forged)).body.errorCode).toBe('invalid_credential')
  })

  test('refuses an assertion the second time', async () => {
    const harness = await withPasskey()
    const { authenticationCredential } = await signIn(harness, harness.key)
    const { body } = await anonymous(harness, '/verify/passkey', { body: { authenticationCredential } })
    expect(body.errorCode).toBe('invalid_credential')
  })

  test('of many simultaneous uses of one assertion one succeeds', async () => {
    const harness = await withPasskey()
    const { options } = (await anonymous(harness, `${PASSKEY}/authentication-options`)).body
    const authenticationCredential = await sign(harness.key, options)
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        anonymous(harness, '/verify/passkey', { body: { authenticationCredential } }),
      ),
    )
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('refuses an assertion that names another challenge', async () => {
    const harness = await withPasskey()
    const { options } = (await anonymous(harness, `${PASSKEY}/authentication-options`)).body
    const authenticationCredential = await sign(harness.key, options)
    const body = { authenticationCredential, challengeId: 'other' }
    expect((await anonymous(harness, '/verify/passkey', { body })).body.errorCode).toBe('invalid_credential')
  })
})

describe('stepping up', () => {
  test('offers the user’s passkeys and completes the action of the token', async () => {
    const harness = await withPasskey()
    const { token } = await harness.track('jane')
    const { body, options } = await stepUp(harness, token, harness.key)
    expect(options.allowCredentials).toEqual([
      { id: harness.key.id, type: 'public-key', transports: ['internal'] },
    ])
    expect(body).toMatchObject({ isVerified: true, userId: 'jane' })
    expect((await harness.validate(token)).isValid).toBe(true)
  })

  test('refuses the passkey of another user', async () => {
    const harness = await withPasskey()
    const john = await harness.track('john')
    await signUp(harness, john.token)
    const { token } = await harness.track('john')
    const { status, body } = await stepUp(harness, token, harness.key)
    expect([status, body.errorCode]).toEqual([400, 'invalid_credential'])
    expect((await harness.validate(token)).isValid).toBe(false)
  })

  test('refuses an assertion that was begun without the token, and the other way round', async () => {
    const harness = await withPasskey()
    const { token } = await harness.track('jane')
    const { options } = (await anonymous(harness, `${PASSKEY}/authentication-options`)).body
    const forToken = await sign(harness.key, options)
    const crossed = await harness.client(token, '/verify/passkey', {
      body: { authenticationCredential: forToken },
    })
    expect(crossed.body.errorCode).toBe('invalid_credential')
    const begun = (await harness.client(token, `${PASSKEY}/authentication-options`)).body.options
    const forNobody = await sign(harness.key, begun)
    const result = await anonymous(harness, '/verify/passkey', {
      body: { authenticationCredential: forNobody },
    })
    expect(result.body.errorCode).toBe('invalid_credential')
  })

  test('needs the scope to read', async () => {
    const harness = await withPasskey()
    const { token } = await harness.track('jane', { scope: 'add:authenticators' })
    expect((await harness.client(token, `${PASSKEY}/authentication-options`)).status).toBe(403)
  })
})

describe('origins', () => {
  const tryOn = async (origin: string, options?: EmulatorOptions) => {
    const harness = createHarness(options)
    const { token } = await harness.track('jane')
    return (await signUp(harness, token, { origin })).status
  }

  test.each([
    ['http://localhost', 200],
    ['http://localhost:8080', 200],
    ['https://localhost', 200],
    ['http://app.localhost:3000', 200],
    ['http://127.0.0.1:3000', 400],
    ['null', 400],
  ])('%s gets %i by default', async (origin, status) => {
    expect(await tryOn(origin)).toBe(status)
  })

  test.each([
    ['https://example.com', 200],
    ['https://login.example.com:8443', 200],
    ['http://example.com', 400],
    ['https://example.com.evil.test', 400],
    ['https://badexample.com', 400],
    ['http://localhost:3000', 400],
  ])('%s gets %i for the domain example.com', async (origin, status) => {
    expect(await tryOn(origin, { rpId: 'example.com' })).toBe(status)
  })

  test('that were listed are the only ones', async () => {
    const options = { origins: ['http://localhost:5000'] }
    expect(await tryOn('http://localhost:5000', options)).toBe(200)
    expect(await tryOn('http://localhost:3000', options)).toBe(400)
  })

  test('a frame in a page that may not call the API is refused', async () => {
    const inFrame = async (options?: EmulatorOptions) => {
      const harness = await withPasskey(options)
      return (await signIn(harness, harness.key, { topOrigin: 'https://app.example.com' })).status
    }
    expect(await inFrame()).toBe(200)
    expect(await inFrame({ allowedOrigins: ['https://app.example.com'] })).toBe(200)
    expect(await inFrame({ allowedOrigins: ['https://other.example.com'] })).toBe(400)
  })
})

describe('with cookies', () => {
  const cookieOf = (result: { headers: Headers }) => ({
    Cookie: `other=1; ${result.headers.get('Set-Cookie')!.split(';')[0]}`,
  })

  test('a cookie is for this host, and not for scripts', async () => {
    const harness = createHarness()
    const path = `${PASSKEY}/authentication-options/web`
    const { headers } = await anonymous(harness, path)
    const id = '[0-9a-f-]{36}'
    expect(headers.get('Set-Cookie')).toMatch(
      new RegExp(`^as_pk=${id}; Max-Age=600; Path=/v1/client; HttpOnly; SameSite=Lax$`),
    )
    const secure = await harness.emulator.fetch(`https://localhost/v1/client${path}`, {
      method: 'POST',
      headers: tenantHeader,
    })
    expect(secure.headers.get('Set-Cookie')).toMatch(/; HttpOnly; Secure; SameSite=None$/)
  })

  test('signing in, and listing the authenticators afterwards without a token', async () => {
    const harness = await withPasskey()
    const begun = await anonymous(harness, `${PASSKEY}/authentication-options/web`)
    const authenticationCredential = await sign(harness.key, begun.body.options)
    const list = (headers: Record<string, string>) =>
      anonymous(harness, '/user-authenticators', { method: 'GET', headers })
    expect((await list(cookieOf(begun))).status).toBe(401)
    const body = { authenticationCredential }
    const stolen = await anonymous(harness, '/verify/passkey', { body })
    expect(stolen.body.errorCode).toBe('invalid_credential')
    const verified = await anonymous(harness, '/verify/passkey', { body, headers: cookieOf(begun) })
    expect(verified.body).toMatchObject({ isVerified: true, userId: 'jane' })
    const listed = await list(cookieOf(begun))
    expect(listed.body).toMatchObject([{ verificationMethod: 'PASSKEY' }])
    expect((await list({})).status).toBe(401)
    expect((await list({ Cookie: 'as_pk=x' })).status).toBe(401)
    harness.emulator.clock.advance(600)
    expect((await list(cookieOf(begun))).status).toBe(401)
  })

  test('an action that was named with a cookie is bound to that browser', async () => {
    const harness = await withPasskey()
    const named = await anonymous(harness, '/challenge/web', { body: { action: 'buy' } })
    const headers = cookieOf(named)
    const begun = await anonymous(harness, `${PASSKEY}/authentication-options`, {
      headers,
      body: named.body,
    })
    expect(begun.body.challengeId).toBe(named.body.challengeId)
    const body = { authenticationCredential: await sign(harness.key, begun.body.options) }
    const stolen = await anonymous(harness, '/verify/passkey', { body })
    expect(stolen.body.errorCode).toBe('invalid_credential')
    const verified = await anonymous(harness, '/verify/passkey', { headers, body })
    expect((await harness.validate(verified.body.accessToken, { action: 'buy' })).isValid).toBe(true)
    const list = await anonymous(harness, '/user-authenticators', { method: 'GET', headers })
    expect(list.body).toHaveLength(1)
  })

  test('a cookie of one sign-in does not affect another', async () => {
    const harness = await withPasskey()
    const headers = cookieOf(await anonymous(harness, '/challenge/web', { body: { action: 'buy' } }))
    const begun = await anonymous(harness, `${PASSKEY}/authentication-options`, { headers, body: {} })
    const body = { authenticationCredential: await sign(harness.key, begun.body.options) }
    const { accessToken } = (await anonymous(harness, '/verify/passkey', { headers, body })).body
    expect((await harness.validate(accessToken, { action: 'signInWithPasskey' })).isValid).toBe(true)
  })

  test('signing up is bound to the browser it began in', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const begun = await harness.client(token, `${PASSKEY}/registration-options/web`, { body: {} })
    const { response } = await register(begun.body.options)
    const body = { registrationCredential: response, conditionalCreate: false }
    expect((await harness.client(token, PASSKEY, { body })).body.errorCode).toBe('invalid_credential')
    const result = await harness.client(token, PASSKEY, { body, headers: cookieOf(begun) })
    expect(result.body.isVerified).toBe(true)
  })
})

describe('the check whether this device has a passkey', () => {
  const check = (harness: Harness, query: string) =>
    anonymous(harness, `${PASSKEY}?${query}`, { method: 'GET' })

  test('returns the first known one, in every form of the query', async () => {
    const harness = await withPasskey()
    for (const query of [`credentialIds=x,${harness.key.id}`, `credentialId=${harness.key.id}`])
      expect((await check(harness, query)).body).toEqual({
        credentialId: harness.key.id,
        verifiedAt: expect.any(String),
      })
  })

  test.each(['', 'credentialIds=', 'credentialIds=x,y', 'credentialId='])(
    'returns an error for "%s"',
    async query => {
      const { status, body } = await check(await withPasskey(), query)
      expect([status, body.errorCode]).toEqual([404, 'invalid_credential'])
    },
  )
})

test.each([
  ['without a colon', btoa('demo-tenant')],
  ['with a colon', btoa('demo-tenant:')],
  ['without padding', btoa('demo-tenant:').replace(/=+$/, '')],
])('an anonymous call may name the tenant %s', async (_, credentials) => {
  const { call } = createHarness()
  const headers = { Authorization: `Basic ${credentials}` }
  expect((await call('/v1/client/challenge', { headers, body: { action: 'buy' } })).status).toBe(200)
})

test('an anonymous call may name the tenant percent-encoded, and in base64url', async () => {
  const tenantId = 'tenant?>~ü'
  const { call } = createHarness({ tenantId })
  const encoded = btoa(encodeURIComponent(tenantId))
  const bytes = String.fromCharCode(...new TextEncoder().encode(`${tenantId}:`))
  const urlSafe = btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  for (const credentials of [encoded, urlSafe]) {
    const headers = { Authorization: `Basic ${credentials}` }
    expect((await call('/v1/client/challenge', { headers, body: { action: 'buy' } })).status).toBe(200)
  }
})

test.each([
  undefined,
  'Basic',
  `Basic ${btoa('other-tenant')}`,
  `Basic ${btoa('demo-tenant::')}`,
  `Basic ${btoa('demo-secret:')}`,
  `Basic ${btoa('%E0%A4%A')}`,
  'Bearer x',
])('an anonymous call with the authorization %j is refused', async authorization => {
  const { call } = createHarness()
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  for (const [method, path] of [
    ['POST', '/challenge'],
    ['POST', `${PASSKEY}/authentication-options`],
    ['POST', '/verify/passkey'],
    ['GET', `${PASSKEY}?credentialIds=x`],
    ['GET', '/user-authenticators'],
  ] as const)
    expect((await call(`/v1/client${path}`, { method, headers })).status).toBe(401)
})

test('removing an authenticator needs the scope', async () => {
  const harness = await withPasskey()
  await harness.enrol('jane', PHONE)
  const path = `/user-authenticators/${harness.registered.userAuthenticatorId}`
  const removeWith = async (scope?: string) => {
    const { token } = await harness.track('jane', { scope })
    return harness.client(token, path, { method: 'DELETE' })
  }
  for (const scope of [undefined, 'add:authenticators update:authenticators'])
    expect((await removeWith(scope)).body.errorCode).toBe('forbidden')
  const john = await harness.track('john', { scope: 'remove:authenticators' })
  expect((await harness.client(john.token, path, { method: 'DELETE' })).body.errorCode).toBe('not_found')
  expect((await removeWith('remove:authenticators')).body).toEqual({ success: true })
  expect((await removeWith('remove:authenticators')).body.errorCode).toBe('not_found')
  expect((await harness.server('/users/jane')).body.enrolledVerificationMethods).toEqual(['SMS'])
})
