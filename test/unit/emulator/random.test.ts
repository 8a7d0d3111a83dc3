// @vitest-environment node
import { checkPrimeSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmulator } from 'authsignal-channels/emulator'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRandom } from '../../../src/emulator/lib/random.js'
import { rsaKey } from '../../../src/emulator/lib/rsa.js'
import { createHarness, emulatorOfTest, PHONE } from './harness.js'
import { FULL, nothingKnown, OPERATIONS, play, step } from './history.js'

describe('with the same number', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 31) })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const all = Object.keys(OPERATIONS).map((name, index) => step(name, index))
  const history = [...FULL, ...all, ...FULL, ...all]
  const responses = (random?: number) => play(emulatorOfTest({ random }), nothingKnown(), history)

  test('a long history gives the same responses twice, byte by byte: codes, IDs, tokens, keys', async () => {
    const first = await responses(7)
    expect(first.filter(line => line.includes('"status":200')).length).toBeGreaterThan(60)
    expect(await responses(7)).toEqual(first)
  })

  test('and without one, or with another, hardly a new thing is the same', async () => {
    const [seeded, other, ...unseeded] = await Promise.all([
      responses(7),
      responses(8),
      responses(),
      responses(),
    ])
    const created = ['track', 'enrolApp', 'signIn', 'qr', 'signUp']
    const index = (name: string) => seeded!.findIndex(line => line.startsWith(`${name} `))
    for (const at of created.map(index)) {
      const lines = [seeded, other, ...unseeded].map(log => log![at])
      expect(new Set(lines).size).toBe(4)
    }
  })

  test('reset() begins again', async () => {
    const emulator = createEmulator({ random: 7 })
    const first = await play(emulator, nothingKnown(), FULL)
    emulator.reset()
    expect(await play(emulator, nothingKnown(), FULL)).toEqual(first)
  })

  test('a restored emulator goes on where the snapshot was taken; one without a number stays random', async () => {
    const seeded = createEmulator({ random: 7 })
    const snapshot = await seeded.snapshot()
    const next = async (random?: number) => {
      const { emulator, enrol } = createHarness({ random })
      await emulator.restore(snapshot)
      return (await enrol('jane')).userAuthenticatorId
    }
    expect(await next(7)).toBe(await next(99))
    expect(await next()).not.toBe(await next())
  })
})

test('every machine gives the same: 7 begins like this', async () => {
  const { enrol, server, call, emulator } = createHarness({ random: 7 })
  const { userAuthenticatorId } = await enrol('jane')
  const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
  await server('/challenge', { body })
  const { keys } = (await call('/v2/keys/P2localdemo00000000000000000')).body
  expect([userAuthenticatorId, emulator.messages.latest()?.code, keys[0].kid]).toEqual([
    'e7b26e74-bb75-41fc-9ede-85a92677bb61',
    '830203',
    'emulator-v79eu3FcsBUeP_A4QVp_i1vyk6dT1alz5GbqSSq4wnM',
  ])
})

test('what is drawn is spread evenly', () => {
  for (const seed of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    const counts = new Array(256).fill(0)
    for (const byte of createRandom(seed).bytes(256_000)) counts[byte]++
    // 1,000 each; five standard deviations are 158.
    expect(Math.min(...counts)).toBeGreaterThan(830)
    expect(Math.max(...counts)).toBeLessThan(1170)
  }
})

test('neighbouring numbers have nothing in common, and the upper half of a number counts', () => {
  const begins = [0, 1, 2, 3, 2 ** 32, 2 ** 33].map(seed => createRandom(seed).hex(4))
  expect(new Set(begins.map(text => text.slice(0, 4))).size).toBe(begins.length)
})

test('IDs are UUIDs of version 4', () => {
  for (const random of [createRandom(), createRandom(7)])
    expect(random.id()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test.each([1, 2, 3])('the key of %s has two primes of 1,024 bits and signs', async seed => {
  const jwk = rsaKey(createRandom(seed).bytes)
  for (const part of [jwk.p, jwk.q]) {
    const bytes = Buffer.from(part, 'base64url')
    expect([bytes.length, checkPrimeSync(bytes)]).toEqual([128, true])
  }
  expect(Buffer.from(jwk.n, 'base64url')).toHaveLength(256)
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const { kty, n, e } = jwk
  const privateKey = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
  const publicKey = await crypto.subtle.importKey('jwk', { kty, n, e }, algorithm, false, ['verify'])
  const text = new TextEncoder().encode('text')
  const signature = await crypto.subtle.sign(algorithm, privateKey, text)
  expect(await crypto.subtle.verify(algorithm, publicKey, signature, text)).toBe(true)
})

test('all randomness of the emulator is in one file, but for the signing key without a number', () => {
  const sources =
    /\b(getRandomValues|randomUUID|randomBytes|randomInt|generateKeyPair|generateKey|Math\.random)\(/
  const files = readdirSync('src/emulator', { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .filter(name => sources.test(readFileSync(join('src/emulator', name), 'utf8')))
  expect(files.sort()).toEqual(['lib/keys.ts', 'lib/random.ts'])
})
