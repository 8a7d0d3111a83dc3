import { Authsignal } from 'authsignal-channels'
import { afterEach, expect, test, vi } from 'vitest'
import { clientOf, json, service } from './service.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Never answers, and does not listen to the signal either. */
const silence = () => new Promise<Response>(() => {})

const challenged = () => json({ challengeId: 'c1' })

test('a call carries the token, and goes to the path of its channel', async () => {
  const { authsignal, received } = clientOf(challenged)
  await authsignal.sms.challenge()
  await authsignal.email.challenge()
  await authsignal.whatsapp.challenge()
  expect(received.map(({ method, url, authorization, body }) => [method, url, authorization, body])).toEqual([
    ['POST', 'https://api.test/v1/client/challenge/sms', 'Bearer first-token', undefined],
    ['POST', 'https://api.test/v1/client/challenge/email-otp', 'Bearer first-token', undefined],
    ['POST', 'https://api.test/v1/client/challenge/whatsapp', 'Bearer first-token', undefined],
  ])
})

test('the body of a call is what the API calls its input', async () => {
  const { authsignal, received } = clientOf(() =>
    json({ isVerified: false, userAuthenticatorId: 'a1', userId: 'u1' }),
  )
  await authsignal.sms.enroll({ phoneNumber: ' +64210000001 ' })
  await authsignal.email.enroll({ email: 'jane@example.com' })
  await authsignal.whatsapp.verify({ code: '12 34-56' })
  expect(received.map(({ url, body }) => [new URL(url).pathname, body])).toEqual([
    ['/v1/client/user-authenticators/sms', { phoneNumber: '+64210000001' }],
    ['/v1/client/user-authenticators/email-otp', { email: 'jane@example.com' }],
    ['/v1/client/verify/whatsapp', { verificationCode: '123456' }],
  ])
})

test('a slash at the end of the base URL does not double', async () => {
  const { authsignal, received } = clientOf(challenged, { baseUrl: 'https://api.test/v1/' })
  await authsignal.sms.challenge()
  expect(received[0]?.url).toBe('https://api.test/v1/client/challenge/sms')
})

test('without a token nothing is sent', async () => {
  const { fetch, received } = service(challenged)
  const authsignal = new Authsignal({ tenantId: 'acme', fetch })
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'token_not_set' })
  expect(received).toHaveLength(0)
})

test('a blank code answers invalid_code, and nothing is sent', async () => {
  const { authsignal, received } = clientOf(challenged)
  expect(await authsignal.sms.verify({ code: ' - ' })).toMatchObject({ errorCode: 'invalid_code' })
  expect(received).toHaveLength(0)
})

test.each([
  ['verify without a code', '"code"', (a: Authsignal) => a.sms.verify({} as never)],
  ['verify without anything', '"code"', (a: Authsignal) => a.email.verify(undefined as never)],
  ['verify with a number', '"code"', (a: Authsignal) => a.whatsapp.verify({ code: 123456 as never })],
  ['enroll without a number', '"phoneNumber"', (a: Authsignal) => a.sms.enroll({} as never)],
  ['enroll without an address', '"email"', (a: Authsignal) => a.email.enroll({} as never)],
  ['setToken with nothing', '"token"', (a: Authsignal) => a.setToken(undefined as never)],
  ['setToken with blanks', '"token"', (a: Authsignal) => a.setToken('  ')],
])('%s throws a TypeError that names %s', (_, name, call) => {
  const { authsignal, received } = clientOf(challenged)
  expect(() => call(authsignal)).toThrow(TypeError)
  expect(() => call(authsignal)).toThrow(name)
  expect(received).toHaveLength(0)
})

test('a network that fails is a value, and the request is not repeated', async () => {
  const cause = new TypeError('Failed to fetch')
  const { authsignal, received } = clientOf(() => Promise.reject(cause))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'network_error', cause })
  expect(received).toHaveLength(1)
})

test('a server that is busy is asked once, for the call may have had its effect', async () => {
  const { authsignal, received } = clientOf(() => json({}, 503, { 'retry-after': '0' }))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'server_error', retryAfter: 0 })
  expect(received).toHaveLength(1)
})

test('a call that gets no answer ends after the timeout', async () => {
  vi.useFakeTimers()
  const { authsignal } = clientOf(silence, { timeout: 3000 })
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(2999)
  expect(await Promise.race([call, 'waiting'])).toBe('waiting')
  await vi.advanceTimersByTimeAsync(1)
  expect(await call).toMatchObject({ errorCode: 'timeout' })
})

test('the timeout covers a body that never ends, and lets go of the request', async () => {
  vi.useFakeTimers()
  const { authsignal, received } = clientOf(
    () =>
      new Response(new ReadableStream({ start: body => body.enqueue(new TextEncoder().encode('{"chal')) })),
    { timeout: 3000 },
  )
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(3000)
  expect(await call).toMatchObject({ errorCode: 'timeout' })
  expect(received[0]?.signal.aborted).toBe(true)
})

test('after a timeout the next call is a new request', async () => {
  vi.useFakeTimers()
  const { authsignal, received } = clientOf(silence)
  const first = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(10_000)
  await first
  void authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(0)
  expect(received).toHaveLength(2)
})

test('equal calls in flight share one request', async () => {
  const { authsignal, received } = clientOf(() => json({ isVerified: true, accessToken: 't2' }))
  const [one, two] = await Promise.all([
    authsignal.sms.verify({ code: '123456' }),
    authsignal.sms.verify({ code: '123 456' }),
  ])
  expect(one.token).toBe('t2')
  expect(two.token).toBe('t2')
  expect(received).toHaveLength(1)
})

test.each([
  ['another code', (a: Authsignal) => a.sms.verify({ code: '654321' })],
  ['another channel', (a: Authsignal) => a.whatsapp.verify({ code: '123456' })],
])('a call with %s is a request of its own', async (_, call) => {
  const { authsignal, received } = clientOf(() => json({ isVerified: false }))
  await Promise.all([authsignal.sms.verify({ code: '123456' }), call(authsignal)])
  expect(received).toHaveLength(2)
})

test('a challenge after an answered one is sent again', async () => {
  const { authsignal, received } = clientOf(challenged)
  await authsignal.sms.challenge()
  await authsignal.sms.challenge()
  expect(received).toHaveLength(2)
})

test('an aborted call resolves at once, and the request is let go', async () => {
  const { authsignal, received } = clientOf(silence)
  const controller = new AbortController()
  const call = authsignal.sms.challenge({ signal: controller.signal })
  await vi.waitFor(() => expect(received).toHaveLength(1))
  controller.abort()
  expect(await call).toMatchObject({ errorCode: 'aborted' })
  await vi.waitFor(() => expect(received[0]?.signal.aborted).toBe(true))
})

test('a call with an aborted signal sends nothing', async () => {
  const { authsignal, received } = clientOf(challenged)
  expect(await authsignal.sms.challenge({ signal: AbortSignal.abort() })).toMatchObject({
    errorCode: 'aborted',
  })
  expect(received).toHaveLength(0)
})

test('one caller who leaves does not end the wait of the other', async () => {
  let answer!: (response: Response) => void
  const { authsignal } = clientOf(() => new Promise(resolve => (answer = resolve)))
  const controller = new AbortController()
  const leaving = authsignal.sms.challenge({ signal: controller.signal })
  const staying = authsignal.sms.challenge()
  await vi.waitFor(() => expect(answer).toBeDefined())
  controller.abort()
  answer(challenged())
  expect(await leaving).toMatchObject({ errorCode: 'aborted' })
  expect(await staying).toMatchObject({ challengeId: 'c1' })
})

test('a component that is mounted, unmounted and mounted again sends one challenge', async () => {
  const { authsignal, received } = clientOf(challenged)
  const first = new AbortController()
  const unmounted = authsignal.sms.challenge({ signal: first.signal })
  first.abort()
  const mounted = authsignal.sms.challenge({ signal: new AbortController().signal })
  expect(await unmounted).toMatchObject({ errorCode: 'aborted' })
  expect(await mounted).toMatchObject({ challengeId: 'c1' })
  expect(received).toHaveLength(1)
})

test('failures are written to the console only when asked for, and never with the token', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  await clientOf(() => json({}, 500)).authsignal.sms.challenge()
  expect(error).not.toHaveBeenCalled()
  await clientOf(() => json({}, 500), { enableLogging: true }).authsignal.sms.challenge()
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\[Authsignal\] server_error: /))
  expect(JSON.stringify(error.mock.calls)).not.toContain('first-token')
})
