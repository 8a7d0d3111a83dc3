import type { Failure } from 'authsignal-channels'
import { expect, test } from 'vitest'
import { endOfSession, NOTICES } from '../../../src/elements/challenge/wording/notices.js'
import { explainNotSent } from '../../../src/elements/challenge/wording/problems.js'
import { clock, duration, history } from '../../../src/elements/challenge/wording/times.js'
import { authenticator, SMS } from './sessions.js'

const failure = (errorCode: string, retryAfter?: number): Failure => ({
  error: '',
  errorCode,
  errorDescription: '',
  ...(retryAfter !== undefined && { retryAfter }),
})

test('clock() and duration() round up, and know singular and plural', () => {
  expect([0, 5, 60, 151].map(clock)).toEqual(['0:00', '0:05', '1:00', '2:31'])
  expect([1, 45, 60, 151].map(duration)).toEqual(['1 second', '45 seconds', '1 minute', '3 minutes'])
})

test('explainNotSent() says when a new code can be requested', () => {
  expect(explainNotSent(failure('too_many_requests', 151))).toContain('in 3 minutes')
  expect(explainNotSent(failure('too_many_requests'))).toContain('a few minutes')
})

test('endOfSession() has different notices for an expired and an invalid token, and none for a temporary failure', () => {
  expect(endOfSession(failure('expired_token'))).toBe(NOTICES.expired)
  expect(endOfSession(failure('invalid_token'))).toBe(NOTICES.invalid)
  expect(endOfSession(failure('network_error'))).toBeUndefined()
})

test('history() mentions the last use when it was on another day', () => {
  const verifiedAt = '2030-01-31T12:00:00.000Z'
  const used = (lastVerifiedAt: string) => history(authenticator('SMS', { verifiedAt, lastVerifiedAt }))
  expect(history(SMS)).toBe('Added 31 Jan 2030')
  expect(used('2030-01-31T12:05:00.000Z')).toBe('Added 31 Jan 2030')
  expect(used('2030-02-02T12:00:00.000Z')).toBe('Added 31 Jan 2030, used 2 Feb 2030')
})
