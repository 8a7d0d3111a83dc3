/** The scenarios of the guides, by the unmodified server SDK against the emulator. */

import { AuthScope, Authsignal, SmsChannel, UserActionState, VerificationMethod } from '@authsignal/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { base32, totpCode } from '../support/rfc-6238.js'
import { register } from '../support/software-authenticator.js'
import { type Service, startService } from './node-sdk.js'

const PHONE = '+64211234567'
const NEW_PHONE = '+64217654321'
const EMAIL = 'jane@example.com'

const OTP = [
  { verificationMethod: VerificationMethod.SMS, path: 'sms', contact: { phoneNumber: PHONE }, to: PHONE },
  {
    verificationMethod: VerificationMethod.WHATSAPP,
    path: 'whatsapp',
    contact: { phoneNumber: PHONE },
    to: PHONE,
  },
  {
    verificationMethod: VerificationMethod.EMAIL_OTP,
    path: 'email-otp',
    contact: { email: EMAIL },
    to: EMAIL,
  },
] as const

let service: Service

beforeAll(async () => {
  service = await startService()
})
beforeEach(() => service.emulator.reset())
afterAll(() => service.close())

const enrol = (userId: string, phoneNumber = PHONE) =>
  service.authsignal.enrollVerifiedAuthenticator({
    userId,
    attributes: { verificationMethod: VerificationMethod.SMS, phoneNumber },
  })

/** A backend challenge to a number, verified with the code that it sent. */
async function verifyNumber(attributes: { phoneNumber: string; userId?: string; scope?: AuthScope }) {
  const { authsignal, received } = service
  const { challengeId } = await authsignal.challenge({
    verificationMethod: VerificationMethod.SMS,
    action: 'changeNumber',
    ...attributes,
  })
  const verificationCode = await received(attributes.phoneNumber)
  return authsignal.verify({ challengeId, verificationCode })
}

describe.each(OTP)('with $verificationMethod', ({ verificationMethod, path, contact, to }) => {
  test('sign-in: the backend challenges, verifies, looks the user up, claims and validates', async () => {
    const { authsignal, received } = service
    await authsignal.updateUser({ userId: 'jane', attributes: contact })
    const { challengeId, idempotencyKey, expiresAt } = await authsignal.challenge({
      verificationMethod,
      action: 'signIn',
      ...contact,
    })
    expect(expiresAt).toBeGreaterThan(Date.now() / 1000 + 590)
    const verificationCode = await received(to)

    const wrong = await authsignal.verify({ challengeId, verificationCode: 'wrong' })
    expect(wrong).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
    const right = await authsignal.verify({ challengeId, verificationCode })
    expect(right).toEqual({ isVerified: true, verificationMethod, ...contact })

    const { users } = await authsignal.queryUsers(contact)
    expect(users.map(({ userId }) => userId)).toEqual(['jane'])
    const claimed = await authsignal.claimChallenge({ challengeId, userId: 'jane' })
    expect(claimed).toEqual({ token: expect.any(String), verificationMethod })
    expect(await authsignal.validateChallenge({ token: claimed.token, action: 'signIn' })).toMatchObject({
      isValid: true,
      state: UserActionState.CHALLENGE_SUCCEEDED,
      userId: 'jane',
      action: 'signIn',
      idempotencyKey,
      verificationMethod,
    })
  })

  test('adaptive MFA: track, challenge and resend in the browser, verify, validate', async () => {
    const { authsignal, browser, received } = service
    await authsignal.enrollVerifiedAuthenticator({
      userId: 'jane',
      attributes: { verificationMethod, ...contact },
    })
    const { token, state, isEnrolled, idempotencyKey } = await authsignal.track({
      userId: 'jane',
      action: 'withdraw',
      attributes: {
        redirectUrl: 'https://app.example.com/back',
        deviceId: 'x',
        custom: { amount: 5, big: true },
      },
    })
    expect([state, isEnrolled]).toEqual([UserActionState.CHALLENGE_REQUIRED, true])

    await browser(token, `/challenge/${path}`)
    await received(to)
    await browser(token, `/challenge/${path}`)
    const verificationCode = await received(to)
    const { isVerified, accessToken } = await browser(token, `/verify/${path}`, { verificationCode })
    expect(isVerified).toBe(true)

    const result = await authsignal.validateChallenge({
      token: accessToken,
      action: 'withdraw',
      userId: 'jane',
    })
    expect(result).toMatchObject({ isValid: true, action: 'withdraw', idempotencyKey, verificationMethod })
    const action = await authsignal.getAction({ userId: 'jane', action: 'withdraw', idempotencyKey })
    expect(action).toMatchObject({ state: UserActionState.CHALLENGE_SUCCEEDED, verificationMethod })
  })

  test('a verified contact is enrolled without a code', async () => {
    const { authsignal } = service
    const { authenticator, recoveryCodes } = await authsignal.enrollVerifiedAuthenticator({
      userId: 'jane',
      attributes: { verificationMethod, ...contact },
    })
    expect(authenticator).toMatchObject({ userId: 'jane', verificationMethod, ...contact })
    expect(recoveryCodes).toHaveLength(10)
    expect(await authsignal.getAuthenticators({ userId: 'jane' })).toEqual([authenticator])
  })
})

describe('enrolment', () => {
  test('from the backend: challenge with add:authenticators, then verify', async () => {
    const { authsignal } = service
    await authsignal.enrollVerifiedAuthenticator({
      userId: 'jane',
      attributes: { verificationMethod: VerificationMethod.EMAIL_OTP, email: EMAIL },
    })
    await verifyNumber({ userId: 'jane', phoneNumber: PHONE, scope: AuthScope.addAuthenticators })
    const user = await authsignal.getUser({ userId: 'jane' })
    expect(user.enrolledVerificationMethods).toEqual(['EMAIL_OTP', 'SMS'])
    expect(user).toMatchObject({ phoneNumber: PHONE, phoneNumberVerified: true })
  })

  test('from the browser: track with add:authenticators, enrol, verify', async () => {
    const { authsignal, browser, received } = service
    await enrol('jane')
    const { token } = await authsignal.track({
      userId: 'jane',
      action: 'addAuthenticator',
      attributes: { scope: AuthScope.addAuthenticators },
    })
    await browser(token, '/user-authenticators/email-otp', { email: EMAIL })
    const { accessToken } = await browser(token, '/verify/email-otp', {
      verificationCode: await received(EMAIL),
    })
    expect((await authsignal.validateChallenge({ token: accessToken })).isValid).toBe(true)
    const methods = (await authsignal.getAuthenticators({ userId: 'jane' })).map(
      each => each.verificationMethod,
    )
    expect(methods).toEqual(['SMS', 'EMAIL_OTP'])
  })
})

describe('a new phone number', () => {
  const numbers = async () =>
    (await service.authsignal.getAuthenticators({ userId: 'jane' })).map(({ phoneNumber }) => phoneNumber)

  test('from the backend: challenge with update:authenticators, then verify', async () => {
    await enrol('jane')
    await verifyNumber({ userId: 'jane', phoneNumber: NEW_PHONE, scope: AuthScope.updateAuthenticators })
    expect(await numbers()).toEqual([NEW_PHONE])
  })

  test('without the scope is verified and not written', async () => {
    await enrol('jane')
    expect((await verifyNumber({ userId: 'jane', phoneNumber: NEW_PHONE })).isVerified).toBe(true)
    expect(await numbers()).toEqual([PHONE])
  })

  test('from the browser: track with update:authenticators, enrol, verify', async () => {
    const { authsignal, browser, received } = service
    await enrol('jane')
    const { token } = await authsignal.track({
      userId: 'jane',
      action: 'changeNumber',
      attributes: { scope: AuthScope.updateAuthenticators },
    })
    await browser(token, '/user-authenticators/sms', { phoneNumber: NEW_PHONE })
    await browser(token, '/verify/sms', { verificationCode: await received(NEW_PHONE) })
    expect(await numbers()).toEqual([NEW_PHONE])
  })

  test('that was verified elsewhere replaces the old one', async () => {
    const { authenticator } = await enrol('jane')
    expect((await enrol('jane', NEW_PHONE)).authenticator.userAuthenticatorId).toBe(
      authenticator.userAuthenticatorId,
    )
    expect(await numbers()).toEqual([NEW_PHONE])
  })
})

test('an SMS challenge over WhatsApp is sent again by its ID', async () => {
  const { authsignal, emulator } = service
  const { challengeId } = await authsignal.challenge({
    verificationMethod: 'SMS',
    action: 'signIn',
    phoneNumber: PHONE,
    smsChannel: SmsChannel.WHATSAPP,
  })
  const again = await authsignal.challenge({ challengeId })
  expect(again.challengeId).toBe(challengeId)
  expect(emulator.messages.list({ challengeId, channel: 'WHATSAPP' })).toHaveLength(2)
  const { code } = emulator.messages.latest()!
  const active = await authsignal.getChallenge({ challengeId })
  expect(active).toMatchObject({ challengeId, action: 'signIn', phoneNumber: PHONE, smsChannel: 'WHATSAPP' })
  expect((await authsignal.verify({ challengeId, verificationCode: code! })).isVerified).toBe(true)
  expect((await authsignal.getChallenge({ challengeId })).verificationMethod).toBe('SMS')
})

test('users are created, updated, found and deleted, whatever their ID looks like', async () => {
  const { authsignal } = service
  for (const userId of ['auth0|x', '123:test', 'jane@example.com', 'üser']) {
    const attributes = { email: EMAIL, displayName: 'Jane', custom: { age: 7, vip: true } }
    expect(await authsignal.updateUser({ userId, attributes })).toMatchObject(attributes)
    expect(await authsignal.getUser({ userId })).toMatchObject({ isEnrolled: false, ...attributes })
    expect((await authsignal.queryUsers({ email: EMAIL, limit: 1 })).users).toMatchObject([{ userId }])
    await authsignal.deleteUser({ userId })
    expect(await authsignal.getUser({ userId })).toMatchObject({ isEnrolled: false, emailVerified: false })
    expect((await authsignal.queryUsers({ email: EMAIL })).users).toEqual([])
  }
})

test('queryUsers() pages by the last user ID', async () => {
  const { authsignal } = service
  for (const userId of ['a', 'b', 'c']) await authsignal.updateUser({ userId, attributes: { email: EMAIL } })
  const first = await authsignal.queryUsers({ limit: 2 })
  expect(first.users.map(({ userId }) => userId)).toEqual(['a', 'b'])
  const second = await authsignal.queryUsers({ limit: 2, lastEvaluatedUserId: first.lastEvaluatedUserId! })
  expect(second.users.map(({ userId }) => userId)).toEqual(['c'])
  expect(second.lastEvaluatedUserId).toBeUndefined()
})

test('actions are updated and queried', async () => {
  const { authsignal } = service
  await enrol('jane')
  const { idempotencyKey } = await authsignal.track({ userId: 'jane', action: 'withdraw' })
  await authsignal.track({ userId: 'jane', action: 'login' })
  for (const state of [UserActionState.REVIEW_REQUIRED, UserActionState.BLOCK]) {
    const attributes = { state }
    await authsignal.updateAction({ userId: 'jane', action: 'withdraw', idempotencyKey, attributes })
    const action = await authsignal.getAction({ userId: 'jane', action: 'withdraw', idempotencyKey })
    expect(action.state).toBe(state)
  }
  const query = async (rest: object) =>
    (await authsignal.queryUserActions({ userId: 'jane', ...rest })).map(({ actionCode }) => actionCode)
  expect(await query({})).toEqual(['login', 'withdraw'])
  expect(await query({ actionCodes: ['login', 'other'] })).toEqual(['login'])
  expect(await query({ state: UserActionState.BLOCK })).toEqual(['withdraw'])
  expect(await query({ fromDate: '2100-01-01T00:00:00.000Z' })).toEqual([])
})

test('an authenticator is deleted, recovery codes are none', async () => {
  const { authsignal } = service
  const { authenticator } = await enrol('jane')
  const { userAuthenticatorId } = authenticator
  await authsignal.deleteAuthenticator({ userId: 'jane', userAuthenticatorId })
  expect(await authsignal.getAuthenticators({ userId: 'jane' })).toEqual([])
  expect((await authsignal.getUser({ userId: 'jane' })).isEnrolled).toBe(false)
})

test('a session is created, validated, refreshed and revoked', async () => {
  const { authsignal, emulator, received } = service
  const { challengeId } = await authsignal.challenge({
    verificationMethod: 'SMS',
    action: 'signIn',
    phoneNumber: PHONE,
  })
  await authsignal.verify({ challengeId, verificationCode: await received(PHONE) })
  const { token } = await authsignal.claimChallenge({ challengeId, userId: 'jane' })
  await expect(authsignal.createSession({ clientId: 'web', token, action: 'other' })).rejects.toMatchObject({
    statusCode: 400,
  })

  const first = await authsignal.createSession({ clientId: 'web', token, action: 'signIn' })
  const session = await authsignal.validateSession({ accessToken: first.accessToken, clientIds: ['web'] })
  expect(session).toMatchObject({ user: { userId: 'jane' }, verificationMethod: 'SMS' })
  expect(Math.abs(session.expiresAt - (emulator.clock.now() / 1000 + 3600))).toBeLessThan(5)

  const isRefused = (call: Promise<unknown>) =>
    expect(call).rejects.toMatchObject({ statusCode: 401, errorCode: 'unauthorized' })
  await isRefused(authsignal.validateSession({ accessToken: first.accessToken, clientIds: ['ios'] }))
  const second = await authsignal.refreshSession({ refreshToken: first.refreshToken })
  await isRefused(authsignal.validateSession({ accessToken: first.accessToken }))
  await isRefused(authsignal.refreshSession({ refreshToken: first.refreshToken }))
  await authsignal.revokeSession({ accessToken: second.accessToken })
  await isRefused(authsignal.validateSession({ accessToken: second.accessToken }))

  const third = await authsignal.createSession({ clientId: 'web', token })
  await authsignal.revokeUserSessions({ userId: 'jane' })
  await isRefused(authsignal.validateSession({ accessToken: third.accessToken }))
  const fourth = await authsignal.createSession({ clientId: 'web', token })
  emulator.clock.advance(3600)
  await isRefused(authsignal.validateSession({ accessToken: fourth.accessToken }))
  expect(await authsignal.refreshSession({ refreshToken: fourth.refreshToken })).toHaveProperty('accessToken')
})

test('a session needs a completed challenge', async () => {
  const { authsignal } = service
  await enrol('jane')
  const { token } = await authsignal.track({ userId: 'jane', action: 'signIn' })
  await expect(authsignal.createSession({ clientId: 'web', token })).rejects.toMatchObject({
    statusCode: 400,
    errorCode: 'invalid_request',
  })
})

describe('errors reach the caller of the SDK', () => {
  test('a wrong secret key', async () => {
    const stranger = new Authsignal({ apiSecretKey: 'wrong', apiUrl: `${service.url}/v1`, retries: 0 })
    await expect(stranger.getUser({ userId: 'jane' })).rejects.toMatchObject({
      statusCode: 401,
      errorCode: 'unauthorized',
      errorDescription:
        'The request is unauthorized. Check that your API key and region base URL are correctly configured.',
    })
  })

  test('a limit', async () => {
    const send = () =>
      service.authsignal.challenge({ verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE })
    for (let i = 0; i < 6; i++) await send()
    await expect(send()).rejects.toMatchObject({ statusCode: 429, errorCode: 'too_many_requests' })
  })

  test('a challenge that was not verified', async () => {
    const { authsignal } = service
    const { challengeId } = await authsignal.challenge({
      verificationMethod: 'SMS',
      action: 'a',
      phoneNumber: PHONE,
    })
    await expect(authsignal.claimChallenge({ challengeId, userId: 'jane' })).rejects.toMatchObject({
      statusCode: 400,
      errorCode: 'invalid_request',
    })
    const { token } = await authsignal.claimChallenge({
      challengeId,
      userId: 'jane',
      skipVerificationCheck: true,
    })
    expect((await authsignal.validateChallenge({ token })).isValid).toBe(false)
  })

  test('an expired, foreign or mismatched token is a value', async () => {
    const { authsignal, emulator } = service
    const { token } = await authsignal.track({ userId: 'jane', action: 'pay' })
    expect(await authsignal.validateChallenge({ token, userId: 'john' })).toMatchObject({
      isValid: false,
      error: 'User is invalid.',
    })
    emulator.clock.advance(600)
    expect(await authsignal.validateChallenge({ token })).toMatchObject({ isValid: false })
    expect(await authsignal.validateChallenge({ token: 'x' })).toMatchObject({ isValid: false })
  })
})

describe('the other methods', () => {
  const CHROME =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

  test('a passkey: how the SDK lists and deletes it', async () => {
    const { authsignal, browser } = service
    const { token } = await authsignal.track({ userId: 'jane', action: 'addPasskey' })
    const path = '/user-authenticators/passkey'
    const { options } = await browser(token, `${path}/registration-options`, {})
    const { key, response } = await register(options, {}, 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4')
    const body = { registrationCredential: response, conditionalCreate: false }
    const { accessToken } = await browser(token, path, body, { 'User-Agent': CHROME })
    expect(await authsignal.validateChallenge({ token: accessToken })).toMatchObject({
      isValid: true,
      verificationMethod: 'PASSKEY',
    })

    const [authenticator] = await authsignal.getAuthenticators({ userId: 'jane' })
    expect(authenticator).toMatchObject({
      verificationMethod: 'PASSKEY',
      webauthnCredential: {
        credentialId: key.id,
        aaguidMapping: { name: 'Google Password Manager' },
        credentialBackedUp: false,
        parsedUserAgent: { browser: { name: 'Chrome' } },
      },
    })
    const { userAuthenticatorId } = authenticator!
    await authsignal.deleteAuthenticator({ userId: 'jane', userAuthenticatorId })
    expect((await authsignal.getUser({ userId: 'jane' })).isEnrolled).toBe(false)
  })

  test('an authenticator app that was enrolled elsewhere', async () => {
    const { authsignal, browser, emulator } = service
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
    const attributes = {
      verificationMethod: VerificationMethod.AUTHENTICATOR_APP,
      otpUri: `otpauth://totp/Acme:jane?secret=${secret}`,
    }
    const { authenticator } = await authsignal.enrollVerifiedAuthenticator({ userId: 'jane', attributes })
    expect(authenticator.verificationMethod).toBe('AUTHENTICATOR_APP')
    const { token, idempotencyKey } = await authsignal.track({ userId: 'jane', action: 'pay' })
    const verificationCode = await totpCode(base32(secret), emulator.clock.now())
    expect((await browser(token, '/verify/totp', { verificationCode })).isVerified).toBe(true)
    const action = await authsignal.getAction({ userId: 'jane', action: 'pay', idempotencyKey })
    expect(action).toMatchObject({
      state: 'CHALLENGE_SUCCEEDED',
      verificationMethod: 'AUTHENTICATOR_APP',
    })
  })

  test('a magic link', async () => {
    const { authsignal, browser, emulator } = service
    const attributes = { verificationMethod: VerificationMethod.EMAIL_MAGIC_LINK, email: EMAIL }
    await authsignal.enrollVerifiedAuthenticator({ userId: 'jane', attributes })
    const { token } = await authsignal.track({ userId: 'jane', action: 'pay' })
    await browser(token, '/challenge/email-magic-link')
    await fetch((await emulator.messages.next({ to: EMAIL })).url!, { method: 'POST' })
    const { accessToken } = await browser(token, '/verify/email-magic-link/finalize', {})
    expect(await authsignal.validateChallenge({ token: accessToken, action: 'pay' })).toMatchObject({
      isValid: true,
      verificationMethod: 'EMAIL_MAGIC_LINK',
    })
  })

  test.each([
    [true, 'CHALLENGE_SUCCEEDED'],
    [false, 'CHALLENGE_FAILED'],
  ])('a push message with the decision %s leaves %s', async (approved, state) => {
    const { authsignal, browser, url } = service
    const phone = (path: string, body: object) =>
      fetch(`${url}/emulator/push/${path}`, { method: 'POST', body: JSON.stringify(body) })
    await phone('enroll', { userId: 'jane' })
    const { token, idempotencyKey } = await authsignal.track({ userId: 'jane', action: 'pay' })
    const { challengeId } = await browser(token, '/challenge/push', { action: 'pay' })
    await phone('respond', { challengeId, approved })
    const action = await authsignal.getAction({ userId: 'jane', action: 'pay', idempotencyKey })
    expect(action.state).toBe(state)
  })
})
