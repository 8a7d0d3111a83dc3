import { Authsignal } from 'authsignal-channels'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdToken } from '../../src/client/lib/token.js'
import { clientOf, type Handler, json, service, tokenOf } from './service.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const verified: Handler = () => json({ isVerified: true, accessToken: 'second-token' })
const expired = () => json({ error: 'expired_token', errorCode: 'expired_token' }, 401)
const challenged = () => json({ challengeId: 'c1' })

const FRESH = tokenOf({ sub: 'jane' })

const minutes = (count: number) => count * 60

test('the next call uses the token of a verified response', async () => {
  const { authsignal, received } = clientOf(verified)
  await authsignal.whatsapp.verify({ code: '123456' })
  await authsignal.whatsapp.challenge()
  expect(received[1]?.authorization).toBe('Bearer second-token')
})

test('verify() keeps the earlier token when the code is wrong', async () => {
  const { authsignal, received } = clientOf(() => json({ isVerified: false, accessToken: 'not-for-you' }))
  await authsignal.whatsapp.verify({ code: '123456' })
  await authsignal.whatsapp.challenge()
  expect(received[1]?.authorization).toBe('Bearer first-token')
})

test('a late response does not replace a token that was set meanwhile', async () => {
  let respond!: (response: Response) => void
  const { authsignal, received } = clientOf(request =>
    request.url.includes('verify') ? new Promise(resolve => (respond = resolve)) : challenged(),
  )
  const late = authsignal.sms.verify({ code: '123456' })
  await vi.waitFor(() => expect(respond).toBeDefined())
  authsignal.setToken('newer-token')
  respond(await verified({} as never))
  expect((await late).token).toBe('second-token')
  await authsignal.sms.challenge()
  expect(received.at(-1)?.authorization).toBe('Bearer newer-token')
})

test('two clients do not share a token', async () => {
  const one = clientOf(verified)
  const two = service(challenged)
  const other = new Authsignal({ tenantId: 'acme', fetch: two.fetch })
  await one.authsignal.sms.verify({ code: '123456' })
  expect(await other.sms.challenge()).toMatchObject({ errorCode: 'token_not_set' })
})

test('token_not_set says that a token belongs to one client, and what helps', async () => {
  const { authsignal } = clientOf(challenged)
  const another = new Authsignal({ tenantId: 'acme' })
  expect(authsignal).not.toBe(another)
  const { errorDescription } = await another.sms.challenge()
  expect(errorDescription).toBe(
    'This client has no token. Each client has its own: track the action and call setToken() on this one, or share one client.',
  )
})

test('a token past its own lifetime is not sent', async () => {
  const { authsignal, received } = clientOf(challenged)
  const now = Date.now() / 1000
  authsignal.setToken(tokenOf({ iat: now, exp: now + minutes(10) }))
  await vi.advanceTimersByTimeAsync(minutes(10) * 1000 - 1)
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
  await vi.advanceTimersByTimeAsync(1)
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
  expect(received).toHaveLength(1)
})

test.each(['1970-01-02', '2099-01-01'])('a device that believes it is %s uses a fresh token', async date => {
  const { authsignal } = clientOf(challenged)
  const iat = Date.UTC(2030, 0, 31) / 1000
  vi.setSystemTime(date)
  authsignal.setToken(tokenOf({ iat, exp: iat + minutes(10) }))
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
})

test('a token that is not a JWT is sent as it is', async () => {
  const { authsignal, received } = clientOf(challenged)
  authsignal.setToken('opaque')
  await vi.advanceTimersByTimeAsync(minutes(60) * 1000)
  await authsignal.sms.challenge()
  expect(received[0]?.authorization).toBe('Bearer opaque')
})

test('onTokenExpired brings a new token, and the call is made once more with it', async () => {
  const onTokenExpired = vi.fn(async () => FRESH)
  const { authsignal, received } = clientOf(
    ({ authorization }) => (authorization === `Bearer ${FRESH}` ? challenged() : expired()),
    { onTokenExpired },
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
  expect(received.map(request => request.authorization)).toEqual(['Bearer first-token', `Bearer ${FRESH}`])
  expect(onTokenExpired).toHaveBeenCalledExactlyOnceWith()
})

const part = (text: string) => Buffer.from(text).toString('base64url')
const [HEADER, CLAIMS] = FRESH.split('.')

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['true, as router.push() does', Promise.resolve(true)],
  ['the ID of a toast', 'toast-1'],
  ['the ID of a toast as a UUID', '7b0f4e5c-5f0c-4b7e-9a1c-2f1d3c4b5a69'],
  ['the number of a timer', 42],
  ['an object', { token: FRESH }],
  ['a String object', Object(FRESH)],
  ['a list', [FRESH]],
  ['an empty string', ''],
  ['a path', '/login'],
  ['a version', '1.2.3'],
  ['a host name', 'auth.example.com'],
  ['two parts', `${HEADER}.${CLAIMS}`],
  ['four parts', `${FRESH}.x`],
  ['an empty signature', `${HEADER}.${CLAIMS}.`],
  ['a space before it', ` ${FRESH}`],
  ['a line break after it', `${FRESH}\n`],
  ['ordinary base64', `${HEADER}=.${CLAIMS}.x`],
  ['a header that is no JSON', `${part('header')}.${CLAIMS}.x`],
  ['a header that is null', `${part('null')}.${CLAIMS}.x`],
  ['a header that is a list', `${part('[{}]')}.${CLAIMS}.x`],
  ['a header that is a number', `${part('7')}.${CLAIMS}.x`],
])('an onTokenExpired that returns %s brings no token', async (_, value) => {
  const { authsignal, received } = clientOf(expired, { onTokenExpired: () => value as never })
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
  await authsignal.sms.challenge()
  expect(received.map(request => request.authorization)).toEqual(['Bearer first-token', 'Bearer first-token'])
})

test('a token that was set inside of onTokenExpired counts, whatever else it returns', async () => {
  const { authsignal } = clientOf(
    ({ authorization }) => (authorization === 'Bearer set-inside' ? challenged() : expired()),
    {
      onTokenExpired: async () => {
        authsignal.setToken('set-inside')
        return FRESH
      },
    },
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
})

test('onTokenExpired may call setToken itself', async () => {
  const { authsignal } = clientOf(
    ({ authorization }) => (authorization === 'Bearer fresh-token' ? challenged() : expired()),
    { onTokenExpired: () => authsignal.setToken('fresh-token') },
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
})

test('onTokenExpired runs once for a token, however many calls found it expired', async () => {
  const onTokenExpired = vi.fn()
  const { authsignal } = clientOf(expired, { onTokenExpired })
  await Promise.all([authsignal.sms.challenge(), authsignal.email.challenge()])
  await authsignal.whatsapp.challenge()
  expect(onTokenExpired).toHaveBeenCalledOnce()
})

test('a fresh token that is expired as well ends the call', async () => {
  const { authsignal, received } = clientOf(expired, { onTokenExpired: () => FRESH })
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
  expect(received).toHaveLength(2)
})

test.each([
  ['throws', true],
  ['rejects with', false],
])('what onTokenExpired %s is reported once, and is the cause of the failures', async (_, isThrown) => {
  const reportError = vi.fn()
  vi.stubGlobal('reportError', reportError)
  const cause = new Error('the backend is down')
  const onTokenExpired = () => {
    if (isThrown) throw cause
    return Promise.reject(cause)
  }
  const { authsignal } = clientOf(expired, { onTokenExpired })
  const calls = [authsignal.sms.challenge(), authsignal.email.challenge()]
  for (const response of await Promise.all(calls)) {
    expect(response).toMatchObject({ errorCode: 'expired_token', cause })
  }
  expect(reportError).toHaveBeenCalledExactlyOnceWith(cause)
})

test('what onTokenExpired throws is a value also where there is no reportError', async () => {
  vi.stubGlobal('reportError', undefined)
  const { authsignal } = clientOf(expired, { onTokenExpired: () => Promise.reject(new Error('down')) })
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
})

test('an onTokenExpired that never ends is covered by the timeout of the call', async () => {
  const { authsignal } = clientOf(expired, { onTokenExpired: () => new Promise(() => {}) })
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await call).toMatchObject({ errorCode: 'timeout' })
})

test('a token that expired by itself is renewed without a request with it', async () => {
  const { authsignal, received } = clientOf(challenged, { onTokenExpired: () => FRESH })
  authsignal.setToken(tokenOf({ iat: 1000, exp: 1001 }))
  await vi.advanceTimersByTimeAsync(1000)
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
  expect(received.map(request => request.authorization)).toEqual([`Bearer ${FRESH}`])
})

test('without onTokenExpired an expired token is a failure without a cause, and nothing is reported', async () => {
  const reportError = vi.fn()
  vi.stubGlobal('reportError', reportError)
  const { authsignal } = clientOf(challenged)
  authsignal.setToken(tokenOf({ iat: 1000, exp: 1000.001 }))
  await vi.advanceTimersByTimeAsync(1)
  const response = await authsignal.sms.challenge()
  expect(response).toMatchObject({
    errorCode: 'expired_token',
    errorDescription: 'The token has expired. Track the action again.',
  })
  expect(response).not.toHaveProperty('cause')
  expect(reportError).not.toHaveBeenCalled()
})

test.each([
  ['both times', { iat: 1000, exp: 1600 }, 600_000],
  ['no times', {}, Infinity],
  ['an expiry alone', { exp: 1600 }, Infinity],
  ['a time of issue alone', { iat: 1000 }, Infinity],
])('the lifetime of a token with %s is known to a channel', (_, claims, lifetime) => {
  const tokens = holdToken()
  tokens.set(tokenOf(claims))
  expect(tokens.current!.lifetime()).toBe(lifetime)
})
