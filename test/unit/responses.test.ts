import { expect, test, vi } from 'vitest'
import { clientOf, json } from './service.js'

test('the fields of a body are on the response and in its data', async () => {
  const { authsignal } = clientOf(() => json({ challengeId: 'c1' }))
  expect(await authsignal.whatsapp.challenge()).toEqual({ challengeId: 'c1', data: { challengeId: 'c1' } })
})

test('the access token of a verified response is called token', async () => {
  const { authsignal } = clientOf(() => json({ isVerified: true, accessToken: 'second-token' }))
  const response = await authsignal.sms.verify({ code: '123456' })
  expect(response).toEqual({
    isVerified: true,
    token: 'second-token',
    data: { isVerified: true, token: 'second-token' },
  })
})

test('a wrong code is a success, not a failure', async () => {
  const { authsignal } = clientOf(() => json({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }))
  const response = await authsignal.email.verify({ code: '000000' })
  expect(response.errorCode).toBeUndefined()
  expect(response.data).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
})

test.each([
  ['errorCode first', 400, { error: 'bad', errorCode: 'invalid_configuration' }, 'invalid_configuration'],
  ['a newer code as it is', 400, { error: 'x', errorCode: 'code_of_tomorrow' }, 'code_of_tomorrow'],
  ['error when it has the form of a code', 429, { error: 'too_many_requests' }, 'too_many_requests'],
  ['error in capitals', 400, { error: 'AUTHENTICATOR_NOT_FOUND' }, 'AUTHENTICATOR_NOT_FOUND'],
  ['the status when error is a sentence', 404, { error: 'No such thing.' }, 'not_found'],
  ['the status when errorCode is no string', 403, { error: 'No.', errorCode: 7 }, 'forbidden'],
  ['an error body under a good status', 200, { error: 'expired_token' }, 'expired_token'],
  ['a sentence as error under a good status', 200, { error: 'Something is off.' }, 'invalid_response'],
  ['401 without a code', 401, {}, 'unauthorized'],
  ['429 without a code', 429, { message: 'slow down' }, 'too_many_requests'],
  ['500 without a code', 500, {}, 'server_error'],
  ['418 without a code', 418, {}, 'invalid_request'],
])('the code of a failure: %s', async (_, status, body, errorCode) => {
  const { authsignal } = clientOf(() => json(body, status))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode, status })
})

test.each([
  [{ error: 'invalid_request', errorDescription: 'The number is not one.' }, 'The number is not one.'],
  [{ error: 'The number is not one.' }, 'The number is not one.'],
  [{ error: 'invalid_request' }, 'The server responded with status 400.'],
  [{ error: {}, errorDescription: 5 }, 'The server responded with status 400.'],
])('the sentence of the failure %j is %j', async (body, sentence) => {
  const { authsignal } = clientOf(() => json(body, 400))
  expect(await authsignal.sms.challenge()).toMatchObject({ error: sentence, errorDescription: sentence })
})

test.each([
  ['nothing', 204, null],
  ['an empty body', 200, ''],
  ['HTML', 200, '<!doctype html><title>Sign in to the Wi-Fi</title>'],
  ['truncated JSON', 200, '{"challengeId": "c'],
  ['null', 200, 'null'],
  ['a string', 200, '"ok"'],
  ['an array where an object is due', 200, '[]'],
  ['an object without the required field', 200, '{}'],
])('%s is an invalid_response', async (_, status, text) => {
  const { authsignal } = clientOf(() => new Response(text, { status }))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'invalid_response', status })
})

test.each([
  [502, '<h1>Bad gateway</h1>', 'server_error'],
  [404, '', 'not_found'],
  [400, 'null', 'invalid_request'],
])(
  'status %i with a body that is not of the API becomes a code by status',
  async (status, text, errorCode) => {
    const { authsignal } = clientOf(() => new Response(text, { status }))
    expect(await authsignal.sms.challenge()).toMatchObject({ errorCode, status })
  },
)

test.each([
  ['7', 7],
  ['0', 0],
  ['31536000', 31_536_000],
  ['Fri, 31 Jan 2030 09:00:30 GMT', 30],
  ['Fri, 31 Jan 2020 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
])('Retry-After: %s is reported as %s', async (header, retryAfter) => {
  const headers = { 'retry-after': header, date: 'Fri, 31 Jan 2030 09:00:00 GMT' }
  const { authsignal } = clientOf(() => json({ error: 'too_many_requests' }, 429, headers))
  const response = await authsignal.whatsapp.challenge()
  expect(response.errorCode).toBe('too_many_requests')
  expect(response.errorCode && response.retryAfter).toBe(retryAfter)
})

test('a key called __proto__ in a response is a field like any other', async () => {
  const { authsignal } = clientOf(() => new Response('{"challengeId":"c1","__proto__":{"polluted":true}}'))
  await authsignal.sms.challenge()
  expect({}).not.toHaveProperty('polluted')
})

const MEGABYTE = 1_000_000

/** `body` with spaces after it: as JSON it is the same, whatever its length. */
const padded = (body: object, length: number) => JSON.stringify(body).padEnd(length)

test('a response of 1 MB is read', async () => {
  const { authsignal } = clientOf(() => new Response(padded({ challengeId: 'c1' }, MEGABYTE)))
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
})

test('1 MB counts bytes, not characters', async () => {
  const body = JSON.stringify({ challengeId: 'c1', filler: '€'.repeat(400_000) })
  const { authsignal } = clientOf(() => new Response(body))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'invalid_response', status: 200 })
})

test.each([
  ['a length in its headers', 200, { 'content-length': String(MEGABYTE + 1) }],
  ['a false length in its headers', 200, { 'content-length': '20' }],
  ['a failure as its status', 503, { 'retry-after': '7' }],
])('a response of more than 1 MB with %s is an invalid_response', async (_, status, headers) => {
  const { authsignal } = clientOf(
    () => new Response(padded({ challengeId: 'c1' }, MEGABYTE + 1), { status, headers }),
  )
  const response = await authsignal.sms.challenge()
  expect(response).toMatchObject({ errorCode: 'invalid_response', status })
  expect(response.errorCode && response.retryAfter).toBe(status === 503 ? 7 : undefined)
})

test('a response without an end is read up to 1 MB and then cancelled', async () => {
  let sent = 0
  const cancel = vi.fn()
  const { authsignal } = clientOf(
    () =>
      new Response(
        new ReadableStream({
          pull(body) {
            sent += 1000
            body.enqueue(new Uint8Array(1000).fill(32))
          },
          cancel,
        }),
      ),
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'invalid_response' })
  expect(sent).toBeLessThan(MEGABYTE + 10_000)
  expect(cancel).toHaveBeenCalledOnce()
})

test('a response that is cut in the middle of a character is put together again', async () => {
  const bytes = new TextEncoder().encode('{"challengeId":"€"}')
  const { authsignal } = clientOf(
    () =>
      new Response(
        new ReadableStream({
          start(body) {
            for (const byte of bytes) body.enqueue(Uint8Array.of(byte))
            body.close()
          },
        }),
      ),
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: '€' })
})

test.each(['', ' ', 'a b', 'line\nbreak', 'naïve', '\ud800', 7, true, null, {}, ['t']])(
  'the access token %j is not a token',
  async accessToken => {
    const { authsignal, received } = clientOf(() => json({ isVerified: true, accessToken }))
    expect(await authsignal.sms.verify({ code: '123456' })).toEqual({
      isVerified: true,
      data: { isVerified: true },
    })
    await authsignal.sms.verify({ code: '123456' })
    expect(received[1]?.authorization).toBe('Bearer first-token')
  },
)

test('only an access token becomes the token of the client', async () => {
  const { authsignal, received } = clientOf(() => json({ isVerified: true, token: 'another-kind' }))
  await authsignal.sms.verify({ code: '123456' })
  await authsignal.sms.verify({ code: '123456' })
  expect(received[1]?.authorization).toBe('Bearer first-token')
})

test.each<[() => Response, string]>([
  [() => new Response('<p>'), 'This response is not of the API. Check that the base URL ends in /v1.'],
  [() => json({}, 404), 'The server responded with status 404. Check that the base URL ends in /v1.'],
  [() => json({}, 428), 'The server responded with status 428.'],
  [() => json({}, 451), 'The server responded with status 451.'],
  [() => json({}, 429), 'The server responded with status 429. Try again later.'],
  [() => json({}, 500), 'The server responded with status 500. Try again later.'],
])('the sentence for %s is %s', async (respond, sentence) => {
  const { authsignal } = clientOf(respond)
  expect((await authsignal.sms.challenge()).errorDescription).toBe(sentence)
})

test.each(['7.5', '7 s', 'a7'])('Retry-After: %s is neither a number of seconds nor a date', async header => {
  const { authsignal } = clientOf(() => json({}, 429, { 'retry-after': header }))
  expect(await authsignal.sms.challenge()).not.toHaveProperty('retryAfter', expect.anything())
})

test('a body that breaks off is a network_error with its cause', async () => {
  const cause = new TypeError('terminated')
  const { authsignal } = clientOf(
    () =>
      new Response(
        new ReadableStream({
          start(body) {
            body.enqueue(new TextEncoder().encode('{"chal'))
            body.error(cause)
          },
        }),
      ),
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'network_error', cause })
})
