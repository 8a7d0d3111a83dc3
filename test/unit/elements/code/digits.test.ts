// @vitest-environment node
import { expect, test } from 'vitest'
import { codeDigits } from '../../../../src/elements/code/digits.js'

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  [' 123-456\n', '123456'],
  ['1 2 3 4 5 6', '123456'],
  ['123\u2013456', '123456'],
  ['\u200e123\u2060456\u200f', '123456'],
  ['１２３４５６', '123456'],
  ['٠١٢٣٤٥', '012345'],
  ['۰۱۲۳۴۵', '012345'],
  ['Your code is 123 456.', '123456'],
  ['G-123456 is your code', '123456'],
  ['2-factor code: 123456, valid for 10 minutes', '123456'],
  ['Order 9876543 has the code 123-456', '123456'],
  // What was in the field before, with the paste behind it.
  ['12Your code is 345678', '345678'],
  ['1234567', '123456'],
  ['12a34', '1234'],
  ['abc', ''],
  ['', ''],
])('the code in %j is %j', (text, code) => {
  expect(codeDigits(text, 6)).toBe(code)
})

test.each([
  ['Use 1234 to sign in', 4, '1234'],
  ['12345678', 8, '12345678'],
  ['12345678', 4, '1234'],
])('the code in %j, %i digits long, is %j', (text, length, code) => {
  expect(codeDigits(text, length)).toBe(code)
})
