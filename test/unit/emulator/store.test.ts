// @vitest-environment node
import { expect, test } from 'vitest'
import { BoundedMap } from '../../../demo/emulator/bounded-map.js'
import { createClock } from '../../../demo/emulator/clock.js'
import { createLimits } from '../../../demo/emulator/limits.js'
import { maskEmail, maskPhoneNumber } from '../../../demo/emulator/mask.js'
import { equalSecrets, newCode } from '../../../demo/emulator/secrets.js'

test('a bounded map forgets its oldest entry, and only when it is full', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1).set('b', 2).set('a', 3)
  expect([...map]).toEqual([
    ['a', 3],
    ['b', 2],
  ])
  map.set('c', 4)
  expect([...map.keys()]).toEqual(['b', 'c'])
})

test('a limit slides: each use leaves the window by itself', () => {
  const clock = createClock()
  const { take } = createLimits(clock)
  const limit = { count: 2, windowMs: 10_000 }
  expect(take('key', limit)).toEqual({})
  clock.advance(6)
  expect(take('key', limit)).toEqual({})
  expect(take('key', limit).retryAfter).toBeLessThanOrEqual(4)
  clock.advance(4)
  expect(take('key', limit)).toEqual({})
  expect(take('key', limit).retryAfter).toBeGreaterThan(4)
})

test('codes have six digits, and leading zeros among them', () => {
  const codes = Array.from({ length: 2000 }, newCode)
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  expect(new Set(codes.map(code => code[0])).size).toBe(10)
})

test('a code above the last full million is drawn again', () => {
  const original = crypto.getRandomValues
  const drawn = [4_294_967_295, 4_294_000_000, 4_293_000_042]
  crypto.getRandomValues = (array: never) => {
    ;(array as Uint32Array)[0] = drawn.shift()!
    return array
  }
  try {
    expect(newCode()).toBe('000042')
    expect(drawn).toEqual([])
  } finally {
    crypto.getRandomValues = original
  }
})

test.each([
  ['123456', '123456', true],
  ['123456', '123457', false],
  ['12345', '123456', false],
  ['1234567', '123456', false],
  ['', '123456', false],
  ['123456\0', '123456', false],
])('comparing %j with %j gives %j', (given, expected, result) => {
  expect(equalSecrets(given, expected)).toBe(result)
})

test('masking keeps the country, the end, and the domain', () => {
  expect(maskPhoneNumber('+64211234000')).toBe('+64*****000')
  expect(maskEmail('jane@example.com')).toBe('j***@example.com')
  expect(maskEmail('"a@b"@example.com')).toBe('"***@example.com')
})
