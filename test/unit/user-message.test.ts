// @vitest-environment node
/** What a user reads when something did not work. */
import { ErrorCode, type UserMessageTexts, userMessage } from 'authsignal-channels'
import { describe, expect, test } from 'vitest'
import { clientOf, json } from './service.js'

const GENERAL = 'Something went wrong. Try again in a moment.'

/** Causes that the user cannot know and cannot change: the app or the tenant is not set up correctly. */
const DELIBERATELY_GENERAL = [
  'token_not_set',
  'invalid_token',
  'unauthorized',
  'invalid_request',
  'invalid_configuration',
]

const CODES = Object.keys(ErrorCode)
const REASONS = ['CODE_INVALID_OR_EXPIRED', 'MAX_ATTEMPTS_EXCEEDED']
/** Of Descope: a user exists already, there is no such user, a limit. */
const OF_DESCOPE = ['E062107', 'E062108', 'E130429']

describe('the sentence of a response', () => {
  test('a wrong code', async () => {
    const { authsignal } = clientOf(() =>
      json({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }),
    )
    const response = await authsignal.sms.verify({ code: '000000' })
    expect(userMessage(response)).toBe('That code is wrong or has expired. Check it, or use a new one.')
  })

  test('too many wrong codes', async () => {
    const { authsignal } = clientOf(() => json({ isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }))
    const response = await authsignal.sms.verify({ code: '000000' })
    expect(userMessage(response)).toBe('Too many wrong codes. Try again in 5 minutes.')
  })

  test('a limit, with the time to wait that the server sent', async () => {
    const { authsignal } = clientOf(() => json({ error: 'too_many_requests' }, 429, { 'retry-after': '125' }))
    expect(userMessage(await authsignal.sms.challenge())).toBe('Too many attempts. Try again in 3 minutes.')
  })

  test('no network', async () => {
    const { authsignal } = clientOf(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(userMessage(await authsignal.sms.challenge())).toBe(
      'You may be offline. Check the connection and try again.',
    )
  })
})

test.each([...CODES, ...OF_DESCOPE])('%s has a sentence, or is deliberately general', errorCode => {
  const message = userMessage({ errorCode })
  if (DELIBERATELY_GENERAL.includes(errorCode)) expect(message).toBe(GENERAL)
  else expect(message).not.toBe(GENERAL)
})

test.each(REASONS)('%s has a sentence', failureReason => {
  expect(userMessage({ failureReason })).not.toBe(GENERAL)
})

test.each(['brand_new', 'E999999', 'constructor', 'toString', '__proto__', ''])(
  'an unknown code, "%s", has the general sentence',
  code => {
    expect(userMessage({ errorCode: code })).toBe(GENERAL)
    expect(userMessage({ failureReason: code }, { texts: {} })).toBe(GENERAL)
  },
)

test('a response without any code has the general sentence', () => {
  expect(userMessage({})).toBe(GENERAL)
})

test.each([...CODES, ...REASONS, ...OF_DESCOPE, 'brand_new'])('the sentence of %s is for people', code => {
  const message = userMessage({ errorCode: code })
  expect(message).toMatch(/^[A-Z][^.]+\.( [A-Z][^.]+\.)?$/)
  expect(message).not.toMatch(
    /token|request|refus|status|server|response|session|challenge|credential|tenant|API|HTTP|parameter|invalid|fram|E\d|_|[{}]/i,
  )
  expect(message.length).toBeLessThan(90)
})

test.each([
  [0, 'in 1 second'],
  [1, 'in 1 second'],
  [1.2, 'in 2 seconds'],
  [59, 'in 59 seconds'],
  [60, 'in 1 minute'],
  [61, 'in 2 minutes'],
  [300, 'in 5 minutes'],
])('%d seconds are "%s"', (retryAfter, wait) => {
  expect(userMessage({ errorCode: 'too_many_requests', retryAfter })).toBe(
    `Too many attempts. Try again ${wait}.`,
  )
})

test('own sentences replace the built-in ones, code by code', () => {
  const texts = { popup_closed: 'The payment was not sent.', too_many_requests: 'Please wait, {wait}.' }
  expect(userMessage({ errorCode: 'popup_closed' }, { texts })).toBe('The payment was not sent.')
  expect(userMessage({ errorCode: 'too_many_requests', retryAfter: 9 }, { texts })).toBe(
    'Please wait, in 9 seconds.',
  )
  expect(userMessage({ errorCode: 'invalid_code' }, { texts })).toBe('Enter the code.')
  expect(userMessage({ errorCode: 'brand_new' }, { texts })).toBe(GENERAL)
  expect(userMessage({ errorCode: 'brand_new' }, { texts: { anyOther: 'Call us.' } })).toBe('Call us.')
  expect(userMessage({ errorCode: 'brand_new' }, { texts: { brand_new: 'A new one.' } })).toBe('A new one.')
})

describe('another language', () => {
  const texts: UserMessageTexts = JSON.parse(`{
    "CODE_INVALID_OR_EXPIRED": "Ce code est incorrect ou a expiré.",
    "too_many_requests": "Trop de tentatives. Réessayez {wait}.",
    "anyOther": "Un problème est survenu. Réessayez dans un instant."
  }`)

  test.each(['fr', 'fr-CA'])('has its own sentences and its own waiting time: %s', lang => {
    const options = { lang, texts }
    expect(userMessage({ failureReason: 'CODE_INVALID_OR_EXPIRED' }, options)).toBe(
      'Ce code est incorrect ou a expiré.',
    )
    expect(userMessage({ errorCode: 'too_many_requests', retryAfter: 300 }, options)).toBe(
      'Trop de tentatives. Réessayez dans 5 minutes.',
    )
  })

  test('is never mixed with English: a code without a sentence has the general one', () => {
    expect(userMessage({ errorCode: 'popup_closed' }, { lang: 'fr', texts })).toBe(texts.anyOther)
  })

  test('is English all the way when there are no sentences for it', () => {
    expect(userMessage({ errorCode: 'too_many_requests', retryAfter: 60 }, { lang: 'fr' })).toBe(
      'Too many attempts. Try again in 1 minute.',
    )
  })

  test('the preposition and the case of the waiting time are those of the language', () => {
    const options = { lang: 'ru', texts: { too_many_requests: 'Повторите {wait}.' } }
    expect(userMessage({ errorCode: 'too_many_requests', retryAfter: 60 }, options)).toBe(
      'Повторите через 1 минуту.',
    )
  })

  test.each(['en_US', 'no such language'])('"%s" is no language tag', lang => {
    expect(() => userMessage({ errorCode: 'popup_closed' }, { lang, texts })).toThrow(
      new TypeError('"lang" must be a language tag, such as "fr"'),
    )
  })
})
