/** The client against the whole service, in one process: what a developer's own unit tests can do. */
import { Authsignal, createClient, sms, whatsapp } from 'authsignal-channels'
import { createEmulator } from 'authsignal-channels/emulator'
import { beforeEach, describe, expect, test } from 'vitest'

const PHONE = '+64210000001'
const EMAIL = 'jane@example.com'

let emulator: ReturnType<typeof createEmulator>

beforeEach(() => {
  emulator = createEmulator()
})

const connect = () => new Authsignal({ ...emulator.config, fetch: emulator.fetch })

/** What a backend does, by the Server API. */
async function backend<Result>(path: string, body: object): Promise<Result> {
  const response = await emulator.fetch(`/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('demo-secret:')}` },
    body: JSON.stringify(body),
  })
  return response.json()
}
const track = async (userId: string, attributes: object = {}) =>
  (await backend<{ token: string }>(`/users/${userId}/actions/pay`, attributes)).token
const stateOf = async (token: string) => (await backend<{ state: string }>('/validate', { token })).state

describe.each([
  { channel: 'sms', to: PHONE },
  { channel: 'whatsapp', to: PHONE },
  { channel: 'email', to: EMAIL },
] as const)('$channel', ({ channel, to }) => {
  const attributes = { phoneNumber: PHONE, email: EMAIL }

  test('a challenge, a wrong code, a resend and the right code step the user up', async () => {
    const authsignal = connect()
    authsignal.setToken(await track('jane', attributes))
    const { challengeId } = await authsignal[channel].challenge()
    expect(challengeId).toEqual(expect.any(String))
    const first = await emulator.messages.nextCode({ to })

    await authsignal[channel].challenge()
    const second = await emulator.messages.nextCode({ to })
    if (first !== second) {
      const wrong = await authsignal[channel].verify({ code: first })
      expect(wrong.data).toEqual({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })
      expect(wrong.token).toBeUndefined()
    }
    const { isVerified, token } = await authsignal[channel].verify({ code: second })
    expect(isVerified).toBe(true)
    expect(await stateOf(token!)).toBe('CHALLENGE_SUCCEEDED')
  })

  test('the limit of sends is a response with the time to wait', async () => {
    const authsignal = connect()
    authsignal.setToken(await track('jane', attributes))
    let response = await authsignal[channel].challenge()
    for (let sent = 1; sent < 13 && !response.errorCode; sent++)
      response = await authsignal[channel].challenge()
    expect(response).toMatchObject({
      errorCode: 'too_many_requests',
      status: 429,
      retryAfter: expect.any(Number),
    })
    expect(response.errorCode && response.retryAfter).toBeGreaterThan(590)
  })

  test('attempts run out, also for the right code', async () => {
    const authsignal = connect()
    authsignal.setToken(await track('jane', attributes))
    await authsignal[channel].challenge()
    const code = await emulator.messages.nextCode({ to })
    const wrong = code === '000000' ? '000001' : '000000'
    for (let attempt = 1; attempt <= 10; attempt++) await authsignal[channel].verify({ code: wrong })
    const { isVerified, failureReason } = await authsignal[channel].verify({ code })
    expect({ isVerified, failureReason }).toEqual({
      isVerified: false,
      failureReason: 'MAX_ATTEMPTS_EXCEEDED',
    })
  })
})

test.each([
  ['sms', PHONE, (client: Authsignal) => client.sms.enroll({ phoneNumber: PHONE })],
  ['email', EMAIL, (client: Authsignal) => client.email.enroll({ email: EMAIL })],
] as const)(
  '%s is enrolled from the browser, and its first code completes it',
  async (channel, to, enroll) => {
    const authsignal = connect()
    authsignal.setToken(await track('jane'))
    const enrolled = await enroll(authsignal)
    expect(enrolled).toMatchObject({ userId: 'jane', userAuthenticatorId: expect.any(String) })
    const { userAuthenticator } = await authsignal[channel].verify({
      code: await emulator.messages.nextCode({ to }),
    })
    expect(userAuthenticator).toMatchObject({ userAuthenticatorId: enrolled.userAuthenticatorId })
    expect(JSON.stringify(userAuthenticator)).not.toContain(to)
  },
)

test('a user who has a number needs a scope for another one', async () => {
  const authsignal = connect()
  authsignal.setToken(await track('jane', { phoneNumber: PHONE }))
  await authsignal.sms.challenge()
  await authsignal.sms.verify({ code: await emulator.messages.nextCode() })
  authsignal.setToken(await track('jane'))
  expect(await authsignal.sms.enroll({ phoneNumber: '+64210000002' })).toMatchObject({
    errorCode: 'forbidden',
  })
})

test('onTokenExpired keeps a form alive that was left open for too long', async () => {
  let requests = 0
  const authsignal = new Authsignal({
    ...emulator.config,
    fetch: emulator.fetch,
    onTokenExpired: () => {
      requests++
      return track('jane', { phoneNumber: PHONE })
    },
  })
  authsignal.setToken(await track('jane', { phoneNumber: PHONE }))
  emulator.clock.advance(601)
  expect(await authsignal.sms.challenge()).toMatchObject({ challengeId: expect.any(String) })
  expect(requests).toBe(1)
})

test('two clients in one page do not mix, in 1,000 calls back and forth', async () => {
  const clients = await Promise.all(
    ['jane', 'joe'].map(async (userId, index) => {
      const client = createClient({ ...emulator.config, fetch: emulator.fetch, channels: { sms, whatsapp } })
      client.setToken(await track(userId, { phoneNumber: `+6421000000${index}` }))
      return { client, userId }
    }),
  )
  const calls = Array.from({ length: 1000 }, (_, index) => clients[index % 2]!)
  const responses = await Promise.all(
    calls.map(({ client }, index) => client.sms.verify({ code: String(100_000 + index) })),
  )
  expect(responses.every(({ isVerified }) => isVerified === false)).toBe(true)

  for (const { client, userId } of clients) {
    await client.whatsapp.challenge()
    const { code, ...message } = await emulator.messages.next({ userId, channel: 'WHATSAPP' })
    const { token } = await client.whatsapp.verify({ code: code! })
    expect(JSON.parse(atob(token!.split('.')[1]!))).toMatchObject({ sub: message.userId })
  }
})

test('a base URL without /v1 is named when the service has no such route', async () => {
  const { tenantId, url, baseUrl } = emulator.config
  const described = async (address: string) => {
    const authsignal = new Authsignal({ tenantId, baseUrl: address, fetch: emulator.fetch })
    authsignal.setToken(await track('jane', { phoneNumber: PHONE }))
    const { errorDescription } = await authsignal.sms.challenge()
    return errorDescription
  }
  expect(await described(url)).toBe(
    'The emulator does not have this route. Check that the base URL ends in /v1.',
  )
  expect(await described(`${baseUrl}/`)).toBeUndefined()
})
