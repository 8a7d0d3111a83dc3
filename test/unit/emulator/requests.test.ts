// @vitest-environment node
import type { RecordedRequest } from 'authsignal-channels/emulator'
import { describe, expect, test } from 'vitest'
import { readEvents } from './events.js'
import { createHarness, EMAIL, type Harness, nextCode, PHONE, wrong } from './harness.js'
import { createNotpHarness } from './notp.js'
import { tenantHeader } from './routes.js'

const recorded = async ({ call }: Harness, query = ''): Promise<RecordedRequest[]> =>
  (await call(`/emulator/requests${query}`)).body.requests

test('each request is recorded with its bodies, its user, and how it was authorized, newest first', async () => {
  const harness = createHarness()
  const { call, client, enrol, track, emulator } = harness
  await enrol('jane')
  const { token } = await track('jane', { deviceId: 'laptop' })
  await client(token, '/challenge/sms')
  const code = await nextCode(emulator, PHONE)
  await client(token, '/verify/sms', { body: { verificationCode: code } })
  await call('/v1/client/challenge/qr-code', { body: { action: 'pay' }, headers: tenantHeader })

  const requests = await recorded(harness)
  expect(requests).toEqual(emulator.requests.list())
  expect(requests.map(({ id }) => id)).toEqual(['4', '3', '2', '1', '0'])
  expect(requests.map(({ durationMs }) => durationMs).every(ms => ms >= 0)).toBe(true)
  const [qrCode, verify, challenge, tracked] = requests
  expect(tracked).toMatchObject({
    method: 'POST',
    path: '/v1/users/jane/actions/pay',
    status: 200,
    authorization: 'SECRET_KEY',
    userId: 'jane',
    requestBody: { deviceId: 'laptop' },
    responseBody: { state: 'CHALLENGE_REQUIRED', token: '[hidden]' },
  })
  expect(challenge).toMatchObject({ authorization: 'TOKEN', userId: 'jane', status: 200 })
  expect(challenge).not.toHaveProperty('requestBody')
  expect(verify).toMatchObject({
    requestBody: { verificationCode: code },
    responseBody: { isVerified: true, accessToken: '[hidden]' },
  })
  expect(verify).not.toHaveProperty('errorCode')
  expect(qrCode).toMatchObject({ authorization: 'TENANT_ID', responseBody: { deviceCode: '[hidden]' } })
  expect(qrCode).not.toHaveProperty('userId')
})

describe('the reason of a refusal is recorded:', () => {
  test('an error', async () => {
    const harness = createHarness()
    await harness.client('not.a.token', '/challenge/sms')
    expect(await recorded(harness)).toMatchObject([
      {
        status: 401,
        authorization: 'NONE',
        errorCode: 'invalid_token',
        errorDescription: 'The token is invalid.',
      },
    ])
  })

  test('a wrong code, which has no error status', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const { token } = await harness.track('jane')
    await harness.client(token, '/challenge/sms')
    const verificationCode = wrong(await nextCode(harness.emulator, PHONE))
    await harness.client(token, '/verify/sms', { body: { verificationCode } })
    expect((await recorded(harness))[0]).toMatchObject({ status: 200, errorCode: 'CODE_INVALID_OR_EXPIRED' })
  })

  test('an invalid token of a backend', async () => {
    const harness = createHarness()
    await harness.validate('x')
    expect((await recorded(harness))[0]).toMatchObject({
      status: 200,
      errorCode: 'Token is invalid or expired.',
    })
  })

  test('an error of nOTP, in the words of that request', async () => {
    const harness = createNotpHarness()
    await harness.poll('x')
    const [{ errorCode, errorDescription, ...request }] = (await recorded(harness)) as [RecordedRequest]
    expect(request).toMatchObject({ authorization: 'PROJECT_ID', responseBody: { errorCode } })
    expect(request.responseBody).toHaveProperty('errorMessage', errorDescription)
  })

  test('a body that is not JSON', async () => {
    const harness = createHarness()
    await harness.server('/challenge', { body: '{"verificationMethod": SMS' })
    expect(await recorded(harness)).toMatchObject([
      { requestBody: '{"verificationMethod": SMS', errorDescription: 'The body is not valid JSON.' },
    ])
  })
})

test('no token, key or other secret is recorded', async () => {
  const harness = createNotpHarness({ notpTokenDelivery: 'body' })
  const { call, server, client, track, emulator } = harness
  const secrets: string[] = ['demo-secret', btoa('demo-secret:')]
  const keep = (text: string) => {
    expect(text.length).toBeGreaterThan(8)
    secrets.push(text)
  }
  const enrolled = await server('/users/jane/authenticators', {
    body: { verificationMethod: 'EMAIL_MAGIC_LINK', email: EMAIL },
  })
  enrolled.body.recoveryCodes.forEach(keep)
  const { token, url } = await track('jane', { scope: 'add:authenticators' })
  keep(token)
  keep(url)
  const totp = await client(token, '/user-authenticators/totp')
  keep(totp.body.secret)
  keep(totp.body.uri)
  const second = await track('jane')
  await client(second.token, '/challenge/email-magic-link')
  const link = new URL(emulator.messages.latest()!.url!)
  keep(link.pathname.split('/').at(-1)!)
  await emulator.fetch(link, { method: 'POST' })
  const session = await server('/sessions', { body: { clientId: 'app', token: second.token } })
  keep(session.body.accessToken)
  keep(session.body.refreshToken)
  const login = await harness.login('signup-in')
  keep(login.sessionJwt)
  keep(login.refreshJwt)
  await harness.refresh(login.refreshJwt)
  await server('/validate', { body: `{"token": "${session.body.refreshToken}` })
  await call(`/v1/nowhere?token=${token}`)
  await call('/emulator/snapshot', { method: 'PUT', body: await emulator.snapshot() })

  const text = JSON.stringify(await recorded(harness))
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(text).toContain('/magic-link/')
})

test('the fault that a request has met is recorded, also when the routes have responded to it', async () => {
  const harness = createHarness()
  const { emulator, enrol } = harness
  emulator.faults.add({ path: '/v1/users/*', fault: '503', times: 1 })
  emulator.faults.add({ path: '/v1/users/*', fault: 'network', times: 1 })
  emulator.faults.add({ path: '/v1/users/*', fault: 'lost-response', times: 1 })
  await emulator.fetch('/v1/users/jane')
  for (const _ of ['network', 'lost-response']) await expect(enrol('jane')).rejects.toThrow()
  await enrol('joe')
  const [none, lost, broken, unavailable] = emulator.requests.list()
  expect(none).not.toHaveProperty('fault')
  expect(lost).toMatchObject({ fault: 'lost-response', status: 200, userId: 'jane' })
  expect(broken).toMatchObject({ fault: 'network', status: 0 })
  expect(unavailable).toMatchObject({ fault: '503', status: 503 })
})

test('a tenant has a record of its own requests', async () => {
  const { emulator } = createHarness()
  const tenant = emulator.tenants.create({ tenantId: 'other' })
  await emulator.fetch('/t/other/v1/users/jane')
  expect(emulator.requests.list()).toEqual([])
  expect(tenant.requests.list()).toMatchObject([
    { path: '/t/other/v1/users/jane', userId: 'jane', status: 401 },
  ])
})

test('what tools only read is not recorded, what they change is', async () => {
  const harness = createHarness()
  const { call, emulator } = harness
  for (const path of ['/', '/emulator/health', '/emulator/messages', '/emulator/requests'])
    await emulator.fetch(path)
  await emulator.fetch('/', { method: 'HEAD' })
  expect(await recorded(harness)).toEqual([])
  await call('/emulator/clock', { body: { advance: 60 } })
  await call('/emulator/outcomes', { body: { action: 'pay', outcome: 'BLOCK' } })
  expect(await recorded(harness)).toMatchObject([
    { path: '/emulator/outcomes', requestBody: { action: 'pay', outcome: 'BLOCK' } },
    { path: '/emulator/clock' },
  ])
  expect(Date.parse(emulator.requests.list()[0]!.createdAt)).toBeGreaterThan(Date.now() + 50_000)
})

test('a reset forgets the requests before it', async () => {
  const harness = createHarness()
  await harness.enrol('jane')
  await harness.call('/emulator/reset', { method: 'POST' })
  expect(await recorded(harness)).toMatchObject([{ path: '/emulator/reset', id: '500' }])
})

test('the last 500 are kept, without bodies of more than 8 kB', async () => {
  const harness = createHarness()
  await harness.server('/validate', { body: { token: 'x'.repeat(9000) } })
  expect((await recorded(harness))[0]).not.toHaveProperty('requestBody')
  for (let i = 1; i <= 501; i++) await harness.call(`/v1/nowhere/${i}`)
  const requests = await recorded(harness)
  expect(requests).toHaveLength(500)
  expect(requests[0]!.path).toBe('/v1/nowhere/501')
  expect(requests.at(-1)!.path).toBe('/v1/nowhere/2')
})

test('filters select by user, path, method and status', async () => {
  const harness = createHarness()
  await harness.enrol('jane')
  await harness.enrol('joe')
  await harness.server('/users/nobody')
  const paths = async (query: string) => (await recorded(harness, query)).map(({ path }) => path)
  expect(await paths('?userId=joe')).toEqual(['/v1/users/joe/authenticators'])
  expect(await paths('?path=/v1/users/jane')).toEqual(['/v1/users/jane/authenticators'])
  expect(await paths('?method=get')).toEqual(['/v1/users/nobody'])
  await harness.call('/v1/nowhere')
  expect(await paths('?status=501')).toEqual(['/v1/nowhere'])
  expect((await harness.call('/emulator/requests?status=ok')).status).toBe(400)
})

describe('the stream', () => {
  const open = async ({ emulator }: Harness, query = '', headers: Record<string, string> = {}) =>
    readEvents(await emulator.fetch(`/emulator/requests/stream${query}`, { headers }))

  test('begins with the recorded requests, and continues with new ones and resets', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const stream = await open(harness, '?userId=jane')
    expect(await stream.next()).toHaveProperty('retry')
    expect(JSON.parse((await stream.next()).data!)).toEqual(harness.emulator.requests.list()[0])
    const arriving = stream.next()
    await harness.enrol('joe')
    await harness.track('jane')
    expect(JSON.parse((await arriving).data!)).toMatchObject({ path: '/v1/users/jane/actions/pay' })
    const clearing = stream.next()
    await harness.call('/emulator/reset', { method: 'POST' })
    expect(await clearing).toEqual({ event: 'reset', data: '{}' })
    await stream.close()
  })

  test('continues where a client left off', async () => {
    const harness = createHarness()
    for (const user of ['a', 'b', 'c']) await harness.enrol(user)
    const stream = await open(harness, '', { 'Last-Event-ID': '1' })
    await stream.next()
    expect((await stream.next()).id).toBe('2')
    await stream.close()
  })
})
