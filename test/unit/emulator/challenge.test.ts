// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, nextCode, OTHER_PHONE, PHONE, wrong } from './harness.js'

const METHODS = [
  { path: 'sms', name: 'SMS', channel: 'SMS', contact: PHONE },
  { path: 'whatsapp', name: 'WHATSAPP', channel: 'WHATSAPP', contact: PHONE },
  { path: 'email-otp', name: 'EMAIL_OTP', channel: 'EMAIL', contact: EMAIL },
] as const

describe.each(METHODS)('$path', ({ path, name, channel, contact }) => {
  async function challenged() {
    const harness = createHarness()
    await harness.enrol('jane', contact, name)
    const tracked = await harness.track('jane')
    const response = await harness.client(tracked.token, `/challenge/${path}`)
    const code = await nextCode(harness.emulator, contact)
    const verify = (verificationCode: string) =>
      harness.client(tracked.token, `/verify/${path}`, { body: { verificationCode } })
    return { ...harness, tracked, token: tracked.token, response, code, verify }
  }

  test('challenge() returns only the challenge ID and sends a six-digit code', async () => {
    const { response, emulator, code } = await challenged()
    expect(response.status).toBe(200)
    expect(response.body).toEqual({ challengeId: expect.any(String) })
    expect(code).toMatch(/^\d{6}$/)
    expect(emulator.messages.list()).toEqual([
      {
        id: expect.any(String),
        channel,
        to: contact,
        code,
        body: expect.stringContaining(`${code} is your verification code for demo-tenant`),
        challengeId: response.body.challengeId,
        userId: 'jane',
        actionCode: 'pay',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ])
  })

  test('the right code completes the action', async () => {
    const { verify, code, validate, token, tracked } = await challenged()
    expect(tracked.state).toBe('CHALLENGE_REQUIRED')
    expect(await validate(token)).toMatchObject({ isValid: false, state: 'CHALLENGE_REQUIRED' })
    const { status, body } = await verify(code)
    expect(status).toBe(200)
    expect(body).toEqual({ isVerified: true, accessToken: expect.any(String) })
    for (const each of [token, body.accessToken])
      expect(await validate(each)).toMatchObject({
        isValid: true,
        state: 'CHALLENGE_SUCCEEDED',
        verificationMethod: name,
        actionCode: 'pay',
        action: 'pay',
        userId: 'jane',
      })
  })

  test('a wrong code is a result, not an error, and changes nothing', async () => {
    const { verify, code, validate, token } = await challenged()
    const { status, body } = await verify(wrong(code))
    expect(status).toBe(200)
    expect(body).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
    expect((await validate(token)).state).toBe('CHALLENGE_REQUIRED')
    expect((await verify(code)).body.isVerified).toBe(true)
  })

  test('a code works once', async () => {
    const { verify, code } = await challenged()
    await verify(code)
    expect((await verify(code)).body).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
  })

  test('a resend invalidates the code before it', async () => {
    const { verify, code, client, token, emulator } = await challenged()
    await client(token, `/challenge/${path}`)
    const second = await nextCode(emulator, contact)
    if (second !== code) expect((await verify(code)).body.isVerified).toBe(false)
    expect((await verify(second)).body.isVerified).toBe(true)
  })

  test('a resend invalidates the code for the backend too', async () => {
    const { response, code, client, token, server } = await challenged()
    await client(token, `/challenge/${path}`)
    const body = { challengeId: response.body.challengeId, verificationCode: code }
    expect((await server('/verify', { body })).body.isVerified).toBe(false)
  })

  test('a code expires after ten minutes', async () => {
    const { emulator, verify, code, track, client } = await challenged()
    emulator.clock.advance(599)
    const { token } = await track('jane', { idempotencyKey: 'late' })
    await client(token, `/challenge/${path}`)
    const late = await nextCode(emulator, contact)
    emulator.clock.advance(600)
    const fresh = await track('jane', { idempotencyKey: 'late' })
    const { body } = await client(fresh.token, `/verify/${path}`, { body: { verificationCode: late } })
    expect(body).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
    expect((await verify(code)).body.errorCode).toBe('expired_token')
  })

  test('a code is still good a second before it expires', async () => {
    const { emulator, verify, code } = await challenged()
    emulator.clock.advance(598)
    expect((await verify(code)).body.isVerified).toBe(true)
  })

  test('a code of another action or user does not verify this one', async () => {
    const { client, code, track, enrol, verify } = await challenged()
    await enrol('john', contact === PHONE ? OTHER_PHONE : 'john@example.com', name)
    for (const { token } of [await track('jane'), await track('jane', {}, 'other'), await track('john')])
      expect((await client(token, `/verify/${path}`, { body: { verificationCode: code } })).body).toEqual({
        isVerified: false,
        failureReason: 'CODE_INVALID_OR_EXPIRED',
      })
    expect((await verify(code)).body.isVerified).toBe(true)
  })

  test('of 200 attempts at once with the right code one succeeds', async () => {
    const { verify, code } = await challenged()
    const responses = await Promise.all(Array.from({ length: 200 }, () => verify(code)))
    expect(responses.filter(({ body }) => body.isVerified)).toHaveLength(1)
    expect(responses.every(({ status }) => status === 200)).toBe(true)
  })

  test('without an authenticator or contact there is nothing to send a code to', async () => {
    const { client, track, emulator } = createHarness()
    const { token } = await track('unknown')
    const { status, body } = await client(token, `/challenge/${path}`)
    expect([status, body.errorCode]).toEqual([400, 'invalid_request'])
    expect(emulator.messages.list()).toEqual([])
  })
})

test('a code of one method does not verify another', async () => {
  const { client, enrol, track, emulator } = createHarness()
  await enrol('jane', PHONE, 'SMS')
  await enrol('jane', OTHER_PHONE, 'WHATSAPP')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  await client(token, '/challenge/whatsapp')
  const verificationCode = await nextCode(emulator, PHONE)
  expect((await client(token, '/verify/whatsapp', { body: { verificationCode } })).body.isVerified).toBe(
    false,
  )
  expect((await client(token, '/verify/email-otp', { body: { verificationCode } })).body.isVerified).toBe(
    false,
  )
  expect((await client(token, '/verify/sms', { body: { verificationCode } })).body.isVerified).toBe(true)
})

test('an SMS code that is sent over WhatsApp stays an SMS code', async () => {
  const { client, enrol, track, server, emulator } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms', { body: { smsChannel: 'WHATSAPP' } })
  expect(emulator.messages.latest()?.channel).toBe('WHATSAPP')
  const verificationCode = await nextCode(emulator, PHONE)
  expect((await client(token, '/verify/sms', { body: { verificationCode } })).body.isVerified).toBe(true)
  const { body } = await server('/users/jane/authenticators')
  expect(body[0]).toMatchObject({ verificationMethod: 'SMS', previousSmsChannel: 'WHATSAPP' })
})

test('challenge() can name the authenticator it means', async () => {
  const { client, enrol, track, emulator } = createHarness()
  const { userAuthenticatorId } = await enrol('jane')
  const { token } = await track('jane')
  expect((await client(token, '/challenge/sms', { body: { userAuthenticatorId } })).status).toBe(200)
  const unknown = await client(token, '/challenge/sms', { body: { userAuthenticatorId: 'x' } })
  expect([unknown.status, unknown.body.errorCode]).toEqual([404, 'not_found'])
  expect(emulator.messages.list()).toHaveLength(1)
})

test('a code for a number that was replaced meanwhile is no longer valid', async () => {
  const { client, enrol, track, emulator, validate } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  const verificationCode = await nextCode(emulator, PHONE)
  await enrol('jane', OTHER_PHONE)
  expect((await client(token, '/verify/sms', { body: { verificationCode } })).body.isVerified).toBe(false)
  expect((await validate(token)).isValid).toBe(false)
})

test('a code for an authenticator that was removed meanwhile is no longer valid and enrols nothing', async () => {
  const { client, enrol, track, emulator, server } = createHarness()
  const { userAuthenticatorId } = await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  const verificationCode = await nextCode(emulator, PHONE)
  await server(`/users/jane/authenticators/${userAuthenticatorId}`, { method: 'DELETE' })
  expect((await client(token, '/verify/sms', { body: { verificationCode } })).body.isVerified).toBe(false)
  expect((await server('/users/jane/authenticators')).body).toEqual([])
})

test('verify() records when the authenticator was used last', async () => {
  const { client, enrol, track, emulator, server } = createHarness()
  const before = await enrol('jane')
  emulator.clock.advance(60)
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  await client(token, '/verify/sms', { body: { verificationCode: await nextCode(emulator, PHONE) } })
  const [after] = (await server('/users/jane/authenticators')).body
  expect(after.verifiedAt).toBe(before.verifiedAt)
  expect(Date.parse(after.lastVerifiedAt)).toBeGreaterThanOrEqual(Date.parse(before.lastVerifiedAt) + 60_000)
})

test('a text ends with the line that ties its code to the domain; the code is first, and it is one message', async () => {
  const { enrol, track, client, emulator } = createHarness({ rpId: 'app.example.com' })
  await enrol('jane')
  await enrol('jane', PHONE, 'WHATSAPP')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  await client(token, '/challenge/whatsapp')
  await client(token, '/challenge/sms', { body: { smsChannel: 'WHATSAPP' } })
  const [third, whatsapp, sms] = emulator.messages.list()
  expect(sms!.body).toMatch(new RegExp(`^${sms!.code} [^]+\\n\\n@app\\.example\\.com #${sms!.code}$`))
  expect(sms!.body.length).toBeLessThanOrEqual(160)
  for (const { body, code } of [third!, whatsapp!]) {
    expect(body.startsWith(`${code} `)).toBe(true)
    expect(body).not.toContain('@')
  }
})

describe('a user with nothing enrolled', () => {
  test.each([
    { path: 'sms', details: { phoneNumber: PHONE }, to: PHONE, name: 'SMS' },
    { path: 'whatsapp', details: { phoneNumber: PHONE }, to: PHONE, name: 'WHATSAPP' },
    { path: 'email-otp', details: { email: EMAIL }, to: EMAIL, name: 'EMAIL_OTP' },
  ])(
    'verifies by $path the contact of the track call, which enrols it',
    async ({ path, details, to, name }) => {
      const { client, track, emulator, validate, server } = createHarness()
      const { token, state } = await track('jane', details)
      expect(state).toBe('ALLOW')
      await client(token, `/challenge/${path}`)
      const verificationCode = await nextCode(emulator, to)
      const { body } = await client(token, `/verify/${path}`, { body: { verificationCode } })
      expect(body.isVerified).toBe(true)
      expect(body.userAuthenticator.verificationMethod).toBe(name)
      expect(await validate(token)).toMatchObject({ isValid: true, state: 'CHALLENGE_SUCCEEDED' })
      expect((await server('/users/jane')).body).toMatchObject({ isEnrolled: true, ...details })
    },
  )

  test('verifies the number of the user record', async () => {
    const { client, track, emulator, server } = createHarness()
    await server('/users/jane', { method: 'PATCH', body: { phoneNumber: PHONE } })
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    expect(emulator.messages.latest()?.to).toBe(PHONE)
  })
})

test('a tracked number reaches an enrolled user only over WhatsApp, and is not enrolled by it', async () => {
  const { client, enrol, track, emulator, server } = createHarness()
  await enrol('jane', EMAIL, 'EMAIL_OTP')
  const { token } = await track('jane', { phoneNumber: PHONE })
  expect((await client(token, '/challenge/sms')).status).toBe(400)
  expect((await client(token, '/challenge/whatsapp')).status).toBe(200)
  const verificationCode = await nextCode(emulator, PHONE)
  const { body } = await client(token, '/verify/whatsapp', { body: { verificationCode } })
  expect(body).toEqual({ isVerified: true, accessToken: expect.any(String) })
  expect((await server('/users/jane/authenticators')).body).toHaveLength(1)
})

test.each(['BLOCK', 'REVIEW_REQUIRED', 'REVIEW_SUCCEEDED', 'REVIEW_FAILED', 'CHALLENGE_FAILED'])(
  'a right code does not change the state %s',
  async state => {
    const { client, enrol, track, emulator, server, validate } = createHarness()
    await enrol('jane')
    const { token, idempotencyKey } = await track('jane')
    await server(`/users/jane/actions/pay/${idempotencyKey}`, { method: 'PATCH', body: { state } })
    await client(token, '/challenge/sms')
    await client(token, '/verify/sms', { body: { verificationCode: await nextCode(emulator, PHONE) } })
    expect(await validate(token)).toMatchObject({ isValid: false, state })
  },
)

test('200 users at once each get their own code', async () => {
  const { client, enrol, track, emulator, validate } = createHarness()
  const phones = Array.from({ length: 200 }, (_, i) => `+6421${1_000_000 + i}`)
  const results = await Promise.all(
    phones.map(async phone => {
      await enrol(phone, phone)
      const { token } = await track(phone)
      await client(token, '/challenge/sms')
      const verificationCode = await nextCode(emulator, phone)
      await client(token, '/verify/sms', { body: { verificationCode } })
      return (await validate(token, { userId: phone })).isValid
    }),
  )
  expect(results.every(Boolean)).toBe(true)
})
