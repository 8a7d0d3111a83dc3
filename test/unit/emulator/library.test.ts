// @vitest-environment node
import { createEmulator, type EmulatorOptions } from 'authsignal-channels/emulator'
import { describe, expect, test } from 'vitest'
import { createHarness, ORIGIN, PHONE } from './harness.js'

const send = ({ server }: ReturnType<typeof createHarness>) =>
  server('/challenge', { body: { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE } })

describe('options', () => {
  test('have the documented defaults', () => {
    expect(createEmulator().config).toEqual({
      tenantId: 'demo-tenant',
      apiSecretKey: 'demo-secret',
      projectId: 'P2localdemo00000000000000000',
      url: 'http://localhost:4010',
      baseUrl: 'http://localhost:4010/v1',
      allowedOrigins: undefined,
      smsOptIn: true,
      rpId: 'localhost',
      origins: undefined,
      tokenDurationInMinutes: 10,
      recoveryCodes: true,
      random: undefined,
      reserved: false,
      notpTokenDelivery: 'body',
      hostedUi: {},
    })
  })

  test.each([
    ['tenantId', ''],
    ['tenantId', 7],
    ['apiSecretKey', ''],
    ['projectId', false],
    ['url', 'localhost:4010'],
    ['url', 'ftp://localhost'],
    ['allowedOrigins', 'https://app.example.com'],
    ['allowedOrigins', ['app.example.com']],
    ['smsOptIn', 'yes'],
    ['rpId', 'https://example.com'],
    ['rpId', 7],
    ['origins', 'https://app.example.com'],
    ['origins', ['example.com']],
    ['tokenDurationInMinutes', 0],
    ['tokenDurationInMinutes', Number.NaN],
    ['tokenDurationInMinutes', '10'],
    ['recoveryCodes', 10],
    ['reserved', 'yes'],
    ['seed', 7],
    ['seed', null],
    ['seed', []],
    ['seed', { users: {} }],
    ['random', -1],
    ['random', 1.5],
    ['random', '7'],
    ['notpTokenDelivery', 'cookie'],
    ['notpTokenDelivery', true],
    ['hostedUi', null],
    ['hostedUi', []],
    ['hostedUi', 'dark'],
    ['hostedUi', { color: '#fff' }],
    ['hostedUi', { accent: 'red; }' }],
    ['hostedUi', { theme: 'blue' }],
    ['hostedUi', { lang: 'en_US' }],
    ['hostedUi', { brand: { name: '' } }],
    ['hostedUi', { brand: { name: 'Acme', logo: 'javascript:alert(1)' } }],
    ['hostedUi', { brand: { name: 'Acme', logo: 'https://cdn.example.com/logo.png' } }],
    ['hostedUi', { actions: { pay: 7 } }],
    ['hostedUi', { methods: [] }],
    ['hostedUi', { methods: ['fax'] }],
  ])('"%s" cannot be %j', (name, value) => {
    const create = () => createEmulator({ [name]: value } as EmulatorOptions)
    expect(create).toThrow(TypeError)
    expect(create).toThrow(`"${name}"`)
  })
})

describe('fetch', () => {
  test('takes what the global fetch takes, and needs no this', async () => {
    const { fetch } = createEmulator()
    const url = `${ORIGIN}/emulator/health`
    for (const input of [url, new URL(url), new Request(url), '/emulator/health'])
      expect((await fetch(input)).status).toBe(200)
    expect((await fetch(new Request(url), { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
  })

  test('rejects when the caller gives up, like the global fetch', async () => {
    const { fetch } = createEmulator()
    await expect(fetch('/emulator/health', { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    const controller = new AbortController()
    const waiting = fetch('/emulator/messages?wait=60000', { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })

  test('two emulators share nothing', async () => {
    const [one, two] = [createHarness(), createHarness()]
    await one.enrol('jane')
    await send(one)
    expect((await two.server('/users')).body.users).toEqual([])
    expect(two.emulator.messages.list()).toEqual([])
  })
})

describe('messages.next()', () => {
  test('finds a message that is there and one that is still to come', async () => {
    const harness = createHarness()
    const { messages } = harness.emulator
    const early = messages.next({ to: PHONE })
    await send(harness)
    await send(harness)
    const [second, first] = messages.list()
    expect(await early).toBe(first)
    expect(await messages.nextCode()).toBe(second!.code)
  })

  test('hands out no message twice, also to two who wait at once', async () => {
    const harness = createHarness()
    const { messages } = harness.emulator
    const waiting = [messages.next(), messages.next()]
    await send(harness)
    await send(harness)
    const [one, two] = await Promise.all(waiting)
    expect(new Set([one!.id, two!.id])).toEqual(new Set(messages.list().map(({ id }) => id)))
    await expect(messages.next({ timeout: 1 })).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('reports at its timeout that nothing arrived, without naming the recipient', async () => {
    const { messages } = createEmulator()
    const error = await messages.next({ to: PHONE, timeout: 1 }).catch(error => error)
    expect(error.message).toBe('No new message matched within 1 ms; the inbox holds 0 in all')
  })

  test('stops when it is aborted', async () => {
    const { messages } = createEmulator()
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(messages.next({ signal })).rejects.toThrow('enough')
  })
})

test('messages.observe() reports each message until it is stopped', async () => {
  const harness = createHarness()
  const seen: string[] = []
  const stop = harness.emulator.messages.observe({
    message: ({ to }) => seen.push(to),
    cleared: () => seen.push('cleared'),
  })
  await send(harness)
  harness.emulator.reset()
  stop()
  await send(harness)
  expect(seen).toEqual([PHONE, 'cleared'])
})

test('clock.advance() takes seconds, forwards only', () => {
  const { clock } = createEmulator()
  const before = clock.now()
  clock.advance(1.5)
  expect(clock.now() - before).toBeGreaterThanOrEqual(1500)
  for (const seconds of [-1, Number.NaN, Infinity, '1' as never])
    expect(() => clock.advance(seconds)).toThrow('"seconds"')
})

test('expired challenges and used limits are forgotten', async () => {
  const harness = createHarness()
  const { challengeId } = (await send(harness)).body
  const verify = () => harness.server('/verify', { body: { challengeId, verificationCode: '1' } })
  harness.emulator.clock.advance(600)
  expect((await verify()).status).toBe(200)
  harness.emulator.clock.advance(3600)
  expect((await verify()).status).toBe(404)
})
