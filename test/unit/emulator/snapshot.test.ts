// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmulator, type Snapshot } from 'authsignal-channels/emulator'
import fc from 'fast-check'
import { exportJWK, generateKeyPair } from 'jose'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { BoundedMap } from '../../../src/emulator/lib/bounded-map.js'
import { createHarness, EMAIL, emulatorOfTest, nextCode, ORIGIN, OTHER_PHONE, PHONE } from './harness.js'
import { enrolPasskey, FULL, nothingKnown, OPERATIONS, play, step, steps } from './history.js'
import { createNotpHarness } from './notp.js'

const provider = { name: 'recorder', send: async () => ({ ok: true, providerMessageId: '1' }) as const }

const OPTIONS = {
  random: 1,
  reserved: true,
  // Nothing responds: the state does not change between two calls.
  webhooks: [{ url: 'http://backend.test/webhooks' }],
  fetch: () => new Promise<Response>(() => {}),
  providers: { sms: provider, whatsapp: provider, email: provider },
}

const copy = (snapshot: Snapshot) => JSON.parse(JSON.stringify(snapshot))

describe('a round trip', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 31) })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('loses nothing: whatever happened, and whatever happens then, the responses are the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps(1, 40), steps(1, 25), async (past, future) => {
        const [original, other] = [emulatorOfTest(OPTIONS), emulatorOfTest(OPTIONS)]
        const known = nothingKnown()
        await enrolPasskey(original, known)
        await play(original, known, past)
        await play(other, nothingKnown(), [step('track'), step('enrol'), step('signUp')])

        const snapshot = await original.snapshot()
        await other.restore(JSON.parse(JSON.stringify(snapshot)))
        expect(await other.snapshot()).toEqual(snapshot)
        const knownToo = structuredClone(known)
        const expected = await play(original, known, future)
        expect(await play(other, knownToo, future)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  test('contains every record that the emulator has', async () => {
    const used = new Set<BoundedMap<unknown, unknown>>()
    const set = BoundedMap.prototype.set
    const seen = vi.spyOn(BoundedMap.prototype, 'set').mockImplementation(function (
      this: BoundedMap<unknown, unknown>,
      key,
      value,
    ) {
      used.add(this)
      return set.call(this, key, value)
    })
    const replaced = vi.spyOn(BoundedMap.prototype, 'replace')
    onTestFinished(() => {
      seen.mockRestore()
      replaced.mockRestore()
    })
    const emulator = emulatorOfTest(OPTIONS)
    const known = nothingKnown()
    await enrolPasskey(emulator, known)
    await play(emulator, known, FULL)

    // Each store of the source has a record by now. A new store needs a step above.
    const stores = readdirSync('src/emulator', { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .flatMap(name => [...readFileSync(join('src/emulator', name), 'utf8').matchAll(/new BoundedMap</g)])
    expect(used.size).toBe(stores.length)

    const snapshot = await emulator.snapshot()
    for (const [part, value] of Object.entries(snapshot))
      if (Array.isArray(value)) expect([part, value.length]).not.toEqual([part, 0])
    await emulator.restore(snapshot)
    expect(new Set(replaced.mock.contexts)).toEqual(used)
  })
})

test('every call of the random histories is used by the emulator: none is a mistake of the test', async () => {
  const emulator = emulatorOfTest()
  const known = nothingKnown()
  await enrolPasskey(emulator, known)
  for (const name of Object.keys(OPERATIONS)) {
    const [line] = await play(emulator, known, [step(name)])
    expect(line).not.toMatch(/"status":(404|500|501)[^}]*"The (emulator|route)|unexpected_error/)
  }
})

test('a snapshot is a copy: what happens later changes neither it nor a restored emulator', async () => {
  const [one, two] = [createHarness(), createHarness()]
  await one.enrol('jane')
  const snapshot = await one.emulator.snapshot()
  const before = copy(snapshot)
  await two.emulator.restore(snapshot)
  await one.enrol('jane', OTHER_PHONE)
  await two.enrol('jane', EMAIL, 'EMAIL_OTP')
  expect(snapshot).toEqual(before)
  expect((await one.server('/users/jane/authenticators')).body).toHaveLength(1)
  expect((await two.server('/users/jane/authenticators')).body).toHaveLength(2)
})

test('restore() goes back: a code that was used can be used again, and later users do not exist', async () => {
  const { emulator, enrol, track, client, server } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  const verificationCode = await nextCode(emulator, PHONE)
  const snapshot = await emulator.snapshot()
  const verify = async () =>
    (await client(token, '/verify/sms', { body: { verificationCode } })).body.isVerified
  expect([await verify(), await verify()]).toEqual([true, false])
  await enrol('joe')
  await emulator.restore(snapshot)
  expect(await verify()).toBe(true)
  expect((await server('/users')).body.users).toHaveLength(1)
})

test('a browser that waits for a QR code gets its state after restore()', async () => {
  const { emulator, call } = createHarness()
  const received: { type: string; data: { challengeId: string; state: string } }[] = []
  const socket = { send: (text: string) => received.push(JSON.parse(text)), close() {} }
  const protocols = ['authsignal-ws', 'x.authsignal.tenant.demo-tenant']
  const connection = emulator.connect({ url: `${ORIGIN}/ws-v1-challenge`, protocols }, socket)
  const data = { challengeType: 'QR_CODE', actionCode: 'signIn' }
  connection.receive(JSON.stringify({ type: 'CREATE_CHALLENGE', data }))
  await expect.poll(() => received.length, { interval: 1 }).toBe(1)
  await emulator.restore(await emulator.snapshot())
  const { challengeId } = received[0]!.data
  await call('/emulator/qr/claim', { body: { challengeId, userId: 'jane' } })
  await expect.poll(() => received[1]?.data.state, { interval: 1 }).toBe('claimed')
  connection.closed()
})

test('an expired record is found for as long as it would have been', async () => {
  const [one, two] = [createNotpHarness(), createNotpHarness()]
  one.emulator.clock.advance(61)
  const { pendingRef } = (await one.start('signup-in')).body
  await one.approve({ pendingRef })
  await one.poll(pendingRef)
  one.emulator.clock.advance(30)
  await two.emulator.restore(await one.emulator.snapshot())
  const expected = await one.approve({ pendingRef })
  expect(expected.body.errorDescription).toBe('The message has arrived already.')
  expect((await two.approve({ pendingRef })).body).toEqual(expected.body)
})

test('observers of the inbox see it emptied and filled again', async () => {
  const { emulator, server } = createHarness()
  const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
  await server('/challenge', { body })
  const snapshot = await emulator.snapshot()
  await server('/challenge', { body: { ...body, phoneNumber: OTHER_PHONE } })
  const seen: string[] = []
  emulator.messages.observe({ message: ({ to }) => seen.push(to), cleared: () => seen.push('cleared') })
  await emulator.restore(snapshot)
  expect(seen).toEqual(['cleared', PHONE])
})

describe('the signing key', () => {
  /** A snapshot with a key that this process has not used. */
  async function withOtherKey() {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const { kty, n, e, d, p, q, dp, dq, qi } = await exportJWK(privateKey)
    const harness = createHarness()
    await harness.track('jane')
    const snapshot = await harness.emulator.snapshot()
    return { snapshot: { ...snapshot, signingKey: { kty, n, e, d, p, q, dp, dq, qi } }, publicKey, n }
  }

  test('is part of a snapshot: an emulator of another process goes on with it', async () => {
    const { snapshot, n } = await withOtherKey()
    const { emulator, call, track, client } = createHarness()
    await emulator.restore(snapshot)
    expect((await call('/v2/keys/P2localdemo00000000000000000')).body.keys).toMatchObject([{ n }])
    const { token } = await track('jane')
    expect((await client(token, '/init')).status).toBe(200)
    expect((await emulator.snapshot()).signingKey).toEqual(snapshot.signingKey)
  })

  test('is not in the snapshot of an emulator that has signed nothing, which keeps that of another', async () => {
    const empty = await createEmulator().snapshot()
    expect(empty).not.toHaveProperty('signingKey')
    const { emulator, track, client, call } = createHarness()
    const { token } = await track('jane')
    await emulator.restore(empty)
    expect((await client(token, '/init')).body.errorCode).toBe('invalid_token')
    expect((await call('/v2/keys/P2localdemo00000000000000000')).body.keys).toHaveLength(1)
  })
})

describe('a broken snapshot is refused by path and changes nothing', () => {
  // biome-ignore lint/suspicious/noExplicitAny: what a file can contain
  type Change = (snapshot: any) => unknown

  const CASES: readonly (readonly [string, Change])[] = [
    ['users[1].email must be an e-mail address', ({ users }) => Object.assign(users[1], { email: 'jane' })],
    ['users[0].userId is missing', ({ users }) => delete users[0].userId],
    ['users[1].userId must be unique', ({ users }) => Object.assign(users[1], { userId: users[0].userId })],
    ['users[0].shoeSize is not known', ({ users }) => Object.assign(users[0], { shoeSize: 42 })],
    [
      'users[0].createdAt must be a time in ms',
      ({ users }) => Object.assign(users[0], { createdAt: '2030' }),
    ],
    ['users must be an array', snapshot => Object.assign(snapshot, { users: {} })],
    ['users is missing', snapshot => delete snapshot.users],
    [
      'users[0].authenticators[0].verificationMethod must be "SMS" or "WHATSAPP" or',
      ({ users }) => Object.assign(users[0].authenticators[0], { verificationMethod: 'PIGEON' }),
    ],
    ['actions[0].state must be "ALLOW" or', ({ actions }) => Object.assign(actions[0], { state: 'MAYBE' })],
    ['clock.offsetMs must be from 0 ms to', ({ clock }) => Object.assign(clock, { offsetMs: -1 })],
    [
      'messages[0].createdAt must be a time in',
      ({ messages }) => Object.assign(messages[0], { createdAt: 1 }),
    ],
    [
      'approvals[0].custom must be JSON as text',
      ({ approvals }) => Object.assign(approvals[0], { custom: '{' }),
    ],
    ['toString is not known', snapshot => Object.assign(snapshot, { toString: [] })],
    ['["a b"] is not known', snapshot => Object.assign(snapshot, { 'a b': 1 })],
    ['format must be 1; another version', snapshot => Object.assign(snapshot, { format: 2 })],
    ['signingKey.d must be base64url', ({ signingKey }) => Object.assign(signingKey, { d: '?' })],
    ['signingKey must be an RSA', snapshot => Object.assign(snapshot, { signingKey: notAKey(snapshot) })],
  ]

  const notAKey = ({ signingKey }: { signingKey: object }) => ({ ...signingKey, n: 'AQAB', p: 'AQAB' })

  test.each(CASES)('%s', async (problem, change) => {
    const { emulator, call } = createHarness()
    const known = nothingKnown()
    await enrolPasskey(emulator, known)
    await play(emulator, known, FULL)
    const before = await emulator.snapshot()
    const broken = copy(before)
    change(broken)
    const error = await emulator.restore(broken).catch(error => error)
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message.slice(0, problem.length)).toBe(problem)
    const refused = await call('/emulator/snapshot', { method: 'PUT', body: broken })
    expect([refused.status, refused.body.errorCode]).toEqual([400, 'invalid_request'])
    expect(refused.body.errorDescription).toBe(`The snapshot is not valid: ${error.message}.`)
    expect(await emulator.snapshot()).toEqual(before)
  })

  test.each([[null], [7], ['text'], [[]], [{}]])('%j', async value => {
    const restoring = createEmulator().restore(value as never)
    await expect(restoring).rejects.toThrow(/^(The snapshot must be an object|format is missing)$/)
  })

  test('without changing anything, also when any single value of it is another', async () => {
    const { emulator } = createHarness()
    const known = nothingKnown()
    await enrolPasskey(emulator, known)
    await play(emulator, known, FULL)
    const before = await emulator.snapshot()
    const paths = pathsOf(before)
    await fc.assert(
      fc.asyncProperty(fc.nat(paths.length - 1), fc.jsonValue(), async (index, value) => {
        const broken = copy(before)
        const path = paths[index]!
        const parent = path.slice(0, -1).reduce((each, key) => each[key], broken)
        parent[path.at(-1)!] = value
        const error = await emulator.restore(broken).catch(error => error)
        if (error === undefined) return emulator.restore(before)
        expect(error).toBeInstanceOf(TypeError)
        expect(await emulator.snapshot()).toEqual(before)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  /** The path of every value in it. */
  const pathsOf = (value: unknown, path: string[] = []): string[][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => [[...path, key], ...pathsOf(each, [...path, key])])
      : []
})

test('GET and PUT /emulator/snapshot do the same, also for more than 64 kB', async () => {
  const [one, two] = [createHarness(), createHarness()]
  for (let i = 0; i < 300; i++) await one.enrol(`user-${i}`)
  const { status, body } = await one.call('/emulator/snapshot')
  expect([status, body]).toEqual([200, await one.emulator.snapshot()])
  expect(JSON.stringify(body).length).toBeGreaterThan(70_000)
  const put = await two.call('/emulator/snapshot', { method: 'PUT', body })
  expect([put.status, put.body]).toEqual([200, { ok: true }])
  expect(await two.emulator.snapshot()).toEqual(body)
})
