// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, type Harness, nextCode, OTHER_PHONE, PHONE, wrong } from './harness.js'

const enrolByClient = (harness: Harness, token: string, phoneNumber: string) =>
  harness.client(token, '/user-authenticators/sms', { body: { phoneNumber } })

const verifySms = async ({ client, emulator }: Harness, token: string, phoneNumber: string) =>
  (
    await client(token, '/verify/sms', {
      body: { verificationCode: await nextCode(emulator, phoneNumber) },
    })
  ).body

describe('enrolling from the browser', () => {
  test.each([
    { path: 'sms', body: { phoneNumber: PHONE }, to: PHONE, masked: { phoneNumber: '+64*****567' } },
    { path: 'email-otp', body: { email: EMAIL }, to: EMAIL, masked: { email: 'j***@example.com' } },
  ])('a first $path authenticator needs no scope', async ({ path, body, to, masked }) => {
    const { track, client, emulator, validate, server } = createHarness()
    const { token, isEnrolled } = await track('jane')
    expect(isEnrolled).toBe(false)
    const enrolled = await client(token, `/user-authenticators/${path}`, { body })
    expect(enrolled.body).toEqual({ userAuthenticatorId: expect.any(String), userId: 'jane' })
    expect((await server('/users/jane')).body.isEnrolled).toBe(false)
    expect((await client(token, '/user-authenticators', { method: 'GET' })).body).toEqual([])

    const verificationCode = await nextCode(emulator, to)
    const verified = await client(token, `/verify/${path}`, { body: { verificationCode } })
    expect(verified.body).toMatchObject({
      isVerified: true,
      userAuthenticator: {
        userAuthenticatorId: enrolled.body.userAuthenticatorId,
        isDefault: true,
        ...masked,
      },
    })
    expect(await validate(verified.body.accessToken)).toMatchObject({ isValid: true })
    expect((await server('/users/jane')).body).toMatchObject({ isEnrolled: true, ...body })
  })

  test('a wrong code leaves the enrolment unverified', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    await enrolByClient(harness, token, PHONE)
    const verificationCode = wrong(await nextCode(harness.emulator, PHONE))
    await harness.client(token, '/verify/sms', { body: { verificationCode } })
    expect((await harness.server('/users/jane')).body.isEnrolled).toBe(false)
    const [pending] = (await harness.server('/users/jane/authenticators')).body
    expect(pending.verifiedAt).toBeUndefined()
  })

  test('enrolling again before the code is typed starts over', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    await enrolByClient(harness, token, PHONE)
    await enrolByClient(harness, token, OTHER_PHONE)
    expect((await verifySms(harness, token, PHONE)).isVerified).toBe(false)
    expect((await verifySms(harness, token, OTHER_PHONE)).isVerified).toBe(true)
    expect((await harness.server('/users/jane/authenticators')).body).toEqual([
      expect.objectContaining({ phoneNumber: OTHER_PHONE }),
    ])
  })

  test('challenge() sends the code of an enrolment again', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane', { scope: 'add:authenticators' })
    await enrolByClient(harness, token, PHONE)
    const first = await nextCode(harness.emulator, PHONE)
    expect((await harness.client(token, '/challenge/sms')).status).toBe(200)
    const second = await nextCode(harness.emulator, PHONE)
    const verify = (verificationCode: string) =>
      harness.client(token, '/verify/sms', { body: { verificationCode } })
    if (first !== second) expect((await verify(first)).body.isVerified).toBe(false)
    expect((await verify(second)).body.userAuthenticator.phoneNumber).toBe('+64*****567')
  })

  test.each([undefined, 'read:authenticators', 'remove:authenticators', 'nonsense'])(
    'an enrolled user needs more than the scope %s',
    async scope => {
      const harness = createHarness()
      await harness.enrol('jane')
      const { token } = await harness.track('jane', { scope })
      const { status, body } = await enrolByClient(harness, token, OTHER_PHONE)
      expect([status, body.error, body.errorCode]).toEqual([403, 'forbidden', 'forbidden'])
      expect(harness.emulator.messages.list()).toEqual([])
      expect((await harness.server('/users/jane/authenticators')).body).toHaveLength(1)
    },
  )

  test('add:authenticators adds a further number', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const { token } = await harness.track('jane', { scope: 'add:authenticators' })
    await enrolByClient(harness, token, OTHER_PHONE)
    expect((await verifySms(harness, token, OTHER_PHONE)).isVerified).toBe(true)
    const numbers = (await harness.server('/users/jane/authenticators')).body.map(
      (each: { phoneNumber: string }) => each.phoneNumber,
    )
    expect(numbers).toEqual([PHONE, OTHER_PHONE])
  })

  test('add:authenticators does not double a number that is there', async () => {
    const harness = createHarness()
    const existing = await harness.enrol('jane')
    const { token } = await harness.track('jane', { scope: 'add:authenticators' })
    const { body } = await enrolByClient(harness, token, PHONE)
    expect(body.userAuthenticatorId).toBe(existing.userAuthenticatorId)
    await verifySms(harness, token, PHONE)
    expect((await harness.server('/users/jane/authenticators')).body).toHaveLength(1)
  })

  test('update:authenticators changes the number once it is verified, not before', async () => {
    const harness = createHarness()
    const existing = await harness.enrol('jane')
    const { token } = await harness.track('jane', { scope: 'update:authenticators' })
    const { body } = await enrolByClient(harness, token, OTHER_PHONE)
    expect(body.userAuthenticatorId).toBe(existing.userAuthenticatorId)
    const numbers = async () =>
      (await harness.server('/users/jane/authenticators')).body.map(
        (each: { phoneNumber: string }) => each.phoneNumber,
      )
    expect(await numbers()).toEqual([PHONE])
    const verified = await verifySms(harness, token, OTHER_PHONE)
    expect(verified.userAuthenticator.phoneNumber).toBe('+64*****321')
    expect(await numbers()).toEqual([OTHER_PHONE])
    expect((await harness.server('/users/jane')).body.phoneNumber).toBe(OTHER_PHONE)
  })

  test('update:authenticators alone cannot add a method', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const { token } = await harness.track('jane', { scope: 'update:authenticators' })
    const { status } = await harness.client(token, '/user-authenticators/email-otp', {
      body: { email: EMAIL },
    })
    expect(status).toBe(403)
  })

  test('the token of a completed challenge may enrol more', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const { token } = await harness.track('jane')
    await harness.client(token, '/challenge/sms')
    const { accessToken } = await verifySms(harness, token, PHONE)
    const { status } = await harness.client(accessToken, '/user-authenticators/email-otp', {
      body: { email: EMAIL },
    })
    expect(status).toBe(200)
  })

  test('of two first enrolments begun without a scope only one is completed', async () => {
    const harness = createHarness()
    const [one, two] = [await harness.track('jane'), await harness.track('jane')]
    await enrolByClient(harness, one.token, PHONE)
    await harness.client(two.token, '/user-authenticators/email-otp', { body: { email: EMAIL } })
    expect((await verifySms(harness, one.token, PHONE)).isVerified).toBe(true)
    const verificationCode = await nextCode(harness.emulator, EMAIL)
    const late = await harness.client(two.token, '/verify/email-otp', { body: { verificationCode } })
    expect(late.body.isVerified).toBe(false)
  })

  test('WhatsApp has no enrolment call', async () => {
    const { track, client } = createHarness()
    const { token } = await track('jane')
    const { status } = await client(token, '/user-authenticators/whatsapp', { body: { phoneNumber: PHONE } })
    expect(status).toBe(501)
  })
})

describe('listing authenticators', () => {
  test('shows verified ones with masked contact data', async () => {
    const { enrol, track, client } = createHarness()
    await enrol('jane')
    await enrol('jane', EMAIL, 'EMAIL_OTP')
    const { token } = await track('jane')
    const { body } = await client(token, '/user-authenticators', { method: 'GET' })
    const time = expect.stringMatching(/\.\d{3}Z$/)
    const times = { createdAt: time, verifiedAt: time, lastVerifiedAt: time }
    const userAuthenticatorId = expect.any(String)
    expect(body).toEqual([
      {
        userAuthenticatorId,
        verificationMethod: 'SMS',
        ...times,
        isDefault: true,
        phoneNumber: '+64*****567',
      },
      { userAuthenticatorId, verificationMethod: 'EMAIL_OTP', ...times, email: 'j***@example.com' },
    ])
  })

  test('needs the scope read:authenticators', async () => {
    const { enrol, track, client } = createHarness()
    await enrol('jane')
    const { token } = await track('jane', { scope: 'add:authenticators' })
    expect((await client(token, '/user-authenticators', { method: 'GET' })).status).toBe(403)
    expect((await client(token, '/challenge/sms')).status).toBe(403)
  })
})

describe('enrolling from the backend', () => {
  async function serverChallenge(harness: Harness, body: object) {
    const { challengeId } = (
      await harness.server('/challenge', {
        body: { action: 'change', verificationMethod: 'SMS', phoneNumber: OTHER_PHONE, ...body },
      })
    ).body
    const verificationCode = await nextCode(harness.emulator, OTHER_PHONE)
    const verified = await harness.server('/verify', { body: { challengeId, verificationCode } })
    expect(verified.body).toEqual({
      isVerified: true,
      verificationMethod: 'SMS',
      phoneNumber: OTHER_PHONE,
    })
    const list = (await harness.server('/users/jane/authenticators')).body
    return list.map((each: { phoneNumber: string }) => each.phoneNumber)
  }

  test.each([
    { scope: undefined, numbers: [PHONE] },
    { scope: 'read:authenticators', numbers: [PHONE] },
    { scope: 'add:authenticators', numbers: [PHONE, OTHER_PHONE] },
    { scope: 'update:authenticators', numbers: [OTHER_PHONE] },
    { scope: 'add:authenticators update:authenticators', numbers: [OTHER_PHONE] },
  ])('the scope $scope leaves an enrolled user with $numbers', async ({ scope, numbers }) => {
    const harness = createHarness()
    await harness.enrol('jane')
    expect(await serverChallenge(harness, { userId: 'jane', scope })).toEqual(numbers)
  })

  test('a first authenticator needs no scope', async () => {
    expect(await serverChallenge(createHarness(), { userId: 'jane' })).toEqual([OTHER_PHONE])
  })

  test('without a user nothing is enrolled', async () => {
    expect(await serverChallenge(createHarness(), {})).toEqual([])
  })

  test('the action of the user is completed', async () => {
    const harness = createHarness()
    await serverChallenge(harness, { userId: 'jane', idempotencyKey: 'key' })
    expect((await harness.server('/users/jane/actions/change/key')).body.state).toBe('CHALLENGE_SUCCEEDED')
  })
})

describe('enrolling a verified contact', () => {
  test('writes a verified authenticator without a code, and the user’s contact', async () => {
    const { enrol, emulator, server } = createHarness()
    const authenticator = await enrol('jane', EMAIL, 'EMAIL_OTP')
    expect(authenticator).toMatchObject({ userId: 'jane', verificationMethod: 'EMAIL_OTP', email: EMAIL })
    expect(authenticator.verifiedAt).toBeDefined()
    expect(emulator.messages.list()).toEqual([])
    const user = (await server('/users/jane')).body
    expect(user).toMatchObject({ isEnrolled: true, email: EMAIL, emailVerified: true })
    expect('phoneNumber' in user).toBe(false)
  })

  test('updates the value when the method is there already', async () => {
    const { enrol, server } = createHarness()
    const first = await enrol('jane')
    const second = await enrol('jane', OTHER_PHONE)
    expect(second.userAuthenticatorId).toBe(first.userAuthenticatorId)
    expect((await server('/users/jane/authenticators')).body).toEqual([second])
  })

  test('returns ten recovery codes with the first authenticator only, and none when they are off', async () => {
    const body = { verificationMethod: 'SMS', phoneNumber: PHONE }
    const { server } = createHarness()
    const first = (await server('/users/jane/authenticators', { body })).body
    expect(first.recoveryCodes).toHaveLength(10)
    for (const code of first.recoveryCodes) expect(code).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}$/)
    expect((await server('/users/jane/authenticators', { body })).body).not.toHaveProperty('recoveryCodes')
    const off = createHarness({ recoveryCodes: false })
    const response = await off.server('/users/jane/authenticators', { body })
    expect(response.body).not.toHaveProperty('recoveryCodes')
  })

  test('isDefault moves the default', async () => {
    const { enrol, server, track } = createHarness()
    await enrol('jane')
    expect((await track('jane')).defaultVerificationMethod).toBe('SMS')
    const body = { verificationMethod: 'EMAIL_OTP', email: EMAIL, isDefault: true }
    await server('/users/jane/authenticators', { body })
    expect((await track('jane')).defaultVerificationMethod).toBe('EMAIL_OTP')
  })

  test.each(['PASSKEY', 'PUSH', 'RECOVERY_CODE', 'nonsense'])('refuses the method %s', async method => {
    const { server } = createHarness()
    const body = { verificationMethod: method, phoneNumber: PHONE }
    expect((await server('/users/jane/authenticators', { body })).status).toBe(400)
  })
})

test('deleting the default authenticator makes the next one the default', async () => {
  const { enrol, server, track } = createHarness()
  const { userAuthenticatorId } = await enrol('jane')
  await enrol('jane', EMAIL, 'EMAIL_OTP')
  const path = `/users/jane/authenticators/${userAuthenticatorId}`
  expect((await server(path, { method: 'DELETE' })).body).toEqual({ success: true })
  expect(await track('jane')).toMatchObject({
    enrolledVerificationMethods: ['EMAIL_OTP'],
    defaultVerificationMethod: 'EMAIL_OTP',
  })
  expect((await server(path, { method: 'DELETE' })).body.errorCode).toBe('not_found')
})

describe('init', () => {
  const OTHERS = ['EMAIL_MAGIC_LINK', 'AUTHENTICATOR_APP', 'PASSKEY', 'SECURITY_KEY']
  const init = async ({ client }: Harness, token: string) =>
    (await client(token, '/init')).body.challengeOptions

  test('gives the hosted pages an enrolled user, contact data masked', async () => {
    const harness = createHarness({ smsOptIn: false })
    await harness.enrol('jane')
    const redirectUrl = 'https://app.example.com/back?x=1#y'
    const { token } = await harness.track('jane', { redirectUrl, redirectToSettings: true })
    const options = await init(harness, token)
    expect(options).toEqual({
      token,
      defaultVerificationMethod: 'SMS',
      verificationMethods: ['SMS'],
      user: {},
      redirectUrl,
      redirectToSettings: true,
      scopes: ['read:authenticators'],
      actionCode: 'pay',
      state: 'CHALLENGE_REQUIRED',
      isEnrolled: true,
      authenticators: [expect.objectContaining({ phoneNumber: '+64*****567' })],
      smsOptIn: false,
      expiresAt: expect.any(Number),
    })
    expect(JSON.stringify(options)).not.toContain(PHONE)
  })

  test('offers what can be enrolled when nothing is, and the contact the form starts with', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    expect(await init(harness, token)).toMatchObject({
      isEnrolled: false,
      verificationMethods: ['SMS', 'EMAIL_OTP', ...OTHERS],
      smsOptIn: true,
      redirectToSettings: false,
    })
    const tracked = await harness.track('john', { phoneNumber: PHONE, email: EMAIL })
    expect(await init(harness, tracked.token)).toMatchObject({
      verificationMethods: ['SMS', 'WHATSAPP', 'EMAIL_OTP', ...OTHERS],
      user: { phoneNumber: PHONE, email: EMAIL },
    })
  })

  test('refuses an expired token with something other than 2xx', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    harness.emulator.clock.advance(600)
    const { status, body } = await harness.client(token, '/init')
    expect([status, body.errorCode]).toEqual([401, 'expired_token'])
  })
})
