// @vitest-environment node
import { expect, test } from 'vitest'
import { maskEmail, maskPhoneNumber } from '../../../src/emulator/http/views.js'
import { BoundedMap } from '../../../src/emulator/lib/bounded-map.js'
import { createClock } from '../../../src/emulator/lib/clock.js'
import { createLimits } from '../../../src/emulator/lib/limits.js'
import { createRandom } from '../../../src/emulator/lib/random.js'
import { equalSecrets } from '../../../src/emulator/lib/secrets.js'

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

test('a bounded map keeps the latest entries, whatever was deleted or cleared in between', () => {
  const map = new BoundedMap<number, number>(10)
  const kept = () => [...map.keys()]
  for (let i = 0; i < 100; i++) map.set(i, i)
  expect(kept()).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
  for (const key of [90, 95, 99]) map.delete(key)
  for (let i = 100; i < 104; i++) map.set(i, i)
  expect(kept()).toEqual([92, 93, 94, 96, 97, 98, 100, 101, 102, 103])
  map.delete(103)
  map.set(92, 0).set(103, 0).set(104, 0)
  expect(kept()).toEqual([93, 94, 96, 97, 98, 100, 101, 102, 103, 104])
  map.clear()
  for (let i = 0; i < 12; i++) map.set(i, i)
  expect(kept()).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
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
  const codes = Array.from({ length: 2000 }, createRandom().code)
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  expect(new Set(codes.map(code => code[0])).size).toBe(10)
})

test('no random byte is used twice', () => {
  const random = createRandom()
  const taken = Array.from({ length: 1000 }, () => random.bytes(8).join())
  expect(new Set(taken).size).toBe(taken.length)
  expect(random.bytes(5000).length).toBe(5000)
})

test('a code above the last full million is drawn again', () => {
  const original = crypto.getRandomValues
  const drawn = [4_294_967_295, 4_294_000_000, 4_293_000_042]
  crypto.getRandomValues = (array: never) => {
    const { buffer, byteOffset } = array as Uint8Array
    const view = new DataView(buffer, byteOffset)
    for (const [index, number] of drawn.entries()) view.setUint32(4 * index, number)
    return array
  }
  try {
    expect(createRandom().code()).toBe('000042')
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
