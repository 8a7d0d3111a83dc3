// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, type Harness, nextCode, ORIGIN, OTHER_PHONE, PHONE } from './harness.js'

describe('track', () => {
  test.each([
    { outcome: undefined, enrolled: 'CHALLENGE_REQUIRED', newcomer: 'ALLOW' },
    { outcome: 'CHALLENGE', enrolled: 'CHALLENGE_REQUIRED', newcomer: 'ALLOW' },
    { outcome: 'ALLOW', enrolled: 'ALLOW', newcomer: 'ALLOW' },
    { outcome: 'REVIEW', enrolled: 'REVIEW_REQUIRED', newcomer: 'REVIEW_REQUIRED' },
    { outcome: 'BLOCK', enrolled: 'BLOCK', newcomer: 'BLOCK' },
  ])('the outcome $outcome gives $enrolled, and $newcomer without an authenticator', async row => {
    const { call, enrol, track } = createHarness()
    if (row.outcome) await call('/emulator/outcomes', { body: { action: 'pay', outcome: row.outcome } })
    await enrol('jane')
    expect((await track('jane')).state).toBe(row.enrolled)
    expect((await track('john')).state).toBe(row.newcomer)
    expect((await track('jane', {}, 'another')).state).toBe('CHALLENGE_REQUIRED')
  })

  test('returns everything the SDKs read', async () => {
    const { enrol, track } = createHarness()
    await enrol('jane')
    const body = await track('jane')
    expect(body).toEqual({
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      state: 'CHALLENGE_REQUIRED',
      token: expect.any(String),
      url: `${ORIGIN}/challenge?token=${body.token}`,
      isEnrolled: true,
      enrolledVerificationMethods: ['SMS'],
      allowedVerificationMethods: [
        'SMS',
        'WHATSAPP',
        'EMAIL_OTP',
        'EMAIL_MAGIC_LINK',
        'AUTHENTICATOR_APP',
        'PASSKEY',
        'SECURITY_KEY',
        'PUSH',
      ],
      defaultVerificationMethod: 'SMS',
      ruleIds: [],
    })
  })

  test('a known idempotency key keeps its state and gets a fresh token', async () => {
    const { enrol, track, client, emulator, call } = createHarness()
    await enrol('jane')
    const first = await track('jane', { idempotencyKey: 'key' })
    await client(first.token, '/challenge/sms')
    const verificationCode = await nextCode(emulator, PHONE)
    await client(first.token, '/verify/sms', { body: { verificationCode } })
    await call('/emulator/outcomes', { body: { action: 'pay', outcome: 'BLOCK' } })
    emulator.clock.advance(300)
    const second = await track('jane', { idempotencyKey: 'key' })
    expect(second).toMatchObject({ idempotencyKey: 'key', state: 'CHALLENGE_SUCCEEDED' })
    expect(second.token).not.toBe(first.token)
    expect((await track('jane')).state).toBe('BLOCK')
  })

  test('the URL is on the host of the request, or on the custom domain', async () => {
    const { emulator, track } = createHarness()
    const response = await emulator.fetch('http://127.0.0.1:9999//v1//users/jane/actions/pay', {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('demo-secret:')}` },
    })
    expect((await response.json()).url).toMatch(/^http:\/\/127\.0\.0\.1:9999\/challenge\?token=/)
    const { url } = await track('jane', { customDomain: 'login.example.com' })
    expect(url).toMatch(/^http:\/\/login\.example\.com\/challenge\?token=/)
  })

  test('the URL names the language of the track call, or else that of the user', async () => {
    const { server, track } = createHarness()
    const langOf = ({ url }: { url: string }) => new URL(url).searchParams.get('lang')
    expect(langOf(await track('jane'))).toBeNull()
    await server('/users/jane', { method: 'PATCH', body: { locale: 'fr&a=b' } })
    expect(langOf(await track('jane'))).toBe('fr&a=b')
    expect(langOf(await track('jane', { locale: 'pt-BR' }))).toBe('pt-BR')
  })

  test.each(['a b', 'a.b', 'é', 'a'.repeat(65)])('refuses the action code %s', async action => {
    const { server } = createHarness()
    const { status, body } = await server(`/users/jane/actions/${encodeURIComponent(action)}`, { body: {} })
    expect([status, body.errorCode]).toEqual([400, 'invalid_request'])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'not a url', '//example.com'])(
    'refuses to return to %s',
    async redirectUrl => {
      const { server } = createHarness()
      expect((await server('/users/jane/actions/pay', { body: { redirectUrl } })).status).toBe(400)
    },
  )

  test('remembers the user’s contact, but not in place of a verified one', async () => {
    const { enrol, track, server } = createHarness()
    await track('jane', { email: EMAIL, phoneNumber: PHONE, username: 'jane99' })
    expect((await server('/users/jane')).body).toMatchObject({
      email: EMAIL,
      emailVerified: false,
      phoneNumber: PHONE,
      username: 'jane99',
    })
    await enrol('jane')
    await track('jane', { phoneNumber: OTHER_PHONE })
    expect((await server('/users/jane')).body.phoneNumber).toBe(PHONE)
  })
})

describe('user IDs', () => {
  test.each(['auth0|x', '123:test', 'a@b.c', 'ümläut', 'with space', '100%', 'a/b'])(
    '%s arrives raw or percent-encoded',
    async userId => {
      const { server, emulator } = createHarness()
      await server(`/users/${encodeURIComponent(userId)}`, { method: 'PATCH', body: { username: 'me' } })
      const { users } = (await server('/users?username=me')).body
      expect(users).toMatchObject([{ userId }])
      if (userId.includes('/')) return
      const raw = await emulator.fetch(`${ORIGIN}/v1/users/${userId}`, {
        headers: { Authorization: `Basic ${btoa('demo-secret:')}` },
      })
      expect((await raw.json()).username).toBe('me')
    },
  )
})

describe('validate', () => {
  test('refuses another user or action, and can be repeated', async () => {
    const { track, validate } = createHarness()
    const { token } = await track('jane')
    expect(await validate(token, { userId: 'john' })).toEqual({ isValid: false, error: 'User is invalid.' })
    expect(await validate(token, { action: 'other' })).toEqual({
      isValid: false,
      error: 'Action is invalid.',
    })
    const first = await validate(token, { userId: 'jane', action: 'pay' })
    expect(first).toMatchObject({ isValid: false, state: 'ALLOW', userId: 'jane' })
    expect(await validate(token)).toEqual(first)
  })

  test('refuses an expired token with a result, not an error', async () => {
    const { track, validate, emulator } = createHarness()
    const { token } = await track('jane')
    emulator.clock.advance(600)
    expect(await validate(token)).toEqual({ isValid: false, error: 'Token is invalid or expired.' })
  })
})

describe('a challenge of the backend', () => {
  const SIGN_IN = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }

  async function started(body: object = SIGN_IN) {
    const harness = createHarness()
    const challenge = (await harness.server('/challenge', { body })).body
    const code = harness.emulator.messages.latest()!.code!
    const verify = (verificationCode = code) =>
      harness.server('/verify', { body: { challengeId: challenge.challengeId, verificationCode } })
    const claim = (userId: string, rest: object = {}) =>
      harness.server('/claim', { body: { challengeId: challenge.challengeId, userId, ...rest } })
    return { ...harness, ...challenge, code, verify, claim }
  }

  test.each([
    { verificationMethod: 'SMS', phoneNumber: PHONE },
    { verificationMethod: 'WHATSAPP', phoneNumber: PHONE },
    { verificationMethod: 'EMAIL_OTP', email: EMAIL },
  ])('by $verificationMethod is verified by its code', async details => {
    const { emulator, expiresAt, idempotencyKey, verify } = await started({ action: 'signIn', ...details })
    expect(idempotencyKey).toEqual(expect.any(String))
    expect(Math.abs(expiresAt - (emulator.clock.now() / 1000 + 600))).toBeLessThan(2)
    expect((await verify()).body).toEqual({ isVerified: true, ...details })
    expect((await verify()).body).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
  })

  test('sends a new code when it is named, and the old one is no longer valid', async () => {
    const { server, emulator, challengeId, code, verify } = await started()
    emulator.clock.advance(60)
    const again = await server('/challenge', { body: { challengeId } })
    expect(again.body.challengeId).toBe(challengeId)
    const second = emulator.messages.latest()!.code!
    if (second !== code) expect((await verify(code)).body.isVerified).toBe(false)
    expect((await verify(second)).body.isVerified).toBe(true)
    expect((await server('/challenge', { body: { challengeId } })).status).toBe(400)
    expect((await server('/challenge', { body: { challengeId: 'x' } })).status).toBe(404)
  })

  test('expires', async () => {
    const { emulator, verify, claim, server, challengeId } = await started()
    emulator.clock.advance(600)
    expect((await server('/challenge', { body: { challengeId } })).status).toBe(400)
    expect((await verify()).body.failureReason).toBe('CODE_INVALID_OR_EXPIRED')
    expect((await claim('jane', { skipVerificationCheck: true })).status).toBe(400)
  })

  test('is claimed once it is verified, by one user', async () => {
    const { verify, claim, validate } = await started()
    expect(await claim('jane')).toMatchObject({ status: 400, body: { errorCode: 'invalid_request' } })
    await verify()
    const { token, verificationMethod } = (await claim('jane')).body
    expect(verificationMethod).toBe('SMS')
    expect(await validate(token)).toMatchObject({ isValid: true, userId: 'jane', actionCode: 'signIn' })
    expect((await claim('jane')).status).toBe(200)
    expect((await claim('john')).status).toBe(400)
  })

  test('may be claimed before it is verified, and then counts when it is', async () => {
    const { verify, claim, validate, server } = await started()
    const { token } = (await claim('jane', { skipVerificationCheck: true })).body
    expect(await validate(token)).toMatchObject({ isValid: false, state: 'CHALLENGE_REQUIRED' })
    await verify()
    expect(await validate(token)).toMatchObject({ isValid: true })
    expect((await server('/users/jane/authenticators')).body).toEqual([])
  })

  test('of a user is not claimed by another', async () => {
    const { verify, claim } = await started({ ...SIGN_IN, userId: 'jane' })
    await verify()
    expect((await claim('john')).status).toBe(400)
    expect((await claim('jane')).status).toBe(200)
  })

  test('an unknown challenge is not found', async () => {
    const { server } = createHarness()
    for (const [path, rest] of [
      ['/verify', { verificationCode: '123456' }],
      ['/claim', { userId: 'jane' }],
    ] as const)
      expect(await server(path, { body: { challengeId: 'x', ...rest } })).toMatchObject({
        status: 404,
        body: { errorCode: 'not_found' },
      })
  })

  test('can be looked up while it is active', async () => {
    const { server, challengeId, expiresAt, verify, claim, emulator } = await started()
    const open = { challengeId, expiresAt, phoneNumber: PHONE, action: 'signIn' }
    expect((await server(`/challenges?challengeId=${challengeId}`)).body).toEqual(open)
    expect((await server('/challenges?action=signIn&verificationMethod=SMS')).body).toEqual(open)
    expect((await server('/challenges?userId=jane')).body).toEqual({})
    await verify()
    await claim('jane')
    expect((await server('/challenges?userId=jane')).body).toEqual({ ...open, verificationMethod: 'SMS' })
    expect((await server('/challenges')).status).toBe(400)
    emulator.clock.advance(600)
    expect((await server('/challenges?userId=jane')).body).toEqual({})
    expect((await server(`/challenges?challengeId=${challengeId}`)).status).toBe(404)
  })
})

describe('users', () => {
  test('an unknown user looks like one who has done nothing', async () => {
    const { server } = createHarness()
    const { status, body } = await server('/users/unknown')
    expect(status).toBe(200)
    expect(body).toMatchObject({ isEnrolled: false, emailVerified: false, phoneNumberVerified: false })
    expect((await server('/users')).body).toEqual({ users: [] })
  })

  test.each(['PATCH', 'POST'])('%s changes only what it is given', async method => {
    const { server } = createHarness()
    await server('/users/jane', { method, body: { email: EMAIL, displayName: 'Jane' } })
    const { body } = await server('/users/jane', { method, body: { username: 'jane99', custom: { age: 7 } } })
    expect(body).toEqual({ userId: 'jane', username: 'jane99', custom: { age: 7 } })
    expect((await server('/users/jane')).body).toMatchObject({
      email: EMAIL,
      displayName: 'Jane',
      username: 'jane99',
      custom: { age: 7 },
    })
  })

  test.each(['123456', '1234567890', '9876543210', '0211234567', '123456789012345'])(
    'a track call or a user may have the number %s, which stays as it was written',
    async phoneNumber => {
      const { server, track } = createHarness()
      const { body } = await server('/users/jane', { method: 'PATCH', body: { phoneNumber } })
      expect(body).toEqual({ userId: 'jane', phoneNumber })
      expect((await server('/users/jane')).body.phoneNumber).toBe(phoneNumber)
      expect((await server(`/users?phoneNumber=${phoneNumber}`)).body.users).toMatchObject([{ phoneNumber }])
      expect((await track('john', { phoneNumber })).state).toBe('ALLOW')
      expect((await server('/users/john')).body.phoneNumber).toBe(phoneNumber)
    },
  )

  test.each(['12345', '1234567890123456', '+0211234567', '021 123 4567', '12345a', '', '١٢٣٤٥٦٧'])(
    'the number %j is refused everywhere',
    async phoneNumber => {
      const { server } = createHarness()
      for (const [path, rest] of [
        ['/users/jane', {}],
        ['/users/jane/actions/pay', {}],
        ['/users/jane/authenticators', { verificationMethod: 'SMS' }],
        ['/challenge', { verificationMethod: 'SMS', action: 'signIn' }],
      ] as const)
        expect((await server(path, { body: { ...rest, phoneNumber } })).status).toBe(400)
      expect((await server('/users')).body.users).toEqual([])
    },
  )

  test('a verified new number moves the authenticators, an unverified one does not', async () => {
    const { server, enrol } = createHarness()
    await enrol('jane')
    const numberOf = async () => (await server('/users/jane/authenticators')).body[0].phoneNumber
    await server('/users/jane', { method: 'PATCH', body: { phoneNumber: OTHER_PHONE } })
    expect(await numberOf()).toBe(PHONE)
    expect((await server('/users/jane')).body.phoneNumberVerified).toBe(false)
    await server('/users/jane', {
      method: 'PATCH',
      body: { phoneNumber: OTHER_PHONE, phoneNumberVerified: true },
    })
    expect(await numberOf()).toBe(OTHER_PHONE)
    expect((await server('/users/jane')).body.phoneNumberVerified).toBe(true)
  })

  test('a step-up by an old number does not undo a new one', async () => {
    const { server, enrol, track, client, emulator } = createHarness()
    await enrol('jane')
    await server('/users/jane', { method: 'PATCH', body: { phoneNumber: OTHER_PHONE } })
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    await client(token, '/verify/sms', { body: { verificationCode: await nextCode(emulator, PHONE) } })
    expect((await server('/users/jane')).body).toMatchObject({
      phoneNumber: OTHER_PHONE,
      phoneNumberVerified: false,
    })
  })

  test('are found by exact match, page by page', async () => {
    const { server } = createHarness()
    for (let i = 10; i < 65; i++)
      await server(`/users/u${i}`, { method: 'PATCH', body: { email: i % 2 ? 'odd@example.com' : EMAIL } })
    const first = (await server('/users')).body
    expect(first.users).toHaveLength(50)
    const rest = (await server(`/users?lastEvaluatedUserId=${first.lastEvaluatedUserId}`)).body
    expect(rest.users.map((user: { userId: string }) => user.userId)).toEqual([
      'u60',
      'u61',
      'u62',
      'u63',
      'u64',
    ])
    expect(rest).not.toHaveProperty('lastEvaluatedUserId')
    expect((await server(`/users?email=${EMAIL}&limit=100`)).body.users).toHaveLength(28)
    expect((await server('/users?email=jane@example.co')).body.users).toEqual([])
    for (const limit of ['0', '101', 'x', '-1'])
      expect((await server(`/users?limit=${limit}`)).status).toBe(400)
    expect((await server('/users?token=x')).body.errorCode).toBe('invalid_configuration')
  })

  test('are deleted with everything they had', async () => {
    const { server, enrol, track, validate } = createHarness()
    await enrol('jane')
    const { token } = await track('jane')
    expect((await server('/users/jane', { method: 'DELETE' })).body).toEqual({ success: true })
    expect((await server('/users/jane')).body.isEnrolled).toBe(false)
    expect((await server('/users/jane/actions')).body).toEqual([])
    expect((await validate(token)).isValid).toBe(false)
    expect((await server('/users/jane', { method: 'DELETE' })).status).toBe(200)
  })
})

describe('devices', () => {
  const devicesOf = async ({ server }: Harness, userId = 'jane') =>
    (await server(`/users/${userId}/devices`)).body
  const invalidate = ({ server }: Harness, deviceId: string, userId = 'jane') =>
    server(`/users/${userId}/devices/${encodeURIComponent(deviceId)}/invalidate`, { method: 'POST' })
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

  test('are those that track calls named, oldest first', async () => {
    const harness = createHarness()
    expect(await devicesOf(harness, 'unknown')).toEqual([])
    await harness.track('jane', { deviceId: 'laptop' })
    await harness.track('jane', { deviceId: 'phone' })
    await harness.track('jane', { deviceId: 'laptop' })
    for (const deviceId of [undefined, null, '']) await harness.track('jane', { deviceId })
    expect(await devicesOf(harness)).toEqual([
      { userId: 'jane', deviceId: 'laptop', createdAt: time },
      { userId: 'jane', deviceId: 'phone', createdAt: time },
    ])
    expect(await devicesOf(harness, 'john')).toEqual([])
  })

  test('a verified challenge of the action authenticates its device', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    await harness.track('jane', { deviceId: 'phone' })
    const { token } = await harness.track('jane', { deviceId: 'laptop' })
    await harness.client(token, '/challenge/sms')
    const body = { verificationCode: await nextCode(harness.emulator, PHONE) }
    await harness.client(token, '/verify/sms', { body })
    expect(await devicesOf(harness)).toEqual([
      { userId: 'jane', deviceId: 'phone', createdAt: time },
      {
        userId: 'jane',
        deviceId: 'laptop',
        createdAt: time,
        authenticatedAt: time,
        lastVerificationMethod: 'SMS',
      },
    ])
  })

  test('are invalidated one by one, by a call without a body', async () => {
    const harness = createHarness()
    await harness.track('jane', { deviceId: 'a device/1' })
    await harness.track('jane', { deviceId: 'other' })
    const { status, body } = await invalidate(harness, 'a device/1')
    expect(status).toBe(200)
    expect(body).toEqual({ userId: 'jane', deviceId: 'a device/1', createdAt: time, invalidatedAt: time })
    expect(await devicesOf(harness)).toEqual([body, { userId: 'jane', deviceId: 'other', createdAt: time }])
    // A device that is seen again stays what it is.
    await harness.track('jane', { deviceId: 'a device/1' })
    expect((await devicesOf(harness))[0]).toEqual(body)
  })

  test('one that the user does not have is not found', async () => {
    const harness = createHarness()
    await harness.track('jane', { deviceId: 'laptop' })
    for (const [deviceId, userId] of [
      ['phone', 'jane'],
      ['laptop', 'john'],
      ['__proto__', 'jane'],
    ] as const) {
      const { status, body } = await invalidate(harness, deviceId, userId)
      expect([status, body.errorCode]).toEqual([404, 'not_found'])
    }
    expect((await harness.server('/users')).body.users).toHaveLength(1)
  })

  test('need the secret, and go with their user', async () => {
    const harness = createHarness()
    await harness.track('jane', { deviceId: 'laptop' })
    expect((await harness.call('/v1/users/jane/devices')).status).toBe(401)
    const path = '/v1/users/jane/devices/laptop/invalidate'
    expect((await harness.call(path, { method: 'POST' })).status).toBe(401)
    await harness.server('/users/jane', { method: 'DELETE' })
    expect(await devicesOf(harness)).toEqual([])
  })

  test('are not kept without end', async () => {
    const harness = createHarness()
    for (let i = 0; i < 105; i++) await harness.track('jane', { deviceId: `device-${i}` })
    const devices = await devicesOf(harness)
    expect(devices).toHaveLength(100)
    expect(devices[0].deviceId).toBe('device-5')
  })
})

describe('actions', () => {
  test('are read, updated and listed', async () => {
    const { server, enrol, track, emulator } = createHarness()
    await enrol('jane')
    await track('jane', { idempotencyKey: 'old' })
    emulator.clock.advance(60)
    const since = new Date(emulator.clock.now()).toISOString()
    const { idempotencyKey } = await track('jane', {}, 'sell')
    const path = `/users/jane/actions/sell/${idempotencyKey}`
    const before = (await server(path)).body
    expect(before).toEqual({
      state: 'CHALLENGE_REQUIRED',
      stateUpdatedAt: before.createdAt,
      createdAt: expect.any(String),
      rules: [],
      output: { outcome: 'CHALLENGE' },
    })
    emulator.clock.advance(60)
    const patched = await server(path, { method: 'PATCH', body: { state: 'REVIEW_REQUIRED' } })
    expect(patched.body).toEqual({ state: 'REVIEW_REQUIRED' })
    const after = (await server(path)).body
    expect(Date.parse(after.stateUpdatedAt)).toBeGreaterThanOrEqual(
      Date.parse(before.stateUpdatedAt) + 60_000,
    )

    const codes = async (query: string) =>
      (await server(`/users/jane/actions${query}`)).body.map(
        (each: { actionCode: string }) => each.actionCode,
      )
    expect(await codes('')).toEqual(['sell', 'pay'])
    expect(await codes('?codes=pay,x')).toEqual(['pay'])
    expect(await codes('?state=REVIEW_REQUIRED')).toEqual(['sell'])
    expect(await codes(`?fromDate=${since}`)).toEqual(['sell'])
    expect((await server('/users/jane/actions?fromDate=x')).status).toBe(400)
    expect((await server('/users/jane/actions?state=x')).status).toBe(400)
  })

  test('an unknown one is not found', async () => {
    const { server } = createHarness()
    const path = '/users/jane/actions/pay/none'
    expect((await server(path)).status).toBe(404)
    expect((await server(path, { method: 'PATCH', body: { state: 'BLOCK' } })).status).toBe(404)
  })
})
