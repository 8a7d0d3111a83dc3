import { Authsignal, type Channel, createClient, sms } from 'authsignal-channels'
import { afterEach, expect, test, vi } from 'vitest'
import { watchListeners } from './listeners.js'
import { clientOf, json, service } from './service.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Never responds, and ignores the signal too. */
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

test('a blank code resolves invalid_code, and nothing is sent', async () => {
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
])('%s rejects with a TypeError that names %s', async (_, name, call) => {
  const { authsignal, received } = clientOf(challenged)
  await expect(call(authsignal)).rejects.toThrow(TypeError)
  await expect(call(authsignal)).rejects.toThrow(name)
  expect(received).toHaveLength(0)
})

test.each([
  ['nothing', undefined],
  ['a number', 7],
  ['an empty string', ''],
  ['blanks', '  '],
  ['a space inside', 'a b'],
  ['a line break at its end', 'token\n'],
  ['a line break and another header', 'token\r\nx-role: admin'],
  ['a control character', 'token\0'],
  ['a letter that no header can hold', 'jeton-€'],
  ['a letter that a header holds in another encoding', 'jeton-é'],
  ['half of a surrogate pair', 'token\ud800'],
])('setToken with %s throws a TypeError that names "token", and the token stays', async (_, token) => {
  const { authsignal, received } = clientOf(challenged)
  expect(() => authsignal.setToken(token as string)).toThrow(TypeError)
  expect(() => authsignal.setToken(token as string)).toThrow('"token"')
  await authsignal.sms.challenge()
  expect(received[0]?.authorization).toBe('Bearer first-token')
})

test.each(['t', '~.-_+/=', 'a.b.c', '{"not":"a","jwt":1}'])(
  'setToken takes the opaque token %j',
  async token => {
    const { authsignal, received } = clientOf(challenged)
    authsignal.setToken(token)
    await authsignal.sms.challenge()
    expect(received[0]?.authorization).toBe(`Bearer ${token}`)
  },
)

const circle = () => {
  const parts: unknown[] = []
  parts.push({ parts })
  return parts
}

test.each([
  ['a circle', circle],
  ['a BigInt', () => ({ amount: 5n })],
  [
    'a toJSON that throws',
    () => ({
      toJSON() {
        throw new Error('no')
      },
    }),
  ],
])('a body with %s rejects with a TypeError that names its field, and nothing is sent', async (_, make) => {
  const { fetch, received } = service(challenged)
  const voice = (({ request }) => ({
    challenge: (details: unknown) => request('/client/challenge/voice', { body: { loud: true, details } }),
  })) satisfies Channel
  const client = createClient({ tenantId: 'acme', fetch, channels: { voice } })
  client.setToken('token')
  await expect(client.voice.challenge(make())).rejects.toThrow(TypeError)
  await expect(client.voice.challenge(make())).rejects.toThrow('"details"')
  expect(received).toHaveLength(0)
})

test('a network that fails is a value, and the request is not repeated', async () => {
  const cause = new TypeError('Failed to fetch')
  const { authsignal, received } = clientOf(() => Promise.reject(cause))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'network_error', cause })
  expect(received).toHaveLength(1)
})

test.each(['http://localhost:4010/v1', 'http://127.0.0.1:5000/v1', 'http://[::1]:5000/v1'])(
  'without a response from %s the command that starts the emulator is named',
  async baseUrl => {
    const { authsignal } = clientOf(() => Promise.reject(new TypeError('Failed to fetch')), { baseUrl })
    const { errorDescription } = await authsignal.sms.challenge()
    expect(errorDescription).toBe(
      `No response from ${baseUrl}. To start the emulator: npx authsignal-channels emulator.`,
    )
  },
)

test.each(['https://api.test/v1', 'https://api.test/localhost:4010/v1'])(
  'without a response from %s there is no word of the emulator',
  async baseUrl => {
    const { authsignal } = clientOf(() => Promise.reject(new TypeError('Failed to fetch')), { baseUrl })
    const { errorDescription } = await authsignal.sms.challenge()
    expect(errorDescription).toBe(`No response from ${baseUrl}. Check the connection and try again.`)
  },
)

test.each([
  [404, '{}', 'The server responded with status 404. Check that the base URL ends in /v1.'],
  [403, '{}', 'The server responded with status 403.'],
  [200, '<html>', 'This response is not of the API. Check that the base URL ends in /v1.'],
  [404, '{"error":"not_found","errorDescription":"No such user."}', 'No such user.'],
  [429, '{}', 'The server responded with status 429. Try again later.'],
  [502, '<html>', 'The server responded with status 502. Try again later.'],
])('a response with status %d and the body %s: %s', async (status, body, description) => {
  const { authsignal } = clientOf(() => new Response(body, { status }))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorDescription: description })
})

test('a busy server gets one request, because the call may have had its effect', async () => {
  const { authsignal, received } = clientOf(() => json({}, 503, { 'retry-after': '0' }))
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'server_error', retryAfter: 0 })
  expect(received).toHaveLength(1)
})

test('a call without a response ends after the timeout', async () => {
  vi.useFakeTimers()
  const { authsignal } = clientOf(silence, { timeout: 3000 })
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(2999)
  expect(await Promise.race([call, 'waiting'])).toBe('waiting')
  await vi.advanceTimersByTimeAsync(1)
  expect(await call).toMatchObject({ errorCode: 'timeout' })
})

test('the timeout covers a body that never ends, and aborts the request', async () => {
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

const endless = (chunk: Uint8Array) => new ReadableStream({ pull: body => body.enqueue(chunk) })
const later = (ms: number, response: Response) =>
  new Promise<Response>(resolve => setTimeout(resolve, ms, response))

test.each<[string, () => Response | Promise<Response>, string]>([
  [
    'a body that trickles without an end',
    () =>
      new Response(
        new ReadableStream({
          async pull(body) {
            await new Promise(resolve => setTimeout(resolve, 10))
            body.enqueue(Uint8Array.of(32))
          },
        }),
      ),
    'timeout',
  ],
  ['headers alone', () => new Response(new ReadableStream()), 'timeout'],
  ['headers that come too late', () => later(20_000, challenged()), 'timeout'],
  ['empty chunks without an end', () => new Response(endless(new Uint8Array(0))), 'invalid_response'],
])('the call ends in time with %s', async (_, handle, errorCode) => {
  vi.useFakeTimers()
  const { authsignal } = clientOf(handle, { timeout: 3000 })
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(3000)
  expect(await call).toMatchObject({ errorCode })
})

test.each([
  ['in mid-body', 0],
  ['before the headers', 5000],
])(
  'a call that ends %s cancels the body, although the fetch of the app ignores its signal',
  async (_, delay) => {
    vi.useFakeTimers()
    const cancel = vi.fn()
    const { authsignal } = clientOf(() => later(delay, new Response(new ReadableStream({ cancel }))), {
      timeout: 3000,
    })
    const call = authsignal.sms.challenge()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await call).toMatchObject({ errorCode: 'timeout' })
    expect(cancel).toHaveBeenCalledOnce()
  },
)

test.each([
  ['whole, but too late', () => later(5000, json({ isVerified: true, accessToken: 'late' }))],
  [
    'whole, but without an end',
    () =>
      new Response(
        new ReadableStream({
          start: body => body.enqueue(new TextEncoder().encode('{"isVerified":true,"accessToken":"late"}')),
        }),
      ),
  ],
])('a response that is %s does not change the token', async (_, handle) => {
  vi.useFakeTimers()
  const { authsignal, received } = clientOf(
    request => (request.url.includes('verify') ? handle() : challenged()),
    { timeout: 3000 },
  )
  const call = authsignal.sms.verify({ code: '123456' })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await call).toMatchObject({ errorCode: 'timeout' })
  await authsignal.sms.challenge()
  expect(received.at(-1)?.authorization).toBe('Bearer first-token')
})

test.each([
  ['nothing', undefined],
  ['a string', 'response'],
  ['an object of its own', { ok: true }],
])('a fetch of the app that returns %s is a network_error', async (_, response) => {
  const { authsignal } = clientOf(() => response as never)
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'network_error' })
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

test('a challenge after a completed one is sent again', async () => {
  const { authsignal, received } = clientOf(challenged)
  await authsignal.sms.challenge()
  await authsignal.sms.challenge()
  expect(received).toHaveLength(2)
})

test('an aborted call resolves at once, and its request is aborted', async () => {
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

test('an abort by one caller does not end the wait of the other', async () => {
  let respond!: (response: Response) => void
  const { authsignal } = clientOf(() => new Promise(resolve => (respond = resolve)))
  const controller = new AbortController()
  const leaving = authsignal.sms.challenge({ signal: controller.signal })
  const staying = authsignal.sms.challenge()
  await vi.waitFor(() => expect(respond).toBeDefined())
  controller.abort()
  respond(challenged())
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

test('failures are written to the console only with enableLogging, and never with the token', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  await clientOf(() => json({}, 500)).authsignal.sms.challenge()
  expect(error).not.toHaveBeenCalled()
  await clientOf(() => json({}, 500), { enableLogging: true }).authsignal.sms.challenge()
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\[Authsignal\] server_error: /))
  expect(JSON.stringify(error.mock.calls)).not.toContain('first-token')
})

test('a request as the tenant carries the tenant ID, also when the client has a token', async () => {
  const { fetch, received } = service(challenged)
  const voices: Channel<{ list(): Promise<unknown> }> = ({ request }) => ({
    list: () => request('/client/voices', { method: 'GET', as: 'tenant' }),
  })
  const client = createClient({
    tenantId: 'ácme:1',
    baseUrl: 'https://api.test/v1',
    fetch,
    channels: { voices },
  })
  await client.voices.list()
  client.setToken('first-token')
  await client.voices.list()
  expect(received.map(({ method, authorization }) => [method, authorization])).toEqual([
    ['GET', `Basic ${btoa('%C3%A1cme%3A1')}`],
    ['GET', `Basic ${btoa('%C3%A1cme%3A1')}`],
  ])
})

test('the access token that a request as the tenant brings is the one of the next call', async () => {
  const { fetch, received } = service(() => json({ accessToken: 'second-token' }))
  const signIn: Channel<{ start(): Promise<unknown> }> = ({ request }) => ({
    start: () => request('/client/sign-in', { as: 'tenant' }),
  })
  const client = createClient({ tenantId: 'acme', fetch, channels: { signIn, sms } })
  client.setToken('first-token')
  expect(await client.signIn.start()).toEqual({ token: 'second-token', data: { token: 'second-token' } })
  await client.sms.challenge()
  expect(received[1]?.authorization).toBe('Bearer second-token')
})

test('no listener of the signal is left after a call', async () => {
  const { signal } = new AbortController()
  const listeners = watchListeners(signal)
  const { authsignal } = clientOf(challenged)
  const call = authsignal.sms.challenge({ signal })
  expect(listeners()).toEqual(['abort'])
  await call
  expect(listeners()).toEqual([])
})

test('a call leaves no timer, whether it succeeds, is aborted or times out', async () => {
  vi.useFakeTimers()
  const succeeding = clientOf(challenged).authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(0)
  expect(await succeeding).toMatchObject({ challengeId: 'c1' })
  expect(vi.getTimerCount()).toBe(0)

  const controller = new AbortController()
  void clientOf(silence).authsignal.sms.challenge({ signal: controller.signal })
  controller.abort()
  await vi.advanceTimersByTimeAsync(1)
  expect(vi.getTimerCount()).toBe(0)

  void clientOf(silence).authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(vi.getTimerCount()).toBe(0)
})

test('the sentences of local failures say what has happened, and what to do', async () => {
  vi.useFakeTimers()
  const { authsignal } = clientOf(silence, { timeout: 3000 })
  const call = authsignal.sms.challenge()
  await vi.advanceTimersByTimeAsync(3000)
  expect((await call).errorDescription).toBe(
    'No response within 3000 ms. Check the connection and try again.',
  )
  const { authsignal: offline } = clientOf(() => Promise.reject(new TypeError('Failed to fetch')))
  expect((await offline.sms.challenge()).errorDescription).toBe(
    'No response from https://api.test/v1. Check the connection and try again.',
  )
})

test('a request goes to the configured host alone: it follows no redirect, and sends no cookie elsewhere', async () => {
  let request: Request | undefined
  const authsignal = new Authsignal({
    tenantId: 'acme',
    fetch: async sent => {
      request = sent
      return challenged()
    },
  })
  authsignal.setToken('first-token')
  await authsignal.sms.challenge()
  expect(request).toMatchObject({ redirect: 'error', credentials: 'same-origin' })
  expect(request!.headers.get('content-type')).toBe('application/json')
})

test('a request to another service carries nothing of the client, and changes nothing of it', async () => {
  const { fetch, received } = service(() => json({ accessToken: 'of-the-other' }))
  const other: Channel<{ ping(): Promise<unknown> }> = ({ request }) => ({
    ping: () =>
      request('/ping', { service: { baseUrl: 'https://other.test/v2', authorization: 'Basic b3RoZXI=' } }),
  })
  const client = createClient({ tenantId: 'acme', fetch, channels: { other, sms } })
  expect(await client.other.ping()).toMatchObject({ accessToken: 'of-the-other' })
  client.setToken('first-token')
  expect(await client.other.ping()).toMatchObject({ accessToken: 'of-the-other' })
  await client.sms.challenge()
  expect(received.map(({ url, authorization }) => [url, authorization])).toEqual([
    ['https://other.test/v2/ping', 'Basic b3RoZXI='],
    ['https://other.test/v2/ping', 'Basic b3RoZXI='],
    [expect.stringMatching(/sms$/), 'Bearer first-token'],
  ])
})

test.each<[string, boolean | string | undefined, number]>([
  ['one failure', undefined, 1],
  ['no failure', true, 0],
  ['no failure of the code that is expected', 'server_error', 0],
  ['a failure of another code', 'not_yet', 1],
])('the console gets %s with quiet = %j', async (_, quiet, count) => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { fetch } = service(() => json({}, 500))
  const channel: Channel<{ call(): Promise<unknown> }> = ({ request }) => ({
    call: () => request('/call', { quiet: quiet as boolean }),
  })
  const client = createClient({ tenantId: 'acme', fetch, enableLogging: true, channels: { channel } })
  client.setToken('first-token')
  await client.channel.call()
  expect(error).toHaveBeenCalledTimes(count)
})

test('a success is not written to the console', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  await clientOf(challenged, { enableLogging: true }).authsignal.sms.challenge()
  expect(error).not.toHaveBeenCalled()
})
