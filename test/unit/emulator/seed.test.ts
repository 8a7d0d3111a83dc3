// @vitest-environment node
import { createEmulator, type Seed } from 'authsignal-channels/emulator'
import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, OTHER_PHONE, PHONE } from './harness.js'
import { createNotpHarness } from './notp.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

const SEED: Seed = {
  users: [
    {
      userId: 'jane',
      email: EMAIL,
      phoneNumber: PHONE,
      displayName: 'Jane',
      custom: { vip: true },
      authenticators: [
        { verificationMethod: 'WHATSAPP', userAuthenticatorId: 'whatsapp-of-jane' },
        { verificationMethod: 'SMS', phoneNumber: OTHER_PHONE },
        { verificationMethod: 'EMAIL_OTP', isDefault: true },
        { verificationMethod: 'AUTHENTICATOR_APP', secret: SECRET },
        { verificationMethod: 'PUSH', deviceName: 'Pixel' },
      ],
    },
    { userId: 'joe', email: EMAIL, emailVerified: true },
  ],
  outcomes: { view: 'ALLOW', close: 'REVIEW' },
  messages: [
    { verificationMethod: 'SMS', phoneNumber: PHONE, action: 'signIn', challengeId: 'first', code: '123456' },
    {
      ...{ verificationMethod: 'WHATSAPP', phoneNumber: PHONE, userId: 'jane', code: '654321' },
      ...{ action: 'pay', idempotencyKey: 'order-1' },
    },
    { verificationMethod: 'EMAIL_MAGIC_LINK', email: EMAIL, userId: 'jane', action: 'pay' },
  ],
  notpUsers: [{ phone: PHONE, loginIds: ['kim', PHONE], name: 'Kim', tenantIds: ['shop'], userId: 'U1' }],
}

const seeded = () => createNotpHarness({ seed: SEED })

describe('a seed adds', () => {
  test('users, with verified authenticators that take the contacts of the user', async () => {
    const { server } = seeded()
    expect((await server('/users/jane')).body).toMatchObject({
      isEnrolled: true,
      email: EMAIL,
      emailVerified: true,
      phoneNumber: PHONE,
      phoneNumberVerified: true,
      displayName: 'Jane',
      custom: { vip: true },
      defaultVerificationMethod: 'EMAIL_OTP',
      enrolledVerificationMethods: ['WHATSAPP', 'SMS', 'EMAIL_OTP', 'AUTHENTICATOR_APP', 'PUSH'],
    })
    const { body } = await server('/users/jane/authenticators')
    expect(body).toMatchObject([
      { userAuthenticatorId: 'whatsapp-of-jane', phoneNumber: PHONE, verifiedAt: expect.any(String) },
      { phoneNumber: OTHER_PHONE },
      { email: EMAIL },
      {},
      { displayName: 'Pixel' },
    ])
    expect((await server('/users/joe')).body).toMatchObject({ isEnrolled: false, emailVerified: true })
  })

  test('authenticators that work: codes, the app, the phone', async () => {
    const { track, client, emulator, call } = seeded()
    const { token } = await track('jane')
    await client(token, '/challenge/whatsapp')
    expect(emulator.messages.latest()?.to).toBe(PHONE)
    const verificationCode = new TOTP({ secret: SECRET }).generate()
    expect((await client(token, '/verify/totp', { body: { verificationCode } })).body.isVerified).toBe(true)
    const { challengeId } = (await client(token, '/challenge/push')).body
    await call('/emulator/push/respond', { body: { challengeId, approved: true } })
    expect((await client(token, '/verify/push', { body: { challengeId } })).body.isVerified).toBe(true)
  })

  test('outcomes', async () => {
    const { track } = seeded()
    expect((await track('jane', {}, 'view')).state).toBe('ALLOW')
    expect((await track('jane', {}, 'close')).state).toBe('REVIEW_REQUIRED')
    expect((await track('jane')).state).toBe('CHALLENGE_REQUIRED')
  })

  test('messages already sent, whose codes and links work', async () => {
    const { emulator, server, track, client } = seeded()
    expect(emulator.messages.list()).toHaveLength(3)
    const signIn = await server('/verify', { body: { challengeId: 'first', verificationCode: '123456' } })
    expect(signIn.body.isVerified).toBe(true)
    const { token } = await track('jane', { idempotencyKey: 'order-1' })
    const verify = await client(token, '/verify/whatsapp', { body: { verificationCode: '654321' } })
    expect(verify.body.isVerified).toBe(true)
    const { url } = emulator.messages.latest()!
    expect((await emulator.fetch(url!, { method: 'POST' })).status).toBe(200)
  })

  test('users of nOTP', async () => {
    const { login, me } = seeded()
    const { refreshJwt, firstSeen } = await login('signin', { loginId: 'kim' })
    expect(firstSeen).toBe(false)
    const userTenants = [{ tenantId: 'shop' }]
    expect((await me(refreshJwt)).body).toMatchObject({
      userId: 'U1',
      name: 'Kim',
      phone: PHONE,
      userTenants,
    })
  })
})

test('reset() returns to the seed', async () => {
  const { emulator, server, enrol } = seeded()
  const users = async () =>
    (await server('/users')).body.users.map(({ userId }: { userId: string }) => userId)
  await enrol('kim')
  await server('/users/jane', { method: 'DELETE' })
  expect(await users()).toEqual(['joe', 'kim'])
  emulator.reset()
  expect(await users()).toEqual(['jane', 'joe'])
  expect(emulator.messages.list()).toHaveLength(3)
})

test('what the seed says about a user is final', async () => {
  const authenticators = [{ verificationMethod: 'SMS' }] as const
  const user = {
    userId: 'jane',
    phoneNumber: PHONE,
    phoneNumberVerified: false,
    authenticators: [...authenticators],
  }
  const { server } = createHarness({ seed: { users: [user] } })
  expect((await server('/users/jane')).body).toMatchObject({ isEnrolled: true, phoneNumberVerified: false })
})

test('an empty seed is none, and an emulator does not change its seed', async () => {
  expect((await createHarness({ seed: {} }).server('/users')).body.users).toEqual([])
  const before = JSON.stringify(SEED)
  const { server } = seeded()
  await server('/users/jane', { method: 'PATCH', body: { custom: { vip: false } } })
  expect(JSON.stringify(SEED)).toBe(before)
})

test.each([
  [{ users: [{ userId: 'jane', email: 'jane' }] }, 'users[0].email must be an e-mail address'],
  [{ users: [{ userId: 'a' }, { userId: 'a' }] }, 'users[1].userId must be unique'],
  [{ users: [{}] }, 'users[0].userId is missing'],
  [{ users: [{ userId: '' }] }, 'users[0].userId must be not empty'],
  [{ people: [] }, 'people is not known'],
  [{ outcomes: { pay: 'MAYBE' } }, 'outcomes.pay must be "ALLOW" or "CHALLENGE" or "REVIEW" or "BLOCK"'],
  [
    { users: [{ userId: 'jane', phoneNumber: 64_211_234_567 }] },
    'users[0].phoneNumber must be a phone number in quotes, like "+64211234567"',
  ],
  [
    { users: [{ userId: 'jane', authenticators: [{ verificationMethod: 'SMS' }] }] },
    'users[0].authenticators[0].phoneNumber must be given here or for the user',
  ],
  [
    {
      users: [{ userId: 'jane', authenticators: [{ verificationMethod: 'AUTHENTICATOR_APP', secret: 'x' }] }],
    },
    'users[0].authenticators[0].secret must be base32, at least 16 characters',
  ],
  [
    { messages: [{ verificationMethod: 'SMS', phoneNumber: PHONE, action: 'pay', code: '12' }] },
    'messages[0].code must be six digits',
  ],
  [
    { messages: Array(7).fill({ verificationMethod: 'SMS', phoneNumber: PHONE, action: 'pay' }) },
    'messages[6] is refused: The rate limit was exceeded. Try again later.',
  ],
  [{ notpUsers: [{ phone: PHONE, loginIds: [] }] }, 'notpUsers[0].loginIds must be not empty'],
  [
    { notpUsers: [{ phone: PHONE }, { phone: OTHER_PHONE, loginIds: ['joe', PHONE] }] },
    'notpUsers[1].loginIds[1] must be unique',
  ],
])('a mistake is named by its path: %j', (seed, problem) => {
  const create = () => createEmulator({ seed: seed as Seed })
  expect(create).toThrow(TypeError)
  expect(create).toThrow(`"seed" is not valid: ${problem}`)
})

test('a control route adds a user of the same form, once', async () => {
  const { call } = createHarness()
  const user = { userId: 'jane', authenticators: [{ verificationMethod: 'SMS', phoneNumber: PHONE }] }
  const { body } = await call('/emulator/users', { body: user })
  expect(body).toMatchObject({ userId: 'jane', authenticators: [{ verificationMethod: 'SMS' }] })
  expect((await call('/emulator/users', { body: user })).status).toBe(400)
  expect((await call('/emulator/users', { body: { userId: 'joe', other: 1 } })).status).toBe(400)
  expect((await call('/emulator/users')).body.total).toBe(1)
})
