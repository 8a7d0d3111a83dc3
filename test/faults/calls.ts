/**
 * Every call that waits for the API. A new channel joins the fault table by being listed here.
 */

export interface Call {
  readonly channel: string
  readonly method: string
  readonly input?: Record<string, unknown>
}

export const CALLS: readonly Call[] = [
  { channel: 'sms', method: 'enroll', input: { phoneNumber: '+64210000001' } },
  { channel: 'sms', method: 'challenge' },
  { channel: 'sms', method: 'verify', input: { code: '123456' } },
  { channel: 'whatsapp', method: 'challenge' },
  { channel: 'whatsapp', method: 'verify', input: { code: '123456' } },
  { channel: 'email', method: 'enroll', input: { email: 'jane@example.com' } },
  { channel: 'email', method: 'challenge' },
  { channel: 'email', method: 'verify', input: { code: '123456' } },
]

export const nameOf = ({ channel, method }: Call) => `${channel}.${method}()`
