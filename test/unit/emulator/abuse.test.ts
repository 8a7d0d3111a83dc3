// @vitest-environment node
import { serialize, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { OTP_METHODS } from '../../../src/emulator/authsignal/methods.js'
import { BoundedMap } from '../../../src/emulator/lib/bounded-map.js'
import { resolveOptions } from '../../../src/emulator/options.js'
import { createRoutes } from '../../../src/emulator/routes/index.js'
import { createQrConnect } from '../../../src/emulator/routes/qr-connection.js'
import { createService } from '../../../src/emulator/service.js'
import { base32, totpCode } from '../../support/rfc-6238.js'
import { base64Url, fromBase64Url, register, sign } from '../../support/software-authenticator.js'
import { createHarness, type Harness, nextCode, ORIGIN } from './harness.js'
import { PROJECT } from './notp.js'
import { fullPath, ROUTES, tenantHeader } from './routes.js'

const PASSKEY = '/user-authenticators/passkey'

const allRoutes = () => createRoutes(createService(resolveOptions({}))).routes

test('every route that takes a body is in the table of those that are fuzzed', () => {
  const inTable = (method: string, pattern: string) =>
    ROUTES.some(
      route =>
        route[1] === method && new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(fullPath(route)),
    )
  const missing = allRoutes().filter(
    ({ method, path }) =>
      ['POST', 'PATCH', 'PUT'].includes(method) &&
      // Its button sends nothing; `magic-link.test.ts` presses it in every state.
      !path.startsWith('/magic-link/') &&
      // It has no body: it is refused.
      path !== '/v1/users/authenticators' &&
      !inTable(method, path),
  )
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

test('every control route refuses foreign pages and foreign names of this machine', async () => {
  const { emulator } = createHarness()
  const paths = new Set(
    allRoutes()
      // The page at `/emulator/` itself has no data, and links lead to it.
      .filter(
        ({ method, path }) => path.startsWith('/emulator/') && path !== '/emulator/' && method !== 'ALL',
      )
      .map(({ method, path }) => `${method} ${path}`),
  )
  expect(paths.size).toBeGreaterThan(10)
  for (const route of paths) {
    const [method, path] = route.split(' ') as [string, string]
    for (const [origin, headers] of [
      [ORIGIN, { Origin: 'https://evil.example' }],
      [ORIGIN, { Origin: 'http://localhost:3000' }],
      [ORIGIN, { Origin: 'null' }],
      [ORIGIN, { 'Sec-Fetch-Site': 'cross-site' }],
      ['http://evil.example:4010', {}],
    ] as const) {
      const response = await emulator.fetch(origin + path, { method, headers })
      expect([route, origin, response.status]).toEqual([route, origin, 403])
    }
  }
})

/** One user's journey; returns the verified user. */
const JOURNEYS: readonly ((harness: Harness, userId: string, contact: string) => Promise<string>)[] = [
  async function sms({ client, track, emulator }, userId, phoneNumber) {
    const { token } = await track(userId)
    await client(token, '/user-authenticators/sms', { body: { phoneNumber } })
    const body = { verificationCode: await nextCode(emulator, phoneNumber) }
    return (await client(token, '/verify/sms', { body })).body.accessToken
  },
  async function totp({ client, track, emulator }, userId) {
    const { token } = await track(userId)
    const { secret } = (await client(token, '/user-authenticators/totp')).body
    const body = { verificationCode: await totpCode(base32(secret), emulator.clock.now()) }
    return (await client(token, '/verify/totp', { body })).body.accessToken
  },
  async function push({ client, call, track }, userId) {
    await call('/emulator/push/enroll', { body: { userId } })
    const { token } = await track(userId)
    const { challengeId } = (await client(token, '/challenge/push')).body
    await call('/emulator/push/respond', { body: { challengeId, approved: true } })
    return (await client(token, '/verify/push', { body: { challengeId } })).body.accessToken
  },
  async function qrCode({ call }, userId) {
    const path = '/v1/client/challenge/qr-code'
    const challenge = (await call(path, { headers: tenantHeader, body: { action: 'signIn' } })).body
    const { challengeId, deviceCode } = challenge
    await call('/emulator/qr/claim', { body: { challengeId, userId } })
    await call('/emulator/qr/respond', { body: { challengeId, approved: true } })
    const body = { challengeId, deviceCode }
    return (await call('/v1/client/verify/qr-code', { headers: tenantHeader, body })).body.accessToken
  },
  async function passkey({ call, client, track }, userId) {
    const { token } = await track(userId)
    const begun = (await client(token, `${PASSKEY}/registration-options`, { body: {} })).body
    const { key, response } = await register(begun.options)
    await client(token, PASSKEY, { body: { registrationCredential: response } })
    const path = `/v1/client${PASSKEY}/authentication-options`
    const { options } = (await call(path, { method: 'POST', headers: tenantHeader })).body
    const body = { authenticationCredential: await sign(key, options) }
    return (await call('/v1/client/verify/passkey', { headers: tenantHeader, body })).body.accessToken
  },
]

test('200 users at once, by five methods, do not mix', async () => {
  const harness = createHarness()
  const users = Array.from({ length: 200 }, (_, index) => `user-${index}`)
  const found = await Promise.all(
    users.map(async (userId, index) => {
      const journey = JOURNEYS[index % JOURNEYS.length]!
      const token = await journey(harness, userId, `+64210${String(index).padStart(6, '0')}`)
      const { isValid, userId: verified } = await harness.validate(token)
      return isValid ? verified : 'not valid'
    }),
  )
  expect(found).toEqual(users)
}, 60_000)

describe('memory', () => {
  // The capacities are 10,000 records of a kind, and 50,000 keys of limits.
  test('stays bounded under challenges by code, and messages with them', () => {
    const service = createService(resolveOptions({}))
    const { challenges, inbox, limits, clock } = service
    const method = OTP_METHODS[0]!
    const first = JSON.stringify(['send', method.name, '+642100000000'])
    for (let i = 0; i <= 50_000; i++)
      challenges.start({
        method,
        contact: `+6421${String(i).padStart(8, '0')}`,
        scopes: [],
        purpose: { kind: 'sign-in' },
        actionCode: 'signIn',
        idempotencyKey: 'key',
        address: ORIGIN,
      })
    expect(challenges.size).toBe(20_000)
    expect(inbox.messages.list()).toHaveLength(1000)
    // The limits too: the first number's uses were dropped in favour of later ones.
    for (let i = 0; i < method.sends.count; i++) expect(limits.take(first, method.sends)).toEqual({})
    clock.advance(2 * 3600)
    service.sweep()
    expect(challenges.size).toBe(0)
  }, 60_000)

  test('stays bounded under challenges of one user', async () => {
    const service = createService(resolveOptions({}))
    const { actions, approvals, ceremonies, challenges, clock, tokens, users } = service
    const user = users.ensure('jane')
    const action = actions.track(user, 'pay', undefined, {})
    const caller = await tokens.read(await tokens.issue(action, ['read:authenticators'], ORIGIN))
    const method = { ...OTP_METHODS[0]!, sends: { count: Infinity, windowMs: 1 } }
    for (let i = 0; i <= 10_000; i++) {
      if (i % 10 === 0)
        challenges.startFor(action, {
          method,
          contact: '+64211234567',
          scopes: [],
          purpose: { kind: 'contact' },
          address: ORIGIN,
        })
      ceremonies.nameAction('buy', undefined)
      ceremonies.assertionOptions(undefined, 'PASSKEY', {})
      approvals.startQr(caller, {})
    }
    expect(challenges.latestOf(action, method.name)).toBe(challenges.all().at(-1))
    // Of ceremonies and of named actions 5,000 each.
    expect([ceremonies.size, approvals.size]).toEqual([10_000, 2000])
    clock.advance(2 * 3600)
    service.sweep()
    expect([ceremonies.size, approvals.size]).toEqual([0, 0])
  }, 60_000)

  test('stays bounded under logins by nOTP, and users with them', () => {
    const { notp, clock, sweep } = createService(resolveOptions({}))
    const { logins } = notp
    const phoneOf = (index: number) => `+6421${String(index).padStart(8, '0')}`
    const start = (loginId: string) => logins.start({ flow: 'signup-in', loginId })
    const first = start(phoneOf(0))
    logins.receive(first, phoneOf(0))
    for (let i = 1; i <= 10_000; i++) logins.receive(start(phoneOf(i)), phoneOf(i))
    expect(() => logins.find(first)).toThrow('unknown or has expired')
    expect(() => logins.start({ flow: 'signin', loginId: phoneOf(0) })).toThrow('no such user')
    const last = logins.start({ flow: 'signin', loginId: phoneOf(10_000) })
    expect(logins.find({ pendingRef: last.pendingRef })).toBe(last)
    clock.advance(600)
    sweep()
    expect(() => logins.find(last)).toThrow('unknown or has expired')
  }, 60_000)

  test('is freed of challenges that a connection follows and the emulator has forgotten', async () => {
    const service = createService(resolveOptions({}))
    const { approvals } = service
    const sent: string[] = []
    const socket = { send: (text: string) => sent.push(text), close() {} }
    const protocols = ['authsignal-ws', 'x.authsignal.tenant.demo-tenant']
    const connection = createQrConnect(service)({ url: `${ORIGIN}/ws-v1-challenge`, protocols }, socket)
    const data = { challengeType: 'QR_CODE', actionCode: 'signIn' }
    connection.receive(JSON.stringify({ type: 'CREATE_CHALLENGE', data }))
    await expect.poll(() => sent.length, { interval: 1 }).toBe(1)
    // In its own function: a value in this scope would stay reachable while the test waits.
    const followed = (() => new WeakRef(approvals.pending('QR_CODE', undefined)[0]!))()
    for (let i = 0; i < 10_000; i++) approvals.startQr(undefined, { actionCode: 'signIn' })
    setFlagsFromString('--expose-gc')
    const collectGarbage: () => void = runInNewContext('gc')
    await expect
      .poll(() => {
        collectGarbage()
        return followed.deref() === undefined
      })
      .toBe(true)
    connection.closed()
  })

  test('stays bounded by bytes under anonymous requests of the largest size', async () => {
    const service = createService(resolveOptions({}))
    const routes = createRoutes(service)
    const kept = vi.spyOn(BoundedMap.prototype, 'set')
    onTestFinished(() => kept.mockRestore())
    const bytesKept = () =>
      kept.mock.calls.splice(0).reduce((sum, [, record]) => sum + serialize(record).byteLength, 0)
    const longest = 'x'.repeat(256)
    const record = { text: 'x'.repeat(4096 - '{"text":""}'.length) }
    const names = { name: longest, givenName: longest, middleName: longest, familyName: longest }
    async function send(path: string, authorization: string, body: object) {
      const headers = { Authorization: authorization, 'User-Agent': 'x'.repeat(512) }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await routes.fetch(new Request(ORIGIN + path, init))
      expect([path, response.status]).toEqual([path, 200])
      return response.json()
    }
    const anonymous = (path: string, body: object) =>
      send(`/v1/client${path}`, tenantHeader.Authorization, body)

    const action = 'x'.repeat(64)
    await anonymous('/challenge/qr-code', { action, custom: record })
    const approval = bytesKept()
    const named = await anonymous('/challenge/web', { action, idempotencyKey: longest })
    await anonymous('/user-authenticators/passkey/authentication-options/web', named)
    const others = bytesKept()
    await send('/v1/auth/notp/whatsapp/signup', `Bearer ${PROJECT}`, {
      ...{ loginId: longest, providerId: longest, templates: record },
      user: { ...names, email: `${'x'.repeat(64)}@${'x'.repeat(60)}.example`, phone: '+642112345678901' },
      loginOptions: { customClaims: record, tenantId: longest },
    })

    const login = bytesKept()
    expect(approval).toBeLessThan(5500)
    expect(login).toBeLessThan(6500)
    expect(others).toBeLessThan(2500)
    // The most that is kept of each. Garbage takes several times as much, until V8 collects it.
    expect((2000 * (approval + login) + 5000 * others) / 1e6).toBeLessThan(40)
  })

  test('stays bounded under authenticators of one user', async () => {
    const { call, server } = createHarness()
    const enrol = () => call('/emulator/push/enroll', { body: { userId: 'jane' } })
    for (let i = 0; i < 100; i++) expect((await enrol()).status).toBe(200)
    expect((await enrol()).body.errorCode).toBe('invalid_request')
    expect((await server('/users/jane/authenticators')).body).toHaveLength(100)
  })
})

test('a user who has nothing and one who has everything get responses of the same shape', async () => {
  const harness = createHarness()
  for (const journey of JOURNEYS.slice(0, 1)) await journey(harness, 'known', '+64210000001')
  await harness.enrol('known', 'known@example.com', 'EMAIL_OTP')
  const [known, unknown] = [await harness.track('known'), await harness.track('unknown')]
  for (const method of ['sms', 'whatsapp', 'email-otp', 'totp']) {
    const shapes = []
    for (const { token } of [known, unknown]) {
      const body = { verificationCode: 'wrong' }
      shapes.push(await harness.client(token, `/verify/${method}`, { body }))
    }
    const [one, two] = shapes.map(({ status, body }) => ({ status, body }))
    expect(one).toEqual(two)
  }
  const look = async (userId: string) => Object.keys((await harness.server(`/users/${userId}`)).body)
  expect(await look('unknown')).toEqual(await look('newcomer'))
})

describe('a credential that was tampered with', () => {
  /** Puts something else in the place of one part. */
  const tampering = fc.record({
    field: fc.constantFrom('clientDataJSON', 'attestationObject', 'authenticatorData', 'signature'),
    change: fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map(bytes => () => base64Url(bytes)),
      fc.nat({ max: 2000 }).map(at => (text: string) => text.slice(0, at % text.length)),
      fc
        .tuple(fc.nat({ max: 5000 }), fc.constantFrom('A', 'z', '_', '7'))
        .map(([at, character]) => (text: string) => {
          const index = at % text.length
          return text.slice(0, index) + character + text.slice(index + 1)
        }),
    ),
  })

  /** What of the client data a registration is checked for; it is no JSON any more after most changes. */
  function boundOf(clientDataJSON: string): string {
    try {
      const { type, challenge, origin } = JSON.parse(new TextDecoder().decode(fromBase64Url(clientDataJSON)))
      return JSON.stringify([type, challenge, origin])
    } catch {
      return 'no JSON'
    }
  }

  test('registers with no other client data, and never makes the emulator fail', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const begun = (await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })).body
    const { response } = await register(begun.options)
    await fc.assert(
      fc.asyncProperty(tampering, async ({ field, change }) => {
        const parts: Record<string, unknown> = response.response
        const original = parts[field]
        if (typeof original !== 'string') return
        const changed = change(original)
        if (atob(toBase64(changed)) === atob(toBase64(original))) return
        const registrationCredential = { ...response, response: { ...parts, [field]: changed } }
        const result = await harness.client(token, PASSKEY, { body: { registrationCredential } })
        // Only what binds the credential to this challenge is checked: without attestation nothing is signed.
        // Other changes may make another credential, after which a further one is forbidden.
        if (field === 'clientDataJSON' && boundOf(changed) !== boundOf(original))
          expect([400, 403]).toContain(result.status)
        else expect([200, 400, 403]).toContain(result.status)
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  test('never signs anyone in, and never makes the emulator fail', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const begun = (await harness.client(token, `${PASSKEY}/registration-options`, { body: {} })).body
    const { key, response } = await register(begun.options)
    await harness.client(token, PASSKEY, { body: { registrationCredential: response } })
    const path = `/v1/client${PASSKEY}/authentication-options`
    const { options } = (await harness.call(path, { method: 'POST', headers: tenantHeader })).body
    const assertion = await sign(key, options)
    const verify = (authenticationCredential: object) =>
      harness.call('/v1/client/verify/passkey', {
        headers: tenantHeader,
        body: { authenticationCredential },
      })
    await fc.assert(
      fc.asyncProperty(tampering, async ({ field, change }) => {
        const parts: Record<string, unknown> = assertion.response
        const original = parts[field]
        if (typeof original !== 'string') return
        const changed = change(original)
        if (atob(toBase64(changed)) === atob(toBase64(original))) return
        // One signature can be written down in more than one way.
        if (field === 'signature' && Math.abs(changed.length - original.length) < 2) return
        const result = await verify({ ...assertion, response: { ...parts, [field]: changed } })
        expect(result.status).toBe(400)
        expect(result.body.errorCode).toMatch(/^invalid_(credential|request)$/)
      }),
      { numRuns: 200 },
    )
    expect((await verify(assertion)).body.isVerified).toBe(true)
  }, 60_000)

  /** The same bytes in plain base64; bits after the last byte are dropped on the way. */
  function toBase64(text: string): string {
    const plain = text.replaceAll('-', '+').replaceAll('_', '/')
    return plain.length % 4 === 1 ? plain.slice(0, -1) : plain
  }
})

test('no message over a connection makes it fail', async () => {
  const { emulator } = createHarness()
  const text = fc.oneof(fc.string(), fc.json())
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 5 }), fc.array(fc.string()), async (texts, others) => {
      const closed = new Promise<number>(resolve => {
        const protocols = ['authsignal-ws', 'x.authsignal.tenant.demo-tenant', ...others]
        const socket = { send() {}, close: resolve }
        const { receive } = emulator.connect({ url: `${ORIGIN}/ws-v1-challenge`, protocols }, socket)
        for (const each of [...texts, '']) receive(each)
      })
      expect([4400, 4401]).toContain(await closed)
    }),
    { numRuns: 100 },
  )
})
