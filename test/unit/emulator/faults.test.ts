// @vitest-environment node
import { connect } from 'node:net'
import { Authsignal } from 'authsignal-channels'
import { createEmulator, type FaultRule, listen } from 'authsignal-channels/emulator'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { FAULT_NAMES } from '../../../src/emulator/lib/faults.js'
import { FAULTS } from '../../faults/faults.js'
import { createHarness, PHONE } from './harness.js'

const JANE = '/v1/users/jane'

/** The statuses of calls that meet a rule or not. */
async function statuses({ emulator }: ReturnType<typeof createHarness>, count: number, path = JANE) {
  const headers = { Authorization: `Basic ${btoa(`${emulator.config.apiSecretKey}:`)}` }
  const list: number[] = []
  for (let sent = 0; sent < count; sent++) list.push((await emulator.fetch(path, { headers })).status)
  return list
}

async function init({ emulator }: ReturnType<typeof createHarness>, token: string) {
  const headers = { Authorization: `Bearer ${token}` }
  return (await emulator.fetch('/v1/client/init', { method: 'POST', headers })).status
}

describe('a rule', () => {
  test.each([
    [JANE, true],
    ['/v1/users/*', true],
    ['/v1/*/jane', true],
    ['/*', true],
    ['*', true],
    ['/v1/users', false],
    ['/v1/users/jan', false],
    ['/v1/user./jane', false],
    ['/t/*', false],
  ])('with the path %s is for /v1/users/jane: %s', async (path, isMet) => {
    const harness = createHarness()
    await harness.enrol('jane')
    harness.emulator.faults.add({ path, fault: '404' })
    expect(await statuses(harness, 1)).toEqual([isMet ? 404 : 200])
  })

  test('is met so many times, and every time by default', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const { id } = harness.emulator.faults.add({ path: '/v1/users/*', fault: '503', times: 2 })
    expect(await statuses(harness, 3)).toEqual([503, 503, 200])
    expect(harness.emulator.faults.list()).toEqual([
      { id, path: '/v1/users/*', fault: '503', times: 2, hits: 2 },
    ])
    harness.emulator.faults.add({ path: '/v1/users/*', fault: '403' })
    expect(await statuses(harness, 3)).toEqual([403, 403, 403])
  })

  test('is for one method, or one user by path or token', async () => {
    const harness = createHarness()
    const { emulator, enrol, track } = harness
    await enrol('jane')
    await enrol('joe')
    const tokens = await Promise.all(['jane', 'joe'].map(async userId => (await track(userId)).token))
    emulator.faults.add({ path: '/*', fault: '400', user: 'jane' })
    expect(await statuses(harness, 1)).toEqual([400])
    expect(await statuses(harness, 1, '/v1/users/joe')).toEqual([200])
    expect(await init(harness, tokens[0])).toBe(400)
    expect(await init(harness, tokens[1])).toBe(200)
    emulator.faults.clear()
    emulator.faults.add({ path: '/*', fault: '400', method: 'POST' })
    expect(await statuses(harness, 1)).toEqual([200])
    expect(await init(harness, tokens[1])).toBe(400)
  })

  test('is met as often as its probability says', async () => {
    const harness = createHarness({ random: 7 })
    await harness.enrol('jane')
    const { id } = harness.emulator.faults.add({ path: '/v1/*', fault: '404', probability: 0.3 })
    await statuses(harness, 500)
    const { hits } = harness.emulator.faults.list()[0]!
    expect(hits).toBeGreaterThan(100)
    expect(hits).toBeLessThan(200)
    expect(harness.emulator.faults.remove(id)).toBe(true)
    expect(harness.emulator.faults.remove(id)).toBe(false)
    expect(await statuses(harness, 2)).toEqual([200, 200])
  })

  test('is never for a control route or a preflight request', async () => {
    const { call, emulator } = createHarness()
    emulator.faults.add({ path: '*', fault: 'network' })
    expect((await call('/emulator/health')).status).toBe(200)
    expect((await call('/v1/client/init', { method: 'OPTIONS' })).status).toBe(204)
    expect((await call('/emulator/faults', { method: 'DELETE' })).body).toEqual({ ok: true })
  })

  test('is for one tenant', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const tenant = harness.emulator.tenants.create()
    tenant.faults.add({ path: '*', fault: 'network' })
    expect(await statuses(harness, 1)).toEqual([200])
    await expect(harness.emulator.fetch(tenant.config.baseUrl)).rejects.toThrow('Failed to fetch')
  })

  test('comes with a seed and again after a reset, which removes the others', async () => {
    const harness = createHarness({ seed: { faults: [{ path: '/v1/users/*', fault: '404', times: 1 }] } })
    expect(await statuses(harness, 1)).toEqual([404])
    harness.emulator.faults.add({ path: '*', fault: 'network' })
    harness.emulator.reset()
    expect(harness.emulator.faults.list()).toMatchObject([{ fault: '404', hits: 0 }])
  })

  test('is part of a snapshot, with what is left of it', async () => {
    const harness = createHarness()
    harness.emulator.faults.add({ path: '/v1/users/*', fault: '404', times: 2 })
    await statuses(harness, 1)
    const snapshot = await harness.emulator.snapshot()
    harness.emulator.reset()
    await harness.emulator.restore(snapshot)
    expect(harness.emulator.faults.list()).toMatchObject([{ times: 2, hits: 1 }])
  })

  test.each([
    ['path', { path: '' }],
    ['path', { path: 'v1' }],
    ['fault', { fault: 'unknown' }],
    ['fault', { fault: undefined }],
    ['times', { times: 0 }],
    ['times', { times: 1.5 }],
    ['probability', { probability: 0 }],
    ['probability', { probability: 1.1 }],
    ['delayMs', { delayMs: -1 }],
    ['delayMs', { delayMs: 60_001 }],
    ['method', { method: 'post' }],
    ['user', { user: 7 }],
    ['other', { other: 1 }],
  ])('is refused for its %s, and nothing changes: %j', async (name, change) => {
    const { call, emulator } = createHarness()
    const rule = { path: '/*', fault: 'cut', ...change } as FaultRule
    expect(() => emulator.faults.add(rule)).toThrow(new RegExp(`^${name} (must|is)`))
    const { status, body } = await call('/emulator/faults', { body: rule })
    expect([status, body.errorDescription]).toEqual([400, expect.stringContaining(`${name} `)])
    expect(emulator.faults.list()).toEqual([])
  })

  test('is one of at most 100', () => {
    const { faults } = createEmulator()
    for (let count = 0; count < 100; count++) faults.add({ path: '*', fault: 'cut' })
    expect(() => faults.add({ path: '*', fault: 'cut' })).toThrow('remove some first')
  })
})

test('control routes add, list and remove rules', async () => {
  const { call } = createHarness()
  const rule = { path: '/v1/client/verify/*', fault: 'cut', times: 2, probability: 0.5, user: 'jane' }
  const { body } = await call('/emulator/faults', { body: rule })
  expect(body).toEqual({ ...rule, id: expect.any(String), hits: 0 })
  expect((await call('/emulator/faults')).body).toEqual({ faults: [body] })
  const path = `/emulator/faults/${body.id}`
  expect((await call(path, { method: 'DELETE' })).body).toEqual({ ok: true })
  expect((await call(path, { method: 'DELETE' })).status).toBe(404)
})

test('the table of the tests has each fault with a row of its own', () => {
  const others = ['latency', 'lost-response']
  expect([...FAULTS.map(({ fault }) => fault), ...others].sort()).toEqual([...FAULT_NAMES].sort())
})

describe('in the same process', () => {
  test.each(FAULTS)('$name is what a call sees over HTTP', async ({ fault, expected }) => {
    const emulator = createEmulator()
    emulator.faults.add({ path: '/v1/client/challenge/*', fault })
    const timeout = expected.errorCode === 'timeout' ? 50 : 5000
    const { tenantId, baseUrl } = emulator.config
    const client = new Authsignal({ tenantId, baseUrl, fetch: emulator.fetch, timeout })
    client.setToken('token')
    expect(await client.sms.challenge()).toMatchObject(expected)
  })
})

/** A user whose code was sent, and the call that verifies it. */
async function withCode(rule: FaultRule) {
  const harness = createHarness()
  const { emulator, enrol, track, client } = harness
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  const verificationCode = await emulator.messages.nextCode({ to: PHONE })
  emulator.faults.add(rule)
  return { ...harness, verify: () => client(token, '/verify/sms', { body: { verificationCode } }) }
}

test('the response is lost after the code was used', async () => {
  const { verify } = await withCode({ path: '/v1/client/verify/*', fault: 'lost-response', times: 1 })
  await expect(verify()).rejects.toThrow('Failed to fetch')
  expect((await verify()).body.isVerified).toBe(false)
})

test('a connection that breaks before the response leaves the code unused', async () => {
  const { verify } = await withCode({ path: '/v1/client/verify/*', fault: 'network', times: 1 })
  await expect(verify()).rejects.toThrow(TypeError)
  expect((await verify()).body.isVerified).toBe(true)
})

test('latency delays the response, which is as always', async () => {
  const { verify } = await withCode({ path: '/v1/client/verify/*', fault: 'latency' })
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const onResponse = vi.fn()
  const verifying = verify().then(({ body }) => onResponse(body.isVerified))
  await vi.advanceTimersByTimeAsync(1999)
  expect(onResponse).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  vi.useRealTimers()
  await verifying
  expect(onResponse).toHaveBeenCalledWith(true)
})

test('a WebSocket that meets a fault is refused, whatever the fault', () => {
  const { connect, faults } = createEmulator()
  const protocols = ['authsignal-ws', 'x.authsignal.tenant.demo-tenant']
  const open = () =>
    connect({ url: 'ws://localhost:4010/ws-v1-challenge', protocols }, { send() {}, close() {} })
  faults.add({ path: '/ws-v1-challenge', fault: 'latency' })
  open()
  faults.add({ path: '/ws-v1-challenge', fault: '429', times: 1 })
  expect(open).toThrow('refuses the connection')
  open()
})

test('a request that meets a fault is recorded, with the status 0 when the connection broke', async () => {
  const harness = createHarness()
  harness.emulator.faults.add({ path: '*', fault: '404', times: 1 })
  harness.emulator.faults.add({ path: '*', fault: 'network', times: 1 })
  await statuses(harness, 1)
  await expect(statuses(harness, 1)).rejects.toThrow()
  expect(harness.emulator.requests.list()).toMatchObject([
    { path: JANE, status: 0 },
    { path: JANE, status: 404 },
  ])
})

test('a connection that breaks is closed with data that is no response, so that Chromium does not send it again', async () => {
  const emulator = createEmulator()
  const { port, close } = await listen(emulator, { port: 0 })
  emulator.faults.add({ path: '*', fault: 'network' })
  const socket = connect(port, '127.0.0.1', () =>
    socket.write('POST /v1 HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  )
  const received = await new Promise<string>(resolve => {
    let text = ''
    socket.on('data', data => (text += data))
    socket.on('close', () => resolve(text))
  })
  await close()
  expect(received).toMatch(/^(?!HTTP).+/)
})

test('no fault writes to the console of the emulator', async () => {
  const emulator = createEmulator()
  const { url, close } = await listen(emulator, { port: 0 })
  const written = (['log', 'info', 'error'] as const).map(name => vi.spyOn(console, name))
  onTestFinished(() => written.forEach(each => void each.mockRestore()))
  for (const fault of ['network', 'cut', 'stall', 'endless', 'lost-response', 'no-cors'] as const) {
    emulator.faults.add({ path: `/v1/${fault}`, fault })
    const controller = new AbortController()
    await fetch(`${url}/v1/${fault}`, { method: 'POST', body: '{}', signal: controller.signal })
      .then(async ({ body }) => {
        const reader = body!.getReader()
        await reader.read()
        if (fault === 'cut') await reader.read()
      })
      .catch(() => {})
    controller.abort()
  }
  await close()
  for (const each of written) expect(each).not.toHaveBeenCalled()
})
