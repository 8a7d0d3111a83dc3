// @vitest-environment node
import fc from 'fast-check'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, nextCode, PHONE } from './harness.js'
import { createNotpHarness } from './notp.js'
import { ROUTES, type Route, send, tenantHeader } from './routes.js'

/** An emulator where Jane is enrolled, has tracked an action, waits for a code and has a request on her phone. */
async function inhabited() {
  const harness = createNotpHarness()
  await harness.enrol('jane')
  await harness.call('/emulator/push/enroll', { body: { userId: 'jane' } })
  const { token } = await harness.track('jane', { idempotencyKey: 'key' })
  await harness.client(token, '/challenge/sms')
  await harness.client(token, '/challenge/push')
  const { refreshJwt } = await harness.login('signup', { loginId: PHONE })
  const { pendingRef } = (await harness.start('signin', { loginId: PHONE })).body
  const tokens = { token, refreshJwt }
  return {
    ...harness,
    ...tokens,
    pendingRef,
    send: (route: Route, body: unknown) => send(harness, tokens, route, body),
  }
}

type Inhabited = Awaited<ReturnType<typeof inhabited>>

/** What a caller can see of the state. */
const snapshot = async ({ server, call, emulator, me, poll, ...rest }: Inhabited) =>
  JSON.stringify([
    (await server('/users')).body,
    (await server('/users/jane/authenticators')).body,
    (await server('/users/jane/actions')).body,
    emulator.messages.list(),
    (await server('/challenges?userId=jane')).body,
    (await call('/emulator/push/pending?userId=jane')).body,
    (await me(rest.refreshJwt)).body,
    (await poll(rest.pendingRef)).body,
  ])

describe('a body that is not what a route takes is refused by every route and changes nothing', () => {
  test.each([
    ['malformed JSON', '{"a":', 400],
    ['null', 'null', 400],
    ['an array', '[]', 400],
    ['a string', '"x"', 400],
    ['a number', '1', 400],
    ['70 kB', JSON.stringify({ a: 'x'.repeat(70_000) }), 413],
  ])('%s', async (_, body, status) => {
    const harness = await inhabited()
    const before = await snapshot(harness)
    for (const route of ROUTES) {
      const response = await harness.send(route, body)
      // A snapshot may be larger than any other body.
      const expected = route[2] === '/emulator/snapshot' ? 400 : status
      expect([...route, response.status]).toEqual([...route, expected])
      expect(response.headers.get('Content-Type')).toBe('application/json')
      const sentence = expect.any(String)
      expect(response.body).toEqual(
        route[0] === 'notp'
          ? { errorCode: 'E011001', errorDescription: sentence, errorMessage: sentence }
          : { error: 'invalid_request', errorCode: 'invalid_request', errorDescription: sentence },
      )
    }
    expect(await snapshot(harness)).toBe(before)
  })

  test('invalid UTF-8', async () => {
    const { emulator } = createHarness()
    const body = new Uint8Array([0x7b, 0xff, 0x7d])
    const response = await emulator.fetch('/emulator/reset', { method: 'POST', body })
    expect(response.status).toBe(400)
  })

  test('70 kB that come without a length', async () => {
    const { emulator } = createHarness()
    const chunk = new Uint8Array(7000).fill(32)
    let sent = 0
    const body = new ReadableStream({
      pull: controller => (sent++ < 1000 ? controller.enqueue(chunk) : controller.close()),
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    const response = await emulator.fetch('/emulator/reset', init)
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(20)
  })

  test('a body that breaks off', async () => {
    const { emulator } = createHarness()
    const body = new ReadableStream({ pull: controller => controller.error(new Error('cut')) })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    expect((await emulator.fetch('/emulator/reset', init)).status).toBe(400)
  })
})

test.each([
  ['/users/jane/authenticators', { verificationMethod: 'SMS', phoneNumber: '0211234567' }],
  ['/users/jane/authenticators', { verificationMethod: 'SMS', email: EMAIL }],
  ['/users/jane/authenticators', { verificationMethod: 'EMAIL_OTP', email: 'jane' }],
  ['/users/jane/authenticators', { verificationMethod: 'SMS', phoneNumber: 64211234567 }],
  ['/challenge', { verificationMethod: 'SMS', action: 'signIn' }],
  ['/challenge', { verificationMethod: 'EMAIL_OTP', action: 'signIn', phoneNumber: PHONE }],
  ['/challenge', { verificationMethod: 'PUSH', action: 'signIn', phoneNumber: PHONE }],
  ['/challenge', { verificationMethod: 'SMS', action: 'sign in', phoneNumber: PHONE }],
  ['/challenge', { verificationMethod: 'SMS', phoneNumber: PHONE }],
  ['/challenge', { verificationMethod: 'SMS', action: 'a', phoneNumber: PHONE, challengeId: 7 }],
  ['/verify', { challengeId: 'x' }],
  ['/users/jane', { emailVerified: 'yes' }],
  ['/users/jane', { custom: { nested: {} } }],
  ['/users/jane/actions/pay', { scope: ['add:authenticators'] }],
  ['/users/jane/actions/pay', { redirectToSettings: 'true' }],
  ['/users/jane/actions/pay', { customDomain: 'evil.example/path' }],
])('%s refuses %j', async (path, body) => {
  const harness = createHarness()
  const response = await harness.server(path, { body })
  expect([response.status, response.body.errorCode]).toEqual([400, 'invalid_request'])
  expect((await harness.server('/users')).body.users).toEqual([])
  expect(harness.emulator.messages.list()).toEqual([])
})

describe('what is kept of a request is bounded', () => {
  /** `{"text":"xx…"}` of so many bytes. */
  const ofBytes = (bytes: number, letter = 'x') => {
    const size = new TextEncoder().encode(letter).length
    return JSON.stringify({ text: letter.repeat((bytes - '{"text":""}'.length) / size) })
  }
  const ofDepth = (depth: number) => `${'{"in":'.repeat(depth)}1${'}'.repeat(depth)}`
  const inArrays = (depth: number) => `{"in":${'['.repeat(depth)}${']'.repeat(depth)}}`

  /** A body with the record, which is JSON already, where `HERE` is. */
  const HERE = 'the record'
  const body = (around: object, record: string) => JSON.stringify(around).replace(`"${HERE}"`, record)

  const custom = HERE
  const places: readonly [string, (harness: Inhabited, record: string) => Promise<{ status: number }>][] = [
    ['custom of a user', ({ server }, record) => server('/users/jane', { body: body({ custom }, record) })],
    [
      'custom of track',
      ({ server }, record) => server('/users/jane/actions/pay', { body: body({ custom }, record) }),
    ],
    [
      'custom of a challenge',
      ({ server }, record) => {
        const around = { verificationMethod: 'EMAIL_OTP', action: 'signIn', email: EMAIL, custom }
        return server('/challenge', { body: body(around, record) })
      },
    ],
    [
      'custom of a QR code',
      ({ call }, record) => {
        const around = { action: 'signIn', custom }
        const init = { headers: tenantHeader, body: body(around, record) }
        return call('/v1/client/challenge/qr-code', init)
      },
    ],
    [
      'customClaims',
      ({ descope }, record) => {
        const around = { loginOptions: { customClaims: HERE } }
        return descope('/notp/whatsapp/signup-in', { body: body(around, record) })
      },
    ],
  ]

  test.each(places)('%s: 4 kB are taken, a byte more is not, and changes nothing', async (_, send) => {
    const harness = await inhabited()
    const before = await snapshot(harness)
    for (const record of [ofBytes(4097), ofBytes(4100, '€'), ofBytes(60_000)])
      expect((await send(harness, record)).status).toBe(400)
    expect(await snapshot(harness)).toBe(before)
    for (const record of ['{}', ofBytes(4096), ofBytes(4094, '€')])
      expect((await send(harness, record)).status).toBe(200)
  })

  test.each(places)('%s: what is nested too deep is refused, and changes nothing', async (_, send) => {
    const harness = await inhabited()
    const before = await snapshot(harness)
    for (const record of [ofDepth(33), inArrays(32), inArrays(30_000)])
      expect((await send(harness, record)).status).toBe(400)
    expect(await snapshot(harness)).toBe(before)
  })

  test('claims 32 deep arrive in the token', async () => {
    const { login } = createNotpHarness()
    for (const customClaims of [ofDepth(32), inArrays(31)].map(text => JSON.parse(text))) {
      const { sessionJwt } = await login('signup-in', { loginId: PHONE, loginOptions: { customClaims } })
      expect(decodeJwt(sessionJwt).nsec).toEqual(customClaims)
    }
  })

  test('the name of a browser that is longer than any is not kept', async () => {
    const { call } = createHarness()
    const body = { action: 'signIn' }
    for (const name of ['x'.repeat(512), 'x'.repeat(513)])
      await call('/v1/client/challenge/qr-code', { headers: { ...tenantHeader, 'User-Agent': name }, body })
    const { challenges } = (await call('/emulator/qr/pending')).body
    expect(challenges.map(({ userAgent }: { userAgent?: string }) => userAgent?.length)).toEqual([
      512,
      undefined,
    ])
  })
})

describe('null counts as absent', () => {
  /** Every optional field of a call, `null`; the rest is what the call needs. */
  const nothing = (...names: string[]) => Object.fromEntries(names.map(name => [name, null]))
  const device = nothing('ipAddress', 'userAgent', 'deviceId', 'custom', 'locale')
  const tracked = nothing(
    ...['idempotencyKey', 'redirectUrl', 'redirectToSettings', 'email', 'phoneNumber', 'username'],
    ...['scope', 'challengeId', 'customDomain', 'crypto'],
  )
  const loginOptions = nothing('customClaims', 'templateId', 'templateOptions', 'tenantId', 'locale')

  test.each([
    ['/users/jane/actions/pay', { ...device, ...tracked }],
    [
      '/users/jane',
      {
        ...nothing('email', 'emailVerified', 'phoneNumber', 'phoneNumberVerified', 'username', 'displayName'),
        ...nothing('custom', 'locale', 'defaultVerificationMethod'),
      },
    ],
    ['/users/jane', { custom: { age: null, vip: true } }],
    [
      '/users/jane/authenticators',
      { verificationMethod: 'SMS', phoneNumber: PHONE, ...nothing('isDefault', 'email', 'otpUri') },
    ],
    [
      '/challenge',
      {
        ...{ verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE },
        ...{ ...device, ...nothing('challengeId', 'idempotencyKey', 'userId', 'scope', 'smsChannel') },
      },
    ],
    ['/validate', { token: 'x', ...nothing('userId', 'action') }],
  ])('for a backend: %s %j', async (path, body) => {
    const harness = createHarness()
    expect((await harness.server(path, { body })).status).toBe(200)
  })

  test('for a browser', async () => {
    const { client, call, track, enrol } = createHarness()
    await enrol('jane')
    const { token } = await track('jane')
    const names = nothing('username', 'displayName', 'authenticatorAttachment')
    const add = await track('jane', { scope: 'add:authenticators' })
    for (const [holder, path, body] of [
      [token, '/challenge/sms', nothing('smsChannel', 'userAuthenticatorId')],
      [token, '/verify/email-magic-link/finalize', nothing('challengeId')],
      [add.token, '/user-authenticators/passkey/registration-options', names],
      [add.token, '/user-authenticators/sms', { phoneNumber: PHONE, smsChannel: null }],
    ] as const)
      expect([path, (await client(holder, path, { body })).status]).toEqual([path, 200])
    for (const [path, body] of [
      ['/challenge', { action: 'signIn', idempotencyKey: null }],
      ['/challenge/qr-code', { action: 'signIn', custom: { till: null } }],
      ['/user-authenticators/passkey/authentication-options', nothing('challengeId', 'username')],
    ] as const)
      expect((await call(`/v1/client${path}`, { headers: tenantHeader, body })).status).toBe(200)
  })

  test('for nOTP', async () => {
    const { start } = createNotpHarness()
    const user = nothing('name', 'givenName', 'middleName', 'familyName', 'email', 'phone')
    for (const body of [
      { loginId: PHONE, user, phone: null, loginOptions, ...nothing('providerId', 'templates') },
      { loginId: PHONE, ...nothing('user', 'loginOptions') },
      { loginId: null },
    ])
      expect((await start('signup', body)).status).toBe(200)
  })

  test('so it changes nothing that is known', async () => {
    const { server } = createHarness()
    await server('/users/jane', { body: { displayName: 'Jane', custom: { age: 7 } } })
    await server('/users/jane', { body: { displayName: null, custom: null } })
    expect((await server('/users/jane')).body).toMatchObject({ displayName: 'Jane', custom: { age: 7 } })
  })

  test('so what is required is missing', async () => {
    const { server } = createHarness()
    const { status, body } = await server('/verify', { body: { challengeId: null, verificationCode: '1' } })
    expect([status, body.errorDescription]).toEqual([400, '"challengeId" is missing or not valid.'])
  })
})

test('an empty body counts as an empty object', async () => {
  const { client, enrol, track } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  for (const body of [undefined, '', ' ', '{}'])
    expect((await client(token, '/challenge/sms', { body })).status).toBe(200)
})

test.each([
  ['POST', '/'],
  ['GET', '/v1'],
  ['GET', '/v1/nothing'],
  ['POST', '/v1/client/challenge/totp'],
  ['POST', '/v1/client/verify/in-app'],
  ['POST', '/v1/client/token'],
  ['GET', '/v1/client/challenge/sms'],
  ['DELETE', '/v1/challenge'],
  ['PUT', '/v1/users/jane'],
  ['GET', '/emulator/nothing'],
  ['GET', '/challenge?token=x'],
  ['TRACE-ISH', '/v1/validate'],
])('%s %s is not implemented, and says so in JSON', async (method, path) => {
  const { call } = createHarness()
  const { status, body, headers } = await call(path, { method })
  expect([status, body.error, body.errorCode]).toEqual([
    501,
    'emulator_not_implemented',
    'emulator_not_implemented',
  ])
  expect(headers.get('Content-Type')).toBe('application/json')
})

test('a doubled slash counts as one', async () => {
  const { call, server } = createHarness()
  expect((await server('//users//jane')).status).toBe(200)
  expect((await call('//emulator/health')).status).toBe(200)
})

test('HEAD responds like GET without a body', async () => {
  const { emulator } = createHarness()
  for (const path of ['/emulator/health', '/emulator/messages/stream']) {
    const response = await emulator.fetch(path, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  }
})

test('OPTIONS outside the Client API allows no page anything', async () => {
  const { call } = createHarness()
  const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
  for (const [path, status] of [
    ['/v1/validate', 204],
    ['/nothing', 204],
    ['/emulator/reset', 403],
  ] as const) {
    const response = await call(path, { method: 'OPTIONS', headers })
    expect(response.status).toBe(status)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
  }
})

test.each([
  ['GET', '/v1/nothing'],
  ['GET', '/v1/users/jane/actions/pay/'],
  ['DELETE', '/v1/challenge'],
  ['PUT', '/v1/users/jane'],
])('%s %s refuses a wrong secret before it says that there is no such route', async (method, path) => {
  const { call, server } = createHarness()
  for (const given of ['bad-secret:', 'demo-secret', ':demo-secret', '']) {
    const { status, body } = await call(path, { method, headers: { Authorization: `Basic ${btoa(given)}` } })
    expect([status, body.error, body.errorCode, body.errorDescription]).toEqual([
      401,
      'unauthorized',
      'unauthorized',
      'The request is unauthorized. Check that your API key and region base URL are correctly configured.',
    ])
  }
  expect((await server(path.replace('/v1', ''), { method })).status).toBe(501)
})

test('a header that is not a secret is ignored where a browser has no route', async () => {
  const { call, client, track } = createHarness()
  const { token } = await track('jane')
  expect((await client(token, '/nothing')).status).toBe(501)
  expect((await call('/v1/client/nothing', { headers: tenantHeader })).status).toBe(501)
  const headers = { Authorization: 'Bearer P2localdemo00000000000000000' }
  expect((await call('/v1/auth/nothing', { headers })).status).toBe(501)
})

test('no refusal repeats what the request contained', async () => {
  const harness = await inhabited()
  const code = await nextCode(harness.emulator, PHONE)
  const { token, refreshJwt, pendingRef } = harness
  const secrets = { phoneNumber: `${PHONE}x`, email: `${EMAIL} x`, token, verificationCode: 7 }
  const notp = { loginId: EMAIL, phone: `${PHONE}x`, pendingRef, code: refreshJwt }
  for (const route of ROUTES) {
    const { status, body } = await harness.send(route, { ...secrets, ...notp, userId: 7, action: `!${code}` })
    const text = status === 200 ? '' : JSON.stringify(body)
    for (const secret of [PHONE, EMAIL, token, code, refreshJwt, pendingRef, 'demo-secret'])
      expect(text).not.toContain(secret)
  }
})

const key = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ...['__proto__', 'constructor', 'phoneNumber', 'email', 'verificationCode', 'challengeId', 'userId'],
    ...[
      'action',
      'verificationMethod',
      'scope',
      'state',
      'custom',
      'token',
      'redirectUrl',
      'registrationCredential',
      'authenticationCredential',
      'publicKey',
      'signature',
      'deviceCode',
      'approved',
      'otpUri',
      'advance',
      'reset',
      'loginId',
      'loginOptions',
      'user',
      'phone',
      'pendingRef',
      'code',
    ],
  ),
)
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc
    .dictionary(key, fc.oneof(fc.jsonValue(), fc.constantFrom(PHONE, EMAIL, 'SMS', 'jane')))
    .map(value => JSON.stringify(value)),
)

test('no body makes any route fail: every response is JSON below 500, and a refusal changes nothing', async () => {
  let harness = await inhabited()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), body, async (route, text) => {
      const before = await snapshot(harness)
      const response = await harness.send(route, text)
      expect(response.status).toBeLessThan(500)
      expect(response.headers.get('Content-Type')).toBe('application/json')
      if (response.status === 200) {
        harness = await inhabited()
        return
      }
      expect(response.body.errorCode).toEqual(expect.any(String))
      if (route[0] !== 'notp') expect(response.body.error).toBe(response.body.errorCode)
      expect(await snapshot(harness)).toBe(before)
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('no path or query makes it fail', async () => {
  const { server, call } = createHarness()
  const prefixes = [
    '/users/',
    '/users?',
    '/users/jane/actions/',
    '/users/jane/actions?',
    '/challenges?',
    '/user-authenticators/passkey?credentialIds=',
    '/user-authenticators/push?publicKey=',
    '/user-authenticators/push/challenge?publicKey=',
    '/',
  ]
  const anonymous = (path: string) => call(`/v1/client${path}`, { headers: tenantHeader })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...prefixes),
      fc.webFragments(),
      fc.string(),
      async (prefix, part, raw) => {
        for (const rest of [part, encodeURIComponent(raw), '%', '%ff'])
          for (const send of [server, anonymous]) {
            const { status } = await send(`${prefix}${rest}`)
            expect(status === 501 || status < 500).toBe(true)
          }
      },
    ),
    { numRuns: 25 },
  )
}, 30_000)

test('no Authorization header makes it fail or lets anyone in', async () => {
  const { call } = createHarness()
  const value = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.base64String().map(text => `Basic ${text}`),
    fc.base64String().map(text => `Bearer ${text}.${text}.${text}`),
  )
  await fc.assert(
    fc.asyncProperty(value, async text => {
      const headers = { Authorization: text }
      expect((await call('/v1/users/jane', { headers })).status).toBe(401)
      expect((await call('/v1/client/init', { headers, method: 'POST' })).status).toBe(401)
      expect((await call('/v1/auth/me', { headers })).status).toBe(401)
    }),
    { numRuns: 50 },
  )
})
