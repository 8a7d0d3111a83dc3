import { Authsignal } from 'authsignal-channels'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Answer, clientOf, json, service, tokenOf } from './service.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const verified: Answer = () => json({ isVerified: true, accessToken: 'second-token' })
const expired = () => json({ error: 'expired_token', errorCode: 'expired_token' }, 401)
const challenged = () => json({ challengeId: 'c1' })

const minutes = (count: number) => count * 60

test('the token of a verified answer is the one of the next call', async () => {
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

test('an answer that comes late does not replace a token that was set meanwhile', async () => {
  let answer!: (response: Response) => void
  const { authsignal, received } = clientOf(request =>
    request.url.includes('verify') ? new Promise(resolve => (answer = resolve)) : challenged(),
  )
  const late = authsignal.sms.verify({ code: '123456' })
  await vi.waitFor(() => expect(answer).toBeDefined())
  authsignal.setToken('newer-token')
  answer(await verified({} as never))
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
  const onTokenExpired = vi.fn(async () => 'fresh-token')
  const { authsignal, received } = clientOf(
    ({ authorization }) => (authorization === 'Bearer fresh-token' ? challenged() : expired()),
    { onTokenExpired },
  )
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
  expect(received.map(request => request.authorization)).toEqual(['Bearer first-token', 'Bearer fresh-token'])
  expect(onTokenExpired).toHaveBeenCalledExactlyOnceWith()
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
  const { authsignal, received } = clientOf(expired, { onTokenExpired: () => 'fresh-token' })
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
  expect(received).toHaveLength(2)
})

test('what onTokenExpired throws is the cause of the failure', async () => {
  const cause = new Error('the backend is down')
  const { authsignal } = clientOf(expired, { onTokenExpired: () => Promise.reject(cause) })
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token', cause })
})

test('an onTokenExpired that never ends is covered by the timeout of the call', async () => {
  const { authsignal } = clientOf(expired, { onTokenExpired: () => new Promise(() => {}) })
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await call).toMatchObject({ errorCode: 'timeout' })
})

test('a token that expired by itself is renewed without asking the server', async () => {
  const { authsignal, received } = clientOf(challenged, { onTokenExpired: () => 'fresh-token' })
  authsignal.setToken(tokenOf({ iat: 1000, exp: 1001 }))
  await vi.advanceTimersByTimeAsync(1000)
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: 'c1' })
  expect(received.map(request => request.authorization)).toEqual(['Bearer fresh-token'])
})
