// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { EMAIL, OTHER_PHONE, PHONE } from './harness.js'
import { createNotpHarness, GONE, messageOf, PENDING, refusal } from './notp.js'

const KNOWN = { status: 400, code: 'E062107' }
const UNKNOWN = { status: 400, code: 'E062108' }

describe('a login', () => {
  test('waits until its message arrives, and then has tokens and a user', async () => {
    const { start, poll, approve } = createNotpHarness()
    const { pendingRef } = (await start('signup-in', { loginId: PHONE })).body
    for (let i = 0; i < 3; i++) expect(refusal(await poll(pendingRef))).toEqual(PENDING)
    await approve({ pendingRef })
    const { status, body } = await poll(pendingRef)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      sessionJwt: expect.any(String),
      refreshJwt: expect.any(String),
      firstSeen: true,
      cookieDomain: '',
      cookiePath: '/',
      cookieMaxAge: expect.any(Number),
      user: { loginIds: [PHONE], phone: PHONE, verifiedPhone: true, status: 'enabled' },
    })
  })

  test.each([
    ['signup', {}, 'Welcome! You are signed in. Return to the page where you began.'],
    ['signup-in', {}, 'You are signed in. Return to the page where you began.'],
  ])('that began with %s is confirmed on the phone', async (flow, body, reply) => {
    const { start, approve, poll } = createNotpHarness()
    const { pendingRef } = (await start(flow, body)).body
    const { status, body: response } = await approve({ pendingRef })
    expect(status).toBe(200)
    const { user } = (await poll(pendingRef)).body
    const { userId } = user
    expect(response).toEqual({ approved: true, flow, userId, loginId: PHONE, firstSeen: true, reply })
  })

  test('is the first of its user, or is not', async () => {
    const { login } = createNotpHarness()
    const first = await login('signup', { loginId: PHONE, user: { name: 'Jane', email: EMAIL } })
    const second = await login('signin', { loginId: PHONE })
    const third = await login('signup-in', { loginId: '' })
    expect([first, second, third].map(({ firstSeen }) => firstSeen)).toEqual([true, false, false])
    expect(first.user).toMatchObject({ name: 'Jane', email: EMAIL, verifiedEmail: false })
    expect([second.user, third.user]).toEqual([first.user, first.user])
  })

  test('has a user with every field that the SDKs read, empty where nothing is known', async () => {
    const { login } = createNotpHarness()
    const { user } = await login('signup')
    expect(user).toEqual({
      userId: expect.stringMatching(/^U\w{27}$/),
      loginIds: [PHONE],
      externalIds: [PHONE],
      name: '',
      givenName: '',
      middleName: '',
      familyName: '',
      email: '',
      verifiedEmail: false,
      phone: PHONE,
      verifiedPhone: true,
      picture: '',
      status: 'enabled',
      roleNames: [],
      permissions: [],
      userTenants: [],
      customAttributes: {},
      createdTime: expect.any(Number),
      TOTP: false,
      SAML: false,
      SCIM: false,
      OIDC: false,
      OAuth: {},
      webauthn: false,
      password: false,
      push: false,
      ssoAppIds: [],
      test: false,
      editable: true,
    })
  })

  test('without a login ID has no limit: no one else is kept from signing in', async () => {
    const { start } = createNotpHarness()
    for (let starts = 1; starts <= 7; starts++) expect((await start('signup-in')).status).toBe(200)
  })

  test('needs nothing in its body', async () => {
    const { login } = createNotpHarness()
    expect((await login('signup')).user.loginIds).toEqual([PHONE])
    expect((await login('signin')).firstSeen).toBe(false)
  })

  test('takes what SDKs send besides', async () => {
    const { login } = createNotpHarness()
    const go = { loginId: PHONE, user: { name: '', phone: '', email: '', middleName: '' }, phone: PHONE }
    const web = { fpData: { vsid: 'a', vrid: 'b' }, providerId: 'p', templates: { verifyTemplateId: 't' } }
    const loginOptions = {
      templateId: 't',
      templateOptions: { name: 'Jane' },
      locale: 'en',
      pkceChallenge: 'x',
      ssoAppId: 'y',
      tenantId: '',
    }
    expect((await login('signup', { ...go, ...web, loginOptions })).firstSeen).toBe(true)
  })

  test('of 100 users at once belongs to each user', async () => {
    const { login } = createNotpHarness()
    const phones = Array.from({ length: 100 }, (_, index) => `+64210000${100 + index}`)
    const responses = await Promise.all(phones.map(phone => login('signup-in', {}, { phone })))
    expect(responses.map(({ user }) => user.phone)).toEqual(phones)
    expect(new Set(responses.map(({ user }) => user.userId)).size).toBe(100)
  })
})

describe('the link', () => {
  test('opens WhatsApp with a message that holds a code of 16 characters, and not the reference', async () => {
    const { start } = createNotpHarness()
    const { pendingRef, redirectUrl } = (await start('signup-in')).body
    expect(redirectUrl).toMatch(/^https:\/\/wa\.me\/\d+\?text=[^ ]+$/)
    expect(messageOf(redirectUrl)).toMatch(/^Please sign me in\. My code: [A-Z0-9]{16}$/)
    expect(redirectUrl).not.toContain(pendingRef)
  })

  test('is another one each time', async () => {
    const { start } = createNotpHarness()
    const starts = [await start('signup-in'), await start('signup-in')]
    expect(new Set(starts.map(({ body }) => body.redirectUrl)).size).toBe(2)
    expect(new Set(starts.map(({ body }) => body.pendingRef)).size).toBe(2)
  })

  test('brings its code in the message, whatever else the user writes', async () => {
    const { start, approve, poll } = createNotpHarness()
    for (const wording of [
      (text: string) => text,
      (text: string) => text.slice(-16),
      (text: string) => `Hello, ${text}!\nThank you`,
    ]) {
      const { pendingRef, redirectUrl } = (await start('signup-in')).body
      expect((await approve({ code: wording(messageOf(redirectUrl)) })).body.approved).toBe(true)
      expect((await poll(pendingRef)).status).toBe(200)
    }
  })
})

describe('the message', () => {
  test('has to come from the number that signs in', async () => {
    const { start, approve, poll } = createNotpHarness()
    const { pendingRef } = (await start('signup-in', { loginId: PHONE })).body
    const { status, body } = await approve({ pendingRef }, OTHER_PHONE)
    expect([status, body.errorCode]).toEqual([400, 'invalid_request'])
    expect(refusal(await poll(pendingRef))).toEqual(PENDING)
    expect((await approve({ pendingRef })).body.approved).toBe(true)
  })

  test('gives a user with another login ID a number, and has to come from it from then on', async () => {
    const { start, approve, login } = createNotpHarness()
    const { user } = await login('signup', { loginId: EMAIL })
    expect(user).toMatchObject({ loginIds: [EMAIL], phone: PHONE, verifiedPhone: true })
    for (const flow of ['signin', 'signup-in']) {
      const { pendingRef } = (await start(flow, { loginId: EMAIL })).body
      expect((await approve({ pendingRef }, OTHER_PHONE)).status).toBe(400)
      expect((await approve({ pendingRef })).body).toMatchObject({ approved: true, loginId: EMAIL })
    }
  })

  test.each([
    { loginId: EMAIL, user: { phone: PHONE } },
    { loginId: EMAIL, phone: PHONE },
    { user: { phone: PHONE } },
    { loginId: PHONE, user: { phone: OTHER_PHONE } },
  ])('has to come from the number that a sign-up names: %j', async body => {
    const { start, approve, poll } = createNotpHarness()
    const { pendingRef } = (await start('signup', body)).body
    expect((await approve({ pendingRef }, OTHER_PHONE)).status).toBe(400)
    expect((await approve({ pendingRef })).body.approved).toBe(true)
    expect((await poll(pendingRef)).body.user.phone).toBe(PHONE)
  })

  test('counts once', async () => {
    const { start, approve } = createNotpHarness()
    const { pendingRef, redirectUrl } = (await start('signup-in')).body
    const messages = [{ pendingRef }, { code: messageOf(redirectUrl) }, { pendingRef }]
    const responses = await Promise.all(messages.map(key => approve(key)))
    expect(responses.map(({ status }) => status)).toEqual([200, 400, 400])
    expect((await approve({ pendingRef }, OTHER_PHONE)).body.errorCode).toBe('invalid_request')
  })

  test.each([
    [{ pendingRef: 'unknown' }, 404],
    [{ code: 'ABCDEFGHJKLMNPQR' }, 404],
    [{ code: 'no code at all' }, 404],
    [{}, 400],
    [{ pendingRef: 'a', code: 'b' }, 400],
  ])('with %j is refused with %i', async (key, status) => {
    const { approve, start } = createNotpHarness()
    await start('signup-in')
    expect((await approve(key)).status).toBe(status)
  })

  test.each(['0211234567', '', 'jane', 64211234567])('from %j is refused', async phone => {
    const { call, start, poll } = createNotpHarness()
    const { pendingRef } = (await start('signup-in')).body
    const { status, body } = await call('/emulator/notp/approve', { body: { pendingRef, phone } })
    expect([status, body.errorCode]).toEqual([400, 'invalid_request'])
    expect(refusal(await poll(pendingRef))).toEqual(PENDING)
  })
})

describe('a conflict', () => {
  test('shows at once when the login ID is named', async () => {
    const { start, login } = createNotpHarness()
    expect(refusal(await start('signin', { loginId: PHONE }))).toEqual(UNKNOWN)
    await login('signup', { loginId: PHONE })
    expect(refusal(await start('signup', { loginId: PHONE }))).toEqual(KNOWN)
    expect((await start('signin', { loginId: PHONE })).status).toBe(200)
  })

  test.each([
    ['signup', KNOWN, 'This number has an account already. Sign in with it instead.'],
    ['signin', UNKNOWN, 'This number has no account yet. Sign up with it first.'],
  ])(
    'of %s shows on the phone and in every poll when it comes with the message',
    async (flow, error, reply) => {
      const { start, approve, poll, login } = createNotpHarness()
      await login('signup', {}, { phone: OTHER_PHONE })
      const { pendingRef } = (await start(flow)).body
      const phone = flow === 'signup' ? OTHER_PHONE : PHONE
      expect((await approve({ pendingRef }, phone)).body).toEqual({
        approved: false,
        flow,
        errorCode: error.code,
        reply,
      })
      for (let i = 0; i < 2; i++) expect(refusal(await poll(pendingRef))).toEqual(error)
      expect((await approve({ pendingRef }, phone)).status).toBe(400)
    },
  )

  test('of two sign-ups with one number lets the first one win', async () => {
    const { start, approve, poll } = createNotpHarness()
    const refs = [await start('signup', { loginId: PHONE }), await start('signup', { loginId: PHONE })].map(
      ({ body }) => body.pendingRef,
    )
    for (const pendingRef of refs) await approve({ pendingRef })
    expect((await poll(refs[0])).status).toBe(200)
    expect(refusal(await poll(refs[1]))).toEqual(KNOWN)
  })
})

describe('a reference', () => {
  test('gives the same tokens for some seconds, also to polls that overlap, and nothing after', async () => {
    const { start, approve, poll, emulator } = createNotpHarness()
    const { pendingRef } = (await start('signup-in')).body
    await approve({ pendingRef })
    const responses = await Promise.all([poll(pendingRef), poll(pendingRef), poll(pendingRef)])
    emulator.clock.advance(5)
    responses.push(await poll(pendingRef))
    for (const { body } of responses) expect(body.refreshJwt).toBe(responses[0]!.body.refreshJwt)
    emulator.clock.advance(5)
    expect(refusal(await poll(pendingRef))).toEqual(GONE)
  })

  test('that is unknown is refused like one that has expired', async () => {
    const { start, poll, approve, emulator } = createNotpHarness()
    const { pendingRef } = (await start('signup-in')).body
    emulator.clock.advance(590)
    expect(refusal(await poll(pendingRef))).toEqual(PENDING)
    emulator.clock.advance(10)
    const [expired, unknown] = [await poll(pendingRef), await poll('unknown')]
    expect(refusal(expired)).toEqual(GONE)
    expect(unknown.body).toEqual(expired.body)
    expect((await approve({ pendingRef })).body.errorCode).toBe('invalid_request')
  })

  test('that is verified at the last moment can still be collected', async () => {
    const { start, poll, approve, emulator } = createNotpHarness()
    const { pendingRef } = (await start('signup-in')).body
    emulator.clock.advance(595)
    await approve({ pendingRef })
    emulator.clock.advance(5.5)
    expect((await poll(pendingRef)).status).toBe(200)
  })

  test('is forgotten when it is over', async () => {
    const { start, approve, emulator } = createNotpHarness()
    const { pendingRef } = (await start('signup-in')).body
    emulator.clock.advance(600)
    expect((await approve({ pendingRef })).status).toBe(404)
  })
})

test('reset() forgets users, logins and sessions', async () => {
  const { start, poll, login, me, emulator } = createNotpHarness()
  const { refreshJwt } = await login('signup', { loginId: PHONE })
  const { pendingRef } = (await start('signin', { loginId: PHONE })).body
  emulator.reset()
  expect(refusal(await poll(pendingRef))).toEqual(GONE)
  expect(refusal(await start('signin', { loginId: PHONE }))).toEqual(UNKNOWN)
  expect((await me(refreshJwt)).status).toBe(401)
})

test('users of nOTP are not those of the Authsignal API', async () => {
  const { login, server } = createNotpHarness()
  await login('signup')
  expect((await server('/users')).body.users).toEqual([])
})

test('a login ID may start a login six times in ten minutes', async () => {
  const { start, emulator } = createNotpHarness()
  const attempt = (loginId: string) => start('signup-in', { loginId })
  for (let i = 0; i < 6; i++) expect((await attempt(PHONE)).status).toBe(200)
  const refused = await attempt(PHONE)
  expect(refusal(refused)).toEqual({ status: 429, code: 'E130429' })
  const seconds = Number(refused.headers.get('Retry-After'))
  expect(seconds).toBeGreaterThan(0)
  expect((await attempt(OTHER_PHONE)).status).toBe(200)
  emulator.clock.advance(seconds)
  expect((await attempt(PHONE)).status).toBe(200)
})
