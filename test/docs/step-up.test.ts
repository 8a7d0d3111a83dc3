import { Authsignal as Backend } from '@authsignal/node'
import { Authsignal } from 'authsignal-channels'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const phoneNumber = '+64210000001'
const emulator = createEmulator()
let server: Awaited<ReturnType<typeof listen>>
let authsignal: Authsignal

// The server SDK needs an address; the browser SDK needs only the emulator's fetch.
beforeAll(async () => {
  server = await listen(emulator, { port: 0 })
})
afterAll(() => server.close())

beforeEach(async () => {
  emulator.reset()
  const backend = new Backend({ apiSecretKey: emulator.config.apiSecretKey, apiUrl: `${server.url}/v1` })
  const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: { phoneNumber } })
  authsignal = new Authsignal({ ...emulator.config, fetch: emulator.fetch })
  authsignal.setToken(token)
})

test('the code that was sent verifies', async () => {
  await authsignal.sms.challenge()
  const code = await emulator.messages.nextCode({ to: phoneNumber })
  expect(await authsignal.sms.verify({ code })).toMatchObject({ isVerified: true })
})

test('a wrong code does not', async () => {
  await authsignal.sms.challenge()
  const code = await emulator.messages.nextCode({ to: phoneNumber })
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await authsignal.sms.verify({ code: wrong })).toMatchObject({
    isVerified: false,
    failureReason: 'CODE_INVALID_OR_EXPIRED',
  })
})

test('eleven minutes later it is too late', async () => {
  emulator.clock.advance(11 * 60)
  expect(await authsignal.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
})

test('the seventh code within ten minutes is refused', async () => {
  for (let sent = 0; sent < 6; sent++) await authsignal.sms.challenge()
  expect(await authsignal.sms.challenge()).toMatchObject({
    errorCode: 'too_many_requests',
    retryAfter: expect.any(Number),
  })
})

test('without a network the call resolves with network_error', async () => {
  const offline = () => Promise.reject(new TypeError('Failed to fetch'))
  const client = new Authsignal({ ...emulator.config, fetch: offline })
  client.setToken('any')
  expect(await client.sms.challenge()).toMatchObject({ errorCode: 'network_error' })
})
