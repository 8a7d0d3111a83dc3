// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvents } from './events.js'
import { createHarness, EMAIL, type Harness, ORIGIN, OTHER_PHONE, PHONE } from './harness.js'

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))

const send = ({ server }: Harness, phoneNumber = PHONE) =>
  server('/challenge', { body: { verificationMethod: 'SMS', action: 'signIn', phoneNumber } })

test('health reports the emulator’s name and the version of the package', async () => {
  const { call } = createHarness({ tenantId: 'acme' })
  expect((await call('/emulator/health')).body).toEqual({
    ok: true,
    tenantId: 'acme',
    projectId: 'P2localdemo00000000000000000',
    version,
  })
})

describe('messages', () => {
  test('come newest first and can be filtered', async () => {
    const harness = createHarness()
    const { call, server, emulator } = harness
    await send(harness)
    const { challengeId } = (await send(harness, OTHER_PHONE)).body
    const body = { verificationMethod: 'EMAIL_OTP', action: 'signIn', email: EMAIL }
    await server('/challenge', { body })
    const list = async (query: string) => (await call(`/emulator/messages${query}`)).body.messages
    expect(await list('')).toMatchObject(emulator.messages.list())
    expect((await list('')).map((each: { to: string }) => each.to)).toEqual([EMAIL, OTHER_PHONE, PHONE])
    expect(await list(`?to=${encodeURIComponent(PHONE)}`)).toHaveLength(1)
    expect(await list('?channel=SMS')).toHaveLength(2)
    expect(await list(`?challengeId=${challengeId}`)).toMatchObject([{ to: OTHER_PHONE }])
    expect(await list('?to=unknown')).toEqual([])
    expect((await call('/emulator/messages?channel=FAX')).status).toBe(400)
    expect((await call('/emulator/messages?wait=-1')).status).toBe(400)
  })

  test('can be waited for', async () => {
    const harness = createHarness()
    const query = `?to=${encodeURIComponent(PHONE)}&wait=5000`
    const waiting = harness.call(`/emulator/messages${query}`)
    await send(harness, OTHER_PHONE)
    await send(harness)
    expect((await waiting).body.messages).toMatchObject([{ to: PHONE }])
    expect((await harness.call(`/emulator/messages${query}`)).body.messages).toHaveLength(1)
    expect((await harness.call('/emulator/messages?to=unknown&wait=1')).body.messages).toEqual([])
  })

  test('say whether their code still works, and if not, why', async () => {
    const harness = createHarness()
    const { call, server } = harness
    const states = async () => {
      const { messages } = (await call('/emulator/messages')).body
      return messages.map(({ state }: { state: string }) => state)
    }
    const { challengeId } = (await send(harness)).body
    expect(await states()).toEqual(['valid'])
    await server('/challenge', { body: { challengeId } })
    expect(await states()).toEqual(['valid', 'replaced'])
    const [{ code }] = (await call('/emulator/messages')).body.messages
    await server('/verify', { body: { challengeId, verificationCode: code } })
    expect(await states()).toEqual(['used', 'replaced'])
    await send(harness)
    harness.emulator.clock.advance(601)
    expect(await states()).toEqual(['expired', 'used', 'replaced'])
    harness.emulator.clock.advance(3601)
    expect((await states())[0]).toBe('expired')
  })

  test('of a challenge in the browser are replaced by the next one', async () => {
    const { call, client, enrol, track } = createHarness()
    await enrol('jane')
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    await client(token, '/challenge/sms')
    const { messages } = (await call('/emulator/messages')).body
    expect(messages).toMatchObject([{ state: 'valid' }, { state: 'replaced' }])
  })

  test('are not kept without end', async () => {
    const harness = createHarness()
    for (let i = 0; i < 1005; i++) await send(harness, `+6421${1_000_000 + i}`)
    const messages = harness.emulator.messages.list()
    expect(messages).toHaveLength(1000)
    expect(messages[0]!.to).toBe('+64211001004')
  })
})

describe('the message stream', () => {
  const open = async ({ emulator }: Harness, query = '', headers: Record<string, string> = {}) =>
    readEvents(await emulator.fetch(`/emulator/messages/stream${query}`, { headers }))

  test('begins with the stored messages and continues with new ones', async () => {
    const harness = createHarness()
    await send(harness, OTHER_PHONE)
    await send(harness)
    const stream = await open(harness, `?to=${encodeURIComponent(PHONE)}`)
    expect(await stream.next()).toHaveProperty('retry')
    const [newest] = harness.emulator.messages.list()
    const first = await stream.next()
    expect(first).toEqual({ id: newest!.id, data: JSON.stringify(newest) })
    const arriving = stream.next()
    await send(harness, OTHER_PHONE)
    await send(harness)
    expect(JSON.parse((await arriving).data!)).toEqual(harness.emulator.messages.list()[0])
    await stream.close()
  })

  test('reports when the inbox is emptied', async () => {
    const harness = createHarness()
    const stream = await open(harness)
    await stream.next()
    const arriving = stream.next()
    await harness.call('/emulator/reset', { method: 'POST' })
    expect(await arriving).toEqual({ event: 'reset', data: '{}' })
  })

  test('continues where a client left off', async () => {
    const harness = createHarness()
    for (const phone of [PHONE, OTHER_PHONE, PHONE]) await send(harness, phone)
    const [third, second] = harness.emulator.messages.list()
    const stream = await open(harness, '', { 'Last-Event-ID': second!.id })
    await stream.next()
    expect((await stream.next()).id).toBe(third!.id)
  })
})

test('the clock moves and returns', async () => {
  const { call, emulator } = createHarness()
  const start = Date.now()
  const { body } = await call('/emulator/clock', { body: { advance: 86_400 } })
  expect(Date.parse(body.now)).toBeGreaterThanOrEqual(start + 86_400_000)
  expect(emulator.clock.now()).toBeGreaterThanOrEqual(start + 86_400_000)
  for (const refused of [{ advance: -1 }, { advance: 1e12 }, { advance: '1' }, {}, { reset: false }])
    expect((await call('/emulator/clock', { body: refused })).status).toBe(400)
  await call('/emulator/clock', { body: { reset: true } })
  expect(emulator.clock.now()).toBeLessThan(start + 60_000)
})

test('reset forgets everything', async () => {
  const { call, server, enrol, track, client, emulator } = createHarness()
  await enrol('jane')
  await call('/emulator/outcomes', { body: { action: 'pay', outcome: 'BLOCK' } })
  await call('/emulator/clock', { body: { advance: 3600 } })
  const { token } = await track('jane')
  for (let i = 0; i < 7; i++) await client(token, '/challenge/sms')
  expect((await call('/emulator/reset', { method: 'POST' })).body).toEqual({ ok: true })
  expect((await server('/users')).body.users).toEqual([])
  expect(emulator.messages.list()).toEqual([])
  expect(emulator.clock.now()).toBeLessThan(Date.now() + 60_000)
  await enrol('jane')
  const again = await track('jane')
  expect(again.state).toBe('CHALLENGE_REQUIRED')
  expect((await client(again.token, '/challenge/sms')).status).toBe(200)
})

describe('the control routes respond with', () => {
  const get = (origin: string, headers: Record<string, string>) =>
    createHarness().emulator.fetch(`${origin}/emulator/health`, { headers })

  test.each([
    [ORIGIN, {}],
    ['http://127.0.0.1:4010', {}],
    ['http://[::1]:4010', {}],
    ['http://app.localhost', {}],
    [ORIGIN, { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' }],
    [ORIGIN, { 'Sec-Fetch-Site': 'none' }],
  ])('%s %j', async (origin, headers: Record<string, string>) => {
    expect((await get(origin, headers)).status).toBe(200)
  })

  test.each([
    ['http://evil.example', {}],
    ['http://localhost.evil.example', {}],
    ['http://127.0.0.1.evil.example', {}],
    ['http://192.168.1.2:4010', {}],
    [ORIGIN, { Origin: 'https://evil.example' }],
    [ORIGIN, { Origin: 'http://localhost:3000' }],
    [ORIGIN, { Origin: 'null' }],
    [ORIGIN, { 'Sec-Fetch-Site': 'cross-site' }],
    [ORIGIN, { 'Sec-Fetch-Site': 'same-site' }],
  ])('nothing but a refusal to %s %j', async (origin, headers: Record<string, string>) => {
    const response = await get(origin, headers)
    expect(response.status).toBe(403)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(await response.json()).toMatchObject({ error: 'forbidden', errorCode: 'forbidden' })
  })

  test('no foreign page can change anything', async () => {
    const { call, enrol, server } = createHarness()
    await enrol('jane')
    const headers = { Origin: 'https://evil.example' }
    expect((await call('/emulator/reset', { method: 'POST', headers })).status).toBe(403)
    expect((await server('/users')).body.users).toHaveLength(1)
  })
})
