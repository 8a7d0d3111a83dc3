// @vitest-environment node
import { ErrorCode, type Failure, userMessage } from 'authsignal-channels'
import { expect, test } from 'vitest'
import { message } from '../../../src/elements/challenge/wording/catalogue.js'
import { COMMON } from '../../../src/elements/challenge/wording/english.js'
import { endOfSession, NOTICES } from '../../../src/elements/challenge/wording/notices.js'
import { explain, explainNotSent } from '../../../src/elements/challenge/wording/problems.js'
import { createWords } from '../../../src/elements/challenge/wording/words.js'
import { english } from './words.js'

const failure = (errorCode: string, retryAfter?: number): Failure => ({
  error: '',
  errorCode,
  errorDescription: '',
  ...(retryAfter !== undefined && { retryAfter }),
})

test('times are rounded up, and have singular and plural', () => {
  const clock = (seconds: number) => english(message('code.resendIn', { clock: seconds }))
  expect([0, 5, 60, 151].map(clock)).toEqual(
    ['0:00', '0:05', '1:00', '2:31'].map(time => `Resend code in ${time}`),
  )
  const wait = (seconds: number) => english(message('code.locked', { wait: seconds }))
  expect([0, 1, 45, 60, 151].map(wait)).toEqual(
    ['1 second', '1 second', '45 seconds', '1 minute', '3 minutes'].map(
      time => `Too many wrong codes. Try again in ${time}.`,
    ),
  )
})

test('a text with a count has the plural form of the language', () => {
  const polish = {
    'code.label': {
      one: '{count} cyfra',
      few: '{count} cyfry',
      many: '{count} cyfr',
      other: '{count} cyfry',
    },
  }
  const { text } = createWords('pl', [polish])
  expect([1, 2, 5].map(count => text('code.label', { count }))).toEqual(['1 cyfra', '2 cyfry', '5 cyfr'])
})

test('numbers, times and dates have the form of the language and region', () => {
  const { text } = createWords('ar-EG', [{ 'code.resendIn': '{clock}', 'settings.history': '{added}' }])
  expect(text('code.resendIn', { clock: 151 })).toBe('٢:٣١')
  const { text: german } = createWords('de', [{ 'settings.history': '{added}', 'code.locked': '{wait}' }])
  expect(german('settings.history', { added: new Date(2030, 0, 31) })).toBe('31.01.2030')
  expect(german('code.locked', { wait: 300 })).toBe('in 5 Minuten')
})

test('the first list that has a text decides, and braces without a placeholder stay', () => {
  const words = createWords('en', [{ back: 'Return {here}' }, COMMON])
  expect(words.text('back')).toBe('Return {here}')
  expect(words.text('close')).toBe('Close')
})

test('explain() has a text for each code: a known one, one that the app added, and any other', () => {
  const words = createWords('en', [{ 'error.E1': 'Texts of the app.' }, COMMON])
  expect(words.of(explain(failure('network_error')))).toContain('No connection')
  expect(words.of(explain(failure('E1')))).toBe('Texts of the app.')
  expect(words.of(explain(failure('E2')))).toBe(COMMON['error.anyOther'])
  // A name of every object.
  expect(words.of(explain(failure('constructor')))).toBe(COMMON['error.anyOther'])
})

test('explain() distinguishes the errors that userMessage() distinguishes, as far as a challenge has them', () => {
  // They end the session, are explained on the screen of a passkey, or are those of other calls.
  const elsewhere = [
    'expired_token',
    'invalid_credential',
    'unknown_credential',
    'credential_not_found',
    'immediate_mediation_not_supported',
    'aborted',
    'invalid_code',
    'popup_closed',
    'popup_blocked',
    'popup_already_open',
    'window_unreachable',
    'launch_failed',
  ]
  const anyOther = userMessage({ errorCode: 'E1' })
  const unlike = Object.values(ErrorCode).filter(code => {
    const isGeneral = english(explain(failure(code))) === COMMON['error.anyOther']
    return isGeneral !== (userMessage({ errorCode: code }) === anyOther)
  })
  expect(unlike.filter(code => !elsewhere.includes(code))).toEqual([])
})

test('explainNotSent() says when a new code can be requested', () => {
  expect(english(explainNotSent(failure('too_many_requests', 151), 'code'))).toContain('in 3 minutes')
  expect(english(explainNotSent(failure('too_many_requests'), 'code'))).toContain('in 5 minutes')
  expect(english(explainNotSent(failure('network_error'), 'code'))).toContain('No connection')
})

test('endOfSession() has different notices for an expired and an invalid token, and none for a temporary failure', () => {
  expect(endOfSession(failure('expired_token'))).toBe(NOTICES.expired)
  expect(endOfSession(failure('invalid_token'))).toBe(NOTICES.invalid)
  expect(endOfSession(failure('network_error'))).toBeUndefined()
})
