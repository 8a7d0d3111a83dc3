// @vitest-environment node
/** Rules of the emulator that are functions of their own: signatures of phones, codes of apps, origins, scopes. */
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { currentPeriods, isPublicKey, isSignedBy } from '../../../src/emulator/authsignal/devices.js'
import { parseScopes } from '../../../src/emulator/authsignal/scopes.js'
import { newTotp, readTotp, useCode } from '../../../src/emulator/authsignal/totp.js'
import type { Totp } from '../../../src/emulator/authsignal/totp-state.js'
import { seenDevice } from '../../../src/emulator/authsignal/user-devices.js'
import { isExpectedOrigin } from '../../../src/emulator/authsignal/webauthn/origins.js'
import { createRandom } from '../../../src/emulator/lib/random.js'

describe('the signature of a phone', () => {
  const base64 = (bytes: ArrayLike<number>) => btoa(String.fromCharCode(...Array.from(bytes)))

  /** A signature in DER whose numbers begin with a zero byte, or not. Half of all signatures have one. */
  async function signed(text: string) {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const publicKey = base64(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)))
    const data = new TextEncoder().encode(text)
    const sign = async () =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data))
    return { publicKey, sign }
  }

  const integer = (digits: number[]) => [2, digits.length, ...digits]
  const sequence = (...parts: number[][]) => [0x30, parts.flat().length, ...parts.flat()]
  const halves = (raw: Uint8Array) => [[...raw.slice(0, 32)], [...raw.slice(32)]] as const
  const padded = (half: readonly number[]) => [0, ...half]

  test('is valid with any number of zeros in front of its two numbers', async () => {
    const { publicKey, sign } = await signed('c1')
    const [r, s] = halves(await sign())
    for (const der of [
      sequence(integer(padded(r)), integer(padded(s))),
      sequence(integer([0, 0, ...r]), integer(padded(s))),
    ]) {
      expect(await isSignedBy(publicKey, base64(der), 'c1')).toBe(true)
      expect(await isSignedBy(publicKey, base64(der), 'c2')).toBe(false)
    }
  })

  test('may have numbers that are shorter than the others', async () => {
    const { publicKey, sign } = await signed('c1')
    let raw: Uint8Array
    do raw = await sign()
    while (raw[0] !== 0 && raw[32] !== 0)
    const [r, s] = halves(raw).map(half => half.slice(half.findIndex(byte => byte !== 0)))
    expect(
      await isSignedBy(publicKey, base64(sequence(integer(padded(r!)), integer(padded(s!)))), 'c1'),
    ).toBe(true)
  })

  test('is refused in any other form, and nothing fails', async () => {
    const { publicKey, sign } = await signed('c1')
    const [r, s] = halves(await sign()).map(padded) as [number[], number[]]
    const good = sequence(integer(r), integer(s))
    expect(await isSignedBy(publicKey, base64(good), 'c1')).toBe(true)
    const bad: Record<string, number[]> = {
      'no bytes': [],
      'another type': [0x31, ...good.slice(1)],
      'a length that is too small': [0x30, good[1]! - 1, ...good.slice(2)],
      'a byte after the end': [...good, 0],
      'a byte after the numbers': sequence(integer(r), integer(s), [0]),
      'one number': sequence(integer(r)),
      'a number of another type': sequence([3, ...integer(r).slice(1)], integer(s)),
      'a second number of another type': sequence(integer(r), [3, ...integer(s).slice(1)]),
      'a number that is too long': sequence(integer([1, ...r.slice(1), 7]), integer(s)),
      'a number that ends early': sequence(integer(r), [2, s.length + 1, ...s]),
      'numbers that are zero': sequence(integer([0]), integer([0])),
      'empty numbers': sequence(integer([]), integer([])),
    }
    for (const [form, der] of Object.entries(bad))
      expect([form, await isSignedBy(publicKey, base64(der), 'c1')]).toEqual([form, false])
    expect(await isSignedBy(publicKey, 'not base64!', 'c1')).toBe(false)
    expect(await isSignedBy('not base64!', base64(good), 'c1')).toBe(false)
    expect(await isSignedBy(base64([1, 2, 3]), base64(good), 'c1')).toBe(false)
  })

  test('needs a key of that curve', async () => {
    const { publicKey } = await signed('c1')
    expect(await isPublicKey(publicKey)).toBe(true)
    const other = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, [
      'sign',
      'verify',
    ])
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', other.publicKey))
    expect(await isPublicKey(base64(spki))).toBe(false)
    expect(await isPublicKey('')).toBe(false)
  })

  test('without a challenge covers the current or the previous ten minutes', () => {
    const clock = { now: () => 1_200_000 + 599_999, advance() {}, reset() {} }
    expect(currentPeriods(clock)).toEqual(['2', '2.0', '1', '1.0'])
  })
})

describe('the codes of an authenticator app', () => {
  const STEP = 30_000
  const NOW = 1000 * STEP
  const newApp = () => newTotp(createRandom(), 'acme', 'jane')
  const codeAt = ({ secret }: Totp, step: number) => new TOTP({ secret }).generate({ timestamp: step * STEP })

  test('are those of a secret of 20 bytes', () => {
    const { totp, uri } = newApp()
    expect(Secret.fromBase32(totp.secret).bytes).toHaveLength(20)
    expect(uri).toContain(totp.secret)
    expect(totp.usedSteps).toEqual([])
  })

  test('count once each, one step before and after the time', () => {
    const { totp } = newApp()
    const accepted = (step: number) => useCode(totp, codeAt(totp, step), NOW)
    expect([998, 999, 1000, 1001, 1002].map(accepted)).toEqual([false, true, true, true, false])
    expect([999, 1000, 1001].map(accepted)).toEqual([false, false, false])
    expect(totp.usedSteps).toEqual([999, 1000, 1001])
  })

  test('stay used for two steps on both sides of the time, and are then forgotten', () => {
    const { totp } = newApp()
    const use = (step: number, now: number) => useCode(totp, codeAt(totp, step), now * STEP)
    expect(use(1000, 1000)).toBe(true)
    expect(use(1002, 1002)).toBe(true)
    expect(totp.usedSteps).toEqual([1000, 1002])
    expect(use(1000, 1001)).toBe(false) // the clock was set back
    expect(use(1003, 1003)).toBe(true)
    expect(totp.usedSteps).toEqual([1002, 1003])
    expect(use(1000, 1000)).toBe(true) // so far back that nothing of it is known any more
    expect(totp.usedSteps).toEqual([1002, 1000])
  })

  const secretOf = (bytes: number) => 'A'.repeat(Math.ceil((bytes * 8) / 5))

  test.each<[string, string, boolean]>([
    ['a secret of ten bytes', `secret=${secretOf(10)}`, true],
    ['a secret of nine bytes', `secret=${secretOf(9)}`, false],
    ['six digits', `secret=${secretOf(20)}&digits=6`, true],
    ['eight digits', `secret=${secretOf(20)}&digits=8`, true],
    ['five digits', `secret=${secretOf(20)}&digits=5`, false],
    ['nine digits', `secret=${secretOf(20)}&digits=9`, false],
    ['no secret', 'digits=6', false],
  ])('of an address with %s', (_, parameters, isValid) => {
    const totp = readTotp(`otpauth://totp/acme:jane?issuer=acme&${parameters}`)
    expect(totp !== undefined).toBe(isValid)
    if (totp) expect(totp.usedSteps).toEqual([])
  })

  test('of a counter are not those of a clock', () => {
    expect(readTotp(`otpauth://hotp/acme:jane?issuer=acme&secret=${secretOf(20)}&counter=1`)).toBeUndefined()
  })
})

describe('the origins that may use a credential', () => {
  test.each<[string, string, boolean]>([
    ['shop.example', 'https://shop.example', true],
    ['shop.example', 'https://shop.example:8443', true],
    ['shop.example', 'https://pay.shop.example', true],
    ['shop.example', 'https://myshop.example', false],
    ['shop.example', 'https://shop.example.evil.example', false],
    ['shop.example', 'http://shop.example', false],
    ['shop.example', 'http://localhost', false],
    ['shop.example', 'ftp://shop.example', false],
    ['localhost', 'http://localhost:3000', true],
    ['localhost', 'http://app.localhost:3000', true],
    ['app.localhost', 'http://app.localhost', true],
    ['localhost', 'https://localhost', true],
    ['localhost', 'ftp://localhost', false],
    ['localhost', 'http://localhost.example', false],
    ['localhost', 'http://localhost:3?0', false],
    ['shop.example', 'https://shop.example/', false],
    ['shop.example', 'shop.example', false],
    ['shop.example', '', false],
  ])('of the RP ID %s: %s is one of them = %s', (rpId, origin, isOne) => {
    expect(isExpectedOrigin(origin, { rpId, origins: undefined })).toBe(isOne)
  })

  test('are only those of the list, if there is one', () => {
    const rules = { rpId: 'shop.example', origins: ['android:apk-key-hash:x'] }
    expect(isExpectedOrigin('android:apk-key-hash:x', rules)).toBe(true)
    expect(isExpectedOrigin('https://shop.example', rules)).toBe(false)
  })
})

test('scopes are separated by any white space, and unknown ones are ignored', () => {
  expect(parseScopes('  add:authenticators\n\tread:authenticators  write:all ')).toEqual([
    'read:authenticators',
    'add:authenticators',
  ])
  expect(parseScopes('')).toEqual([])
})

test('a device is the same one each time that its ID is seen, and an empty ID is none', () => {
  const user = {}
  const device = seenDevice(user, 'd1', 1)
  expect(device).toEqual({ deviceId: 'd1', createdAt: 1 })
  expect(seenDevice(user, 'd1', 2)).toBe(device)
  expect(seenDevice(user, 'd2', 2)).not.toBe(device)
  expect(seenDevice(user, '', 2)).toBeUndefined()
  expect(seenDevice(user, undefined, 2)).toBeUndefined()
})
