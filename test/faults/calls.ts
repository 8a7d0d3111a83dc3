/**
 * Every call that waits for the API. A new channel joins the fault table by being listed here.
 */

import type { Fault } from './faults.js'

export interface Call {
  readonly channel: string
  readonly method: string
  readonly input?: Record<string, unknown>
  /** In place of `input`, where a method takes more than that. */
  readonly args?: readonly unknown[]
  /** The client's token; any by default. */
  readonly token?: string
}

const code = { code: '123456' }

export const CALLS: readonly Call[] = [
  { channel: 'sms', method: 'enroll', input: { phoneNumber: '+64210000001' } },
  { channel: 'sms', method: 'challenge' },
  { channel: 'sms', method: 'verify', input: code },
  { channel: 'whatsapp', method: 'challenge' },
  { channel: 'whatsapp', method: 'verify', input: code },
  { channel: 'email', method: 'enroll', input: { email: 'jane@example.com' } },
  { channel: 'email', method: 'challenge' },
  { channel: 'email', method: 'verify', input: code },
  { channel: 'emailML', method: 'enroll', input: { email: 'jane@example.com' } },
  { channel: 'emailML', method: 'challenge' },
  { channel: 'totp', method: 'enroll' },
  { channel: 'totp', method: 'verify', input: code },
  { channel: 'passkey', method: 'signUp' },
  { channel: 'passkey', method: 'signIn' },
  { channel: 'passkey', method: 'signIn', input: { action: 'pay' } },
  { channel: 'securityKey', method: 'enroll' },
  { channel: 'securityKey', method: 'verify' },
  { channel: 'push', method: 'challenge', input: { action: 'pay' } },
  { channel: 'push', method: 'verify', input: { challengeId: 'c1' } },
  { channel: 'qrCode', method: 'challenge', input: { action: 'pay' } },
  { channel: 'qrCode', method: 'challenge', input: { action: 'pay', polling: true } },
  { channel: 'notp', method: 'signUp', args: ['+15555550100'] },
  { channel: 'notp', method: 'signIn', args: ['+15555550100'] },
  { channel: 'notp', method: 'signUpOrIn', args: [''] },
  { channel: 'notp', method: 'updateUser', args: [{ loginId: '+15555550100' }, 'refresh-token'] },
]

/** It lives for a minute. */
const token = `e30.${btoa('{"iat":1,"exp":61}')}.x`

/**
 * Those that poll. They repeat after failures, except when there is no time left: their deadline comes before
 * the next poll, so that they settle with the first failure.
 */
export const POLLS: readonly Call[] = [
  { channel: 'emailML', method: 'checkVerificationStatus', input: { pollInterval: 60_000 }, token },
  { channel: 'push', method: 'waitForResult', input: { challengeId: 'c1', pollInterval: 60_000 }, token },
  {
    channel: 'notp',
    method: 'waitForSession',
    args: ['pending-ref', { timeoutMs: 60_000, pollingIntervalMs: 60_000 }],
  },
]

/** What polls wait for is Retry-After, where it is short enough; a test with a fake clock covers that. */
export const callsFor = ({ expected: { retryAfter } }: Fault) =>
  retryAfter && retryAfter < 60 ? CALLS : [...CALLS, ...POLLS]

export const nameOf = ({ channel, method }: Call) => `${channel}.${method}()`
