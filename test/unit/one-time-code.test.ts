// @vitest-environment node
import { expect, test } from 'vitest'
import { normalizeCode } from '../../src/client/lib/normalize-code.js'

test.each([
  ['123456', '123456'],
  [' 123 456\n', '123456'],
  ['123-456', '123456'],
  ['123\u2013456', '123456'],
  ['\u200e123\u2060456\u200f', '123456'],
  ['１２３４５６', '123456'],
  ['٠١٢٣٤٥', '012345'],
  ['۰۱۲۳۴۵', '012345'],
  ['12a456', '12a456'],
  ['   ', ''],
])('a code typed as %j is sent as %j', (typed, sent) => {
  expect(normalizeCode(typed)).toBe(sent)
})
