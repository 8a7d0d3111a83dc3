// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, nextCode, PHONE } from './harness.js'
import { createNotpHarness } from './notp.js'
import { tenantHeader } from './routes.js'

describe('users', () => {
  test('are listed newest first with their authenticators and devices', async () => {
    const { call, enrol, server, track } = createHarness()
    await enrol('jane')
    await enrol('jane', EMAIL, 'EMAIL_OTP')
    await track('jane', { deviceId: 'laptop' })
    await server('/users/joe', { body: { displayName: 'Joe' } })
    const { body } = await call('/emulator/users')
    expect(body).toMatchObject({
      total: 2,
      users: [
        { userId: 'joe', displayName: 'Joe', isEnrolled: false, authenticators: [], devices: [] },
        {
          userId: 'jane',
          isEnrolled: true,
          authenticators: [
            { verificationMethod: 'SMS', phoneNumber: PHONE, isDefault: true },
            { verificationMethod: 'EMAIL_OTP', email: EMAIL, isDefault: false },
          ],
          devices: [{ deviceId: 'laptop' }],
        },
      ],
    })
  })

  test('have the current code of their authenticator app, which works, and not its secret', async () => {
    const { call, client, track } = createHarness()
    const { token } = await track('jane')
    const { secret } = (await client(token, '/user-authenticators/totp')).body
    const { users } = (await call('/emulator/users')).body
    const [{ code, codeExpiresAt }] = users[0].authenticators
    expect(Date.parse(codeExpiresAt)).toBeGreaterThan(Date.now())
    expect(JSON.stringify(users)).not.toContain(secret)
    const verify = await client(token, '/verify/totp', { body: { verificationCode: code } })
    expect(verify.body.isVerified).toBe(true)
  })

  test('can be searched, by any of their fields, and limited', async () => {
    const { call, enrol } = createHarness()
    await enrol('jane')
    await enrol('joe', EMAIL, 'EMAIL_OTP')
    const ids = async (query: string) => {
      const { users, total } = (await call(`/emulator/users?${query}`)).body
      return [total, ...users.map(({ userId }: { userId: string }) => userId)]
    }
    expect(await ids(`search=${EMAIL.toUpperCase()}`)).toEqual([1, 'joe'])
    expect(await ids('search=whatsapp')).toEqual([0])
    expect(await ids('userId=jane')).toEqual([1, 'jane'])
    expect(await ids('limit=1')).toEqual([2, 'joe'])
    for (const query of ['limit=0', 'limit=1001', 'limit=x'])
      expect((await call(`/emulator/users?${query}`)).status).toBe(400)
  })
})

test('actions are listed with each state that they have had', async () => {
  const { call, client, enrol, track, server, emulator } = createHarness()
  await enrol('jane')
  const { token, idempotencyKey } = await track('jane', { deviceId: 'laptop' })
  emulator.clock.advance(60)
  await client(token, '/challenge/sms')
  const body = { verificationCode: await nextCode(emulator, PHONE) }
  await client(token, '/verify/sms', { body })
  await server(`/users/jane/actions/pay/${idempotencyKey}`, {
    method: 'PATCH',
    body: { state: 'REVIEW_REQUIRED' },
  })
  const { actions, total } = (await call('/emulator/actions')).body
  expect(total).toBe(1)
  expect(actions).toMatchObject([
    {
      userId: 'jane',
      actionCode: 'pay',
      idempotencyKey,
      outcome: 'CHALLENGE',
      state: 'REVIEW_REQUIRED',
      verificationMethod: 'SMS',
      deviceId: 'laptop',
      history: [
        { state: 'CHALLENGE_REQUIRED' },
        { state: 'CHALLENGE_SUCCEEDED' },
        { state: 'REVIEW_REQUIRED' },
      ],
    },
  ])
  const [first, second] = actions[0].history.map(({ since }: { since: string }) => Date.parse(since))
  expect(second - first).toBeGreaterThanOrEqual(60_000)

  await emulator.restore(JSON.parse(JSON.stringify(await emulator.snapshot())))
  expect((await call('/emulator/actions')).body.actions).toEqual(actions)
})

test('the history of an action is bounded', async () => {
  const { call, server, track } = createHarness()
  const { idempotencyKey } = await track('jane')
  for (let i = 0; i < 30; i++)
    await server(`/users/jane/actions/pay/${idempotencyKey}`, {
      method: 'PATCH',
      body: { state: i % 2 === 0 ? 'BLOCK' : 'ALLOW' },
    })
  const [{ history }] = (await call('/emulator/actions')).body.actions
  expect(history).toHaveLength(21)
  expect(history.at(-1).state).toBe('ALLOW')
})

test('challenges of every kind are listed with their state', async () => {
  // Shorter than the minute after which what has expired may be deleted.
  const { call, client, enrol, track, emulator } = createHarness({ tokenDurationInMinutes: 0.5 })
  await enrol('jane')
  await call('/emulator/push/enroll', { body: { userId: 'jane' } })
  const { token } = await track('jane')
  const adding = await track('jane', { scope: 'add:authenticators', idempotencyKey: 'other' }, 'enrol')
  await client(token, '/challenge/sms')
  await client(token, '/challenge/sms')
  const { challengeId } = (await client(token, '/challenge/push')).body
  await client(adding.token, '/user-authenticators/passkey/registration-options')
  await call('/v1/client/challenge/qr-code', { body: { action: 'signIn' }, headers: tenantHeader })
  const states = async () =>
    Object.fromEntries(
      (await call('/emulator/challenges')).body.challenges.map(
        ({ verificationMethod, state, actionCode, userId }: Record<string, string>) => [
          `${verificationMethod} ${state}`,
          `${actionCode} ${userId}`,
        ],
      ),
    )
  expect(await states()).toEqual({
    'SMS valid': 'pay jane',
    'SMS replaced': 'pay jane',
    'PUSH claimed': 'pay jane',
    'PASSKEY valid': 'enrol jane',
    'QR_CODE unclaimed': 'signIn undefined',
  })
  await call('/emulator/push/respond', { body: { challengeId, approved: true } })
  await client(token, '/verify/sms', { body: { verificationCode: await nextCode(emulator, PHONE) } })
  emulator.clock.advance(31)
  const later = Object.keys(await states())
  expect(later).toContain('PUSH approved')
  expect(later).toContain('QR_CODE expired')
  expect(later).toContain('PASSKEY expired')
})

test('sessions are listed without their tokens', async () => {
  const { call, client, enrol, track, server, emulator } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  await client(token, '/verify/sms', { body: { verificationCode: await nextCode(emulator, PHONE) } })
  const { accessToken, refreshToken } = (await server('/sessions', { body: { clientId: 'app', token } })).body
  const { sessions, total } = (await call('/emulator/sessions')).body
  expect(total).toBe(1)
  expect(sessions).toMatchObject([{ userId: 'jane', clientId: 'app', verificationMethod: 'SMS' }])
  for (const secret of [accessToken, refreshToken]) expect(JSON.stringify(sessions)).not.toContain(secret)
})

test('logins, users and sessions of nOTP are listed, without what gives tokens', async () => {
  const harness = createNotpHarness({ tokenDurationInMinutes: 0.5 })
  const { call, start, approve, emulator } = harness
  const { refreshJwt } = await harness.login('signup', { loginId: 'kim', user: { name: 'Kim' } })
  const { pendingRef } = (await start('signin', { loginId: 'kim' })).body
  const logins = async () => (await call('/emulator/notp/logins')).body.logins
  const [waiting, approved] = await logins()
  expect(waiting).toMatchObject({ flow: 'signin', loginId: 'kim', state: 'waiting' })
  expect(approved).toMatchObject({ flow: 'signup', state: 'approved' })
  const { users } = (await call('/emulator/notp/users')).body
  expect(users).toMatchObject([{ userId: approved.userId, loginIds: ['kim'], phone: PHONE, name: 'Kim' }])
  const { sessions } = (await call('/emulator/notp/sessions')).body
  expect(sessions).toMatchObject([{ userId: approved.userId, amr: ['whatsapp'] }])
  const text = JSON.stringify([await logins(), users, sessions])
  for (const secret of [pendingRef, refreshJwt]) expect(text).not.toContain(secret)

  // The code is enough to approve it.
  expect((await approve({ code: waiting.code })).body.approved).toBe(true)
  await start('signup', { loginId: 'new' })
  emulator.clock.advance(31)
  expect((await logins())[0].state).toBe('expired')
})

test('outcomes and the clock can be read', async () => {
  const { call } = createHarness()
  expect((await call('/emulator/outcomes')).body).toEqual({ outcomes: [] })
  await call('/emulator/outcomes', { body: { action: 'pay', outcome: 'BLOCK' } })
  expect((await call('/emulator/outcomes')).body).toEqual({ outcomes: [{ action: 'pay', outcome: 'BLOCK' }] })
  const advanced = (await call('/emulator/clock', { body: { advance: 90 } })).body
  expect(advanced.aheadMs).toBe(90_000)
  const { now, aheadMs } = (await call('/emulator/clock')).body
  expect(aheadMs).toBe(90_000)
  expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse(advanced.now))
})
