// @vitest-environment node
import { expect, test } from 'vitest'
import { emailAddress, phoneNumber } from '../../../src/elements/challenge/methods/input.js'

test.each([
  ['+44 7700 900123', '+447700900123'],
  ['0044 (7700) 900-123', '+447700900123'],
  ['\u202a+447700900123\u202c', '+447700900123'],
  ['07700 900123', undefined],
  ['+0 7700 900123', undefined],
  ['+44', undefined],
  ['call me', undefined],
])('phoneNumber(%j) is %j', (typed, number) => {
  expect(phoneNumber(typed)).toBe(number)
})

test.each([
  [' jo@example.com ', 'jo@example.com'],
  ['jo+tag@mail.example.co.nz', 'jo+tag@mail.example.co.nz'],
  ['jo@example', undefined],
  ['jo example@example.com', undefined],
  ['@example.com', undefined],
])('emailAddress(%j) is %j', (typed, address) => {
  expect(emailAddress(typed)).toBe(address)
})
