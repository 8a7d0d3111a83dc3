import type { Failure } from 'authsignal-channels'
import { expect, test } from 'vitest'
import {
  clock,
  duration,
  endOfSession,
  explainNotSent,
  NOTICES,
} from '../../../src/elements/challenge/wording/problems.js'

const failure = (errorCode: string, retryAfter?: number): Failure => ({
  error: '',
  errorCode,
  errorDescription: '',
  ...(retryAfter !== undefined && { retryAfter }),
})

test('clock() and duration() read well at every length', () => {
  expect([0, 5, 60, 151].map(clock)).toEqual(['0:00', '0:05', '1:00', '2:31'])
  expect([1, 45, 60, 151].map(duration)).toEqual(['1 second', '45 seconds', '1 minute', '3 minutes'])
})

test('explainNotSent() says when a new code can be had', () => {
  expect(explainNotSent(failure('too_many_requests', 151))).toContain('in 3 minutes')
  expect(explainNotSent(failure('too_many_requests'))).toContain('a few minutes')
})

test('endOfSession() tells an expired link from a broken one, and both from what may pass', () => {
  expect(endOfSession(failure('expired_token'))).toBe(NOTICES.expired)
  expect(endOfSession(failure('invalid_token'))).toBe(NOTICES.invalid)
  expect(endOfSession(failure('network_error'))).toBeUndefined()
})
