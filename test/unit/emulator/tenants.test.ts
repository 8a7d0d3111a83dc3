// @vitest-environment node
import { Authsignal } from 'authsignal-channels'
import { createEmulator, type TenantOptions } from 'authsignal-channels/emulator'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  createHarness,
  type Harness,
  harnessOf,
  nextCode,
  ORIGIN,
  PHONE,
  type TenantHarness,
  wrong,
} from './harness.js'

afterEach(() => vi.useRealTimers())

const created = ({ emulator }: Harness, options?: TenantOptions) =>
  harnessOf(emulator.tenants.create(options))

/** A user's step-up; the number of messages that the user's tenant has then. */
async function stepUp({ emulator, enrol, track, client, validate }: TenantHarness, userId: string) {
  await enrol(userId)
  const { token } = await track(userId)
  await client(token, '/challenge/sms')
  const verificationCode = await nextCode(emulator, PHONE)
  const { body } = await client(token, '/verify/sms', { body: { verificationCode } })
  return { isVerified: body.isVerified, isValid: (await validate(body.accessToken)).isValid }
}

describe('a tenant of its own', () => {
  test('has an ID, a secret key, a project and an address that no other has', () => {
    const { tenants, config } = createEmulator()
    const [one, two] = [tenants.create().config, tenants.create().config]
    for (const name of ['tenantId', 'apiSecretKey', 'projectId', 'url', 'baseUrl'] as const)
      expect(new Set([one[name], two[name], config[name]]).size).toBe(3)
    expect(one.url).toBe(`http://localhost:4010/t/${one.tenantId}`)
    expect(one.baseUrl).toBe(`${one.url}/v1`)
  })

  test('shares no user, message, limit, outcome or clock with another', async () => {
    const first = createHarness()
    const [one, two] = [created(first), created(first)]
    await one.enrol('jane')
    const { token } = await one.track('jane')
    for (let sent = 0; sent < 7; sent++) await one.client(token, '/challenge/sms')
    expect((await one.client(token, '/challenge/sms')).status).toBe(429)
    await one.call('/emulator/outcomes', { body: { action: 'pay', outcome: 'BLOCK' } })
    one.emulator.clock.advance(3600)

    for (const other of [two, first]) {
      expect((await other.server('/users')).body.users).toEqual([])
      expect(other.emulator.messages.list()).toEqual([])
      expect(other.emulator.clock.now()).toBeLessThan(Date.now() + 60_000)
      expect(await stepUp(other, 'jane')).toEqual({ isVerified: true, isValid: true })
    }
  })

  test('refuses the token, the key and the ID of another', async () => {
    const harness = createHarness()
    const [one, two] = [created(harness), created(harness)]
    const { token } = await one.track('jane')
    await two.track('jane')
    expect((await two.client(token, '/init')).body.errorCode).toBe('invalid_token')
    const basic = (text: string) => ({ headers: { Authorization: `Basic ${btoa(text)}` } })
    const { apiSecretKey, tenantId } = one.emulator.config
    expect((await two.call('/v1/users', basic(`${apiSecretKey}:`))).status).toBe(401)
    expect((await two.call('/v1/client/challenge', { ...basic(tenantId), body: {} })).status).toBe(401)
  })

  test('refuses the token of another also when a number determines both', async () => {
    const harness = createHarness({ random: 7 })
    const [one, two] = [created(harness), created(harness)]
    const tokens = await Promise.all([one, two].map(each => each.track('jane', { idempotencyKey: 'key' })))
    expect((await one.client(tokens[0].token, '/init')).status).toBe(200)
    expect((await two.client(tokens[0].token, '/init')).status).toBe(401)
  })

  test('begins with the options and the seed of the emulator, unless it is given others', async () => {
    const harness = createHarness({ smsOptIn: false, seed: { users: [{ userId: 'jane' }] } })
    const one = created(harness)
    const two = created(harness, { smsOptIn: true, seed: {} })
    expect([one, two].map(({ emulator }) => emulator.config.smsOptIn)).toEqual([false, true])
    expect((await one.server('/users')).body.users).toMatchObject([{ userId: 'jane' }])
    expect((await two.server('/users')).body.users).toEqual([])
    await one.server('/users/jane', { method: 'DELETE' })
    expect((await harness.server('/users')).body.users).toMatchObject([{ userId: 'jane' }])
  })

  test('is reset and restored alone', async () => {
    const harness = createHarness()
    const one = created(harness)
    await Promise.all([harness, one].map(each => each.enrol('jane')))
    const snapshot = await one.emulator.snapshot()
    one.emulator.reset()
    expect((await one.server('/users')).body.users).toEqual([])
    expect((await harness.server('/users')).body.users).toHaveLength(1)
    harness.emulator.reset()
    await one.emulator.restore(snapshot)
    expect((await one.server('/users')).body.users).toHaveLength(1)
    expect((await harness.server('/users')).body.users).toEqual([])
  })

  test.each([
    ['tenantId', { tenantId: 'a/b' }],
    ['tenantId', { tenantId: 'demo-tenant' }],
    ['tenantId', { tenantId: 'acme' }],
    ['apiSecretKey', { apiSecretKey: 'demo-secret' }],
    ['projectId', { projectId: 'acme' }],
    ['lifetimeInMinutes', { lifetimeInMinutes: 0 }],
    ['lifetimeInMinutes', { lifetimeInMinutes: 1441 }],
    ['smsOptIn', { smsOptIn: 'yes' as never }],
    ['seed', { seed: 7 as never }],
  ])('is refused for its "%s", and nothing changes: %j', async (name, options) => {
    const { emulator, call } = createHarness()
    emulator.tenants.create({ tenantId: 'acme' })
    expect(() => emulator.tenants.create(options)).toThrow(`"${name}"`)
    expect((await call('/emulator/tenants', { body: options })).body.errorDescription).toMatch(`"${name}"`)
    expect(emulator.tenants.list()).toHaveLength(1)
  })
})

describe('a request gets to its tenant', () => {
  /** With one user, so that a response shows whose it is. */
  async function withUser() {
    const harness = createHarness()
    const tenant = created(harness)
    await tenant.enrol('jane')
    const { token } = await tenant.track('jane')
    return { ...harness, tenant, config: tenant.emulator.config, token }
  }
  const secret = ({ apiSecretKey }: { apiSecretKey: string }) => ({
    Authorization: `Basic ${btoa(`${apiSecretKey}:`)}`,
  })

  test('by its secret key, with or without the path of the tenant', async () => {
    const { call, config } = await withUser()
    for (const path of ['/v1/users', `/t/${config.tenantId}/v1/users`, `/t/${config.tenantId}//v1//users`]) {
      const { body } = await call(path, { headers: secret(config) })
      expect(body.users).toMatchObject([{ userId: 'jane' }])
    }
  })

  test('by its token, and by the tenant ID in place of one', async () => {
    const { call, client, config, token } = await withUser()
    expect((await client(token, '/init')).status).toBe(200)
    const anonymous = { Authorization: `Basic ${btoa(encodeURIComponent(config.tenantId))}` }
    const path = '/v1/client/user-authenticators/passkey/authentication-options'
    expect((await call(path, { headers: anonymous, body: {} })).status).toBe(200)
  })

  test('by the tenant ID or the project ID in the path of a key set', async () => {
    const { call, config } = await withUser()
    expect((await call(`/v1/client/public/${config.tenantId}/.well-known/jwks`)).body.keys).toHaveLength(1)
    expect((await call(`/v2/keys/${config.projectId}`)).body.keys).toHaveLength(1)
  })

  test('by the project ID of nOTP', async () => {
    const { call, config, emulator } = await withUser()
    const headers = { Authorization: `Bearer ${config.projectId}` }
    const { body } = await call('/v1/auth/notp/whatsapp/signup-in', { headers, body: { loginId: PHONE } })
    const approve = (path: string) =>
      call(`${path}/emulator/notp/approve`, { body: { pendingRef: body.pendingRef, phone: PHONE } })
    expect((await approve('')).status).toBeGreaterThanOrEqual(400)
    expect((await approve(`/t/${config.tenantId}`)).body.approved).toBe(true)
    expect(emulator.tenants.list()).toHaveLength(1)
  })

  test('by the path of a control route', async () => {
    const { call, client, config, token } = await withUser()
    await client(token, '/challenge/sms')
    expect((await call(`/t/${config.tenantId}/emulator/health`)).body.tenantId).toBe(config.tenantId)
    expect((await call(`/t/${config.tenantId}/emulator/messages`)).body.messages).toHaveLength(1)
    expect((await call('/emulator/messages')).body.messages).toEqual([])
  })

  test('and its own addresses lead there: hosted page, magic link, issuer', async () => {
    const { call, client, config, token, tenant } = await withUser()
    const { url } = await tenant.track('jane')
    expect(url.startsWith(`${ORIGIN}/t/${config.tenantId}/challenge?token=`)).toBe(true)
    await client(token, '/user-authenticators/email-magic-link', { body: { email: 'jane@example.com' } })
    const { token: other } = await tenant.track('joe', { email: 'joe@example.com' })
    await client(other, '/user-authenticators/email-magic-link', { body: { email: 'joe@example.com' } })
    const link = tenant.emulator.messages.latest({ channel: 'EMAIL' })!.url!
    expect(link.startsWith(`${ORIGIN}/t/${config.tenantId}/magic-link/`)).toBe(true)
    const page = await (await tenant.emulator.fetch(link)).text()
    expect(page).toContain('Is this you?')
    expect((await call(`/t/${config.tenantId}/emulator/health`)).status).toBe(200)
    const { iss } = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')))
    expect(iss).toBe(`${ORIGIN}/t/${config.tenantId}/v1`)
  })

  test('over a WebSocket, by path, token or tenant ID', async () => {
    const { emulator, config, token } = await withUser()
    const socket = { send() {}, close: vi.fn() }
    const open = (path: string, name: string) =>
      emulator.connect(
        { url: `ws://localhost:4010${path}/ws-v1-challenge`, protocols: ['authsignal-ws', name] },
        socket,
      )
    const message = JSON.stringify({
      type: 'CREATE_CHALLENGE',
      data: { challengeType: 'QR_CODE', actionCode: 'pay' },
    })
    const pending = async (path: string) => {
      const response = await emulator.fetch(`${path}/emulator/qr/pending`)
      return ((await response.json()) as { challenges: unknown[] }).challenges.length
    }
    let count = 0
    for (const [path, name] of [
      ['', `x.authsignal.tenant.${config.tenantId}`],
      ['', `x.authsignal.token.${token}`],
      [`/t/${config.tenantId}`, `x.authsignal.tenant.${config.tenantId}`],
    ] as const) {
      open(path, name).receive(message)
      count++
      await vi.waitFor(async () => expect(await pending(`/t/${config.tenantId}`)).toBe(count))
    }
    expect(await pending('')).toBe(0)
    expect(() => open('/t/unknown', 'x.authsignal.tenant.demo-tenant')).toThrow('tenant')
  })

  test('and a tenant that does not exist is 404, by any route', async () => {
    const { call, emulator, config, tenant } = await withUser()
    emulator.tenants.delete(config.tenantId)
    for (const path of ['/v1/users', '/emulator/health', '/challenge', '', '/v1/client/init']) {
      const { status, body } = await call(`/t/${config.tenantId}${path}`, { headers: secret(config) })
      expect([path, status, body.errorCode]).toEqual([path, 404, 'not_found'])
    }
    expect((await tenant.emulator.fetch('/emulator/health')).status).toBe(200)
    expect((await call('/v1/users', { headers: secret(config) })).status).toBe(401)
  })
})

describe('tenants', () => {
  test('are created, listed and deleted by control routes', async () => {
    const { call } = createHarness()
    const { body } = await call('/emulator/tenants', { method: 'POST' })
    expect(body).toEqual({
      tenantId: expect.stringMatching(/^tenant-\w+$/),
      apiSecretKey: expect.any(String),
      projectId: expect.stringMatching(/^P2\w+$/),
      url: `${ORIGIN}/t/${body.tenantId}`,
      baseUrl: `${ORIGIN}/t/${body.tenantId}/v1`,
      expiresAt: expect.stringMatching(/Z$/),
    })
    expect((await call('/emulator/tenants')).body.tenants).toMatchObject([{ tenantId: body.tenantId }])
    const path = `/emulator/tenants/${body.tenantId}`
    expect((await call(path, { method: 'DELETE' })).body).toEqual({ ok: true })
    expect((await call(path, { method: 'DELETE' })).status).toBe(404)
    expect((await call('/emulator/tenants')).body.tenants).toEqual([])
  })

  test('have the address that the emulator was reached by', async () => {
    const { emulator } = createHarness()
    const response = await emulator.fetch('http://127.0.0.1:1234/emulator/tenants', { method: 'POST' })
    expect(((await response.json()) as { url: string }).url).toMatch(/^http:\/\/127\.0\.0\.1:1234\/t\//)
  })

  test('manage no others', async () => {
    const { call, emulator } = createHarness()
    const { tenantId } = emulator.tenants.create().config
    expect((await call(`/t/${tenantId}/emulator/tenants`, { method: 'POST' })).status).toBe(501)
  })

  test('are deleted when no request has come for their time, by real time', async () => {
    vi.useFakeTimers()
    const { emulator, call } = createHarness()
    const [kept, unused] = [emulator.tenants.create({ lifetimeInMinutes: 10 }), emulator.tenants.create()]
    kept.clock.advance(24 * 60 * 60)
    for (let minutes = 0; minutes < 60; minutes += 6) {
      vi.advanceTimersByTime(6 * 60_000)
      expect((await call(`/t/${kept.config.tenantId}/emulator/health`)).status).toBe(200)
    }
    expect(emulator.tenants.list()).toEqual([kept])
    expect(emulator.tenants.delete(unused.config.tenantId)).toBe(false)
    vi.advanceTimersByTime(10 * 60_000)
    expect((await call(`/t/${kept.config.tenantId}/emulator/health`)).status).toBe(404)
  })

  test('send no webhook again once they are deleted', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
    const send = vi.fn(async () => new Response('', { status: 500 }))
    const { emulator } = createHarness({ webhooks: [{ url: 'http://backend.test/webhooks' }], fetch: send })
    const tenants = [emulator.tenants.create(), emulator.tenants.create()]
    for (const tenant of tenants) {
      await harnessOf(tenant).enrol('jane')
      await tenant.webhooks.settled()
      expect(tenant.webhooks.deliveries().map(({ attempts }) => attempts.length)).toEqual([1])
    }
    emulator.tenants.delete(tenants[0]!.config.tenantId)
    send.mockClear()
    await vi.advanceTimersByTimeAsync(30_000)
    for (const { webhooks } of tenants) await webhooks.settled()
    expect(send).toHaveBeenCalledOnce()
    emulator.tenants.delete(tenants[1]!.config.tenantId)
  })

  test('are bounded in number: the one that was used least recently goes', async () => {
    const { emulator, call } = createHarness()
    const [first, second] = [emulator.tenants.create(), emulator.tenants.create()]
    await call(`/t/${first.config.tenantId}/emulator/health`)
    for (let more = 0; more < 999; more++) emulator.tenants.create()
    const list = emulator.tenants.list()
    expect(list).toHaveLength(1000)
    expect(list).toContain(first)
    expect(list).not.toContain(second)
  })

  test('with a number that determines everything have the same IDs at each run', () => {
    const names = () => {
      const { tenants } = createEmulator({ random: 7 })
      return [tenants.create(), tenants.create()].map(({ config }) => [config.tenantId, config.apiSecretKey])
    }
    expect(names()).toEqual(names())
  })
})

test('500 runs by 8 workers on one emulator never see each other', async () => {
  const { emulator } = createHarness()
  let runs = 0

  /** A wrong code, the right one, and a token that expires. All runs have the same user and the same base URL. */
  async function run() {
    const { config, messages, clock } = emulator.tenants.create()
    // The calls go to the emulator, which finds the tenant.
    const { enrol, track } = harnessOf({ ...emulator, config })
    await enrol('jane')
    const { token } = await track('jane')
    const { tenantId } = config
    const authsignal = new Authsignal({ tenantId, baseUrl: emulator.config.baseUrl, fetch: emulator.fetch })
    authsignal.setToken(token)
    await authsignal.sms.challenge()
    const code = await messages.nextCode()
    expect(await authsignal.sms.verify({ code: wrong(code) })).toMatchObject({ isVerified: false })
    expect(await authsignal.sms.verify({ code })).toMatchObject({ isVerified: true })
    expect(messages.list()).toHaveLength(1)
    clock.advance(11 * 60)
    expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
    expect(emulator.tenants.delete(tenantId)).toBe(true)
    runs++
  }
  const worker = async () => {
    while (runs < 500) await run()
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  expect(runs).toBeGreaterThanOrEqual(500)
  expect(emulator.messages.list()).toEqual([])
  expect(emulator.tenants.list()).toEqual([])
}, 120_000)
