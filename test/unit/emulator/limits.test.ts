// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, nextCode, OTHER_PHONE, PHONE, wrong } from './harness.js'

const METHODS = [
  { path: 'sms', name: 'SMS', contact: PHONE, sends: 6 },
  { path: 'whatsapp', name: 'WHATSAPP', contact: PHONE, sends: 6 },
  { path: 'email-otp', name: 'EMAIL_OTP', contact: EMAIL, sends: 12 },
] as const

describe.each(METHODS)('$path', ({ path, name, contact, sends }) => {
  async function enrolled() {
    const harness = createHarness()
    await harness.enrol('jane', contact, name)
    const { token } = await harness.track('jane')
    const challenge = (times = 1) =>
      Promise.all(Array.from({ length: times }, () => harness.client(token, `/challenge/${path}`)))
    const verify = (verificationCode: string) =>
      harness.client(token, `/verify/${path}`, { body: { verificationCode } })
    return { ...harness, token, challenge, verify }
  }

  test(`refuses more than ${sends} sends in ten minutes and reports when to try again`, async () => {
    const { challenge, emulator } = await enrolled()
    const accepted = await challenge(sends)
    expect(accepted.every(({ status }) => status === 200)).toBe(true)
    emulator.clock.advance(60)
    const [refused] = await challenge()
    expect(refused).toMatchObject({
      status: 429,
      body: { error: 'too_many_requests', errorCode: 'too_many_requests' },
    })
    const retryAfter = Number(refused!.headers.get('Retry-After'))
    expect(retryAfter).toBeGreaterThan(530)
    expect(retryAfter).toBeLessThanOrEqual(540)
    expect(emulator.messages.list()).toHaveLength(sends)
  })

  test('a refused send leaves the code before it valid', async () => {
    const { challenge, emulator, verify } = await enrolled()
    await challenge(sends + 1)
    expect((await verify(emulator.messages.latest()!.code!)).body.isVerified).toBe(true)
  })

  test('sends are possible again when the window has moved on', async () => {
    const { challenge, emulator, track, client } = await enrolled()
    await challenge(sends)
    emulator.clock.advance(600)
    const { token } = await track('jane')
    expect((await client(token, `/challenge/${path}`)).status).toBe(200)
  })

  test('the eleventh attempt in five minutes fails even with the right code', async () => {
    const { challenge, emulator, verify } = await enrolled()
    await challenge()
    const code = await nextCode(emulator, contact)
    for (let i = 0; i < 10; i++)
      expect((await verify(wrong(code))).body.failureReason).toBe('CODE_INVALID_OR_EXPIRED')
    const eleventh = await verify(code)
    expect(eleventh.status).toBe(200)
    expect(eleventh.body).toEqual({ isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' })
    emulator.clock.advance(300)
    expect((await verify(code)).body.isVerified).toBe(true)
  })

  test('attempts over the limit do not prolong it', async () => {
    const { challenge, emulator, verify } = await enrolled()
    await challenge()
    const code = await nextCode(emulator, contact)
    for (let i = 0; i < 10; i++) await verify(wrong(code))
    emulator.clock.advance(299)
    expect((await verify(code)).body.failureReason).toBe('MAX_ATTEMPTS_EXCEEDED')
    emulator.clock.advance(1)
    expect((await verify(code)).body.isVerified).toBe(true)
  })

  test('a resend keeps the failure count', async () => {
    const { challenge, emulator, verify } = await enrolled()
    await challenge()
    for (let i = 0; i < 10; i++) await verify('none')
    await challenge()
    expect((await verify(emulator.messages.latest()!.code!)).body.failureReason).toBe('MAX_ATTEMPTS_EXCEEDED')
  })

  test('a new action keeps the failure count', async () => {
    const { emulator, verify, track, client } = await enrolled()
    for (let i = 0; i < 10; i++) await verify('none')
    const { token } = await track('jane')
    await client(token, `/challenge/${path}`)
    const verificationCode = await nextCode(emulator, contact)
    const { body } = await client(token, `/verify/${path}`, { body: { verificationCode } })
    expect(body.failureReason).toBe('MAX_ATTEMPTS_EXCEEDED')
  })
})

test('the limits of one user, method or number are not those of another', async () => {
  const { enrol, track, client, server } = createHarness()
  await enrol('jane')
  await enrol('jane', PHONE, 'WHATSAPP')
  await enrol('john', PHONE)
  const [jane, john] = [await track('jane'), await track('john')]
  for (let i = 0; i < 7; i++) await client(jane.token, '/challenge/sms')
  expect((await client(jane.token, '/challenge/sms')).status).toBe(429)
  expect((await client(jane.token, '/challenge/whatsapp')).status).toBe(200)
  expect((await client(john.token, '/challenge/sms')).status).toBe(200)
  const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
  expect((await server('/challenge', { body })).status).toBe(200)
})

test('challenges a backend starts are limited by number, new and resent alike', async () => {
  const { server } = createHarness()
  const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
  const { challengeId } = (await server('/challenge', { body })).body
  for (let i = 0; i < 5; i++) expect((await server('/challenge', { body: { challengeId } })).status).toBe(200)
  expect((await server('/challenge', { body: { challengeId } })).status).toBe(429)
  expect((await server('/challenge', { body })).status).toBe(429)
  expect((await server('/challenge', { body: { ...body, phoneNumber: OTHER_PHONE } })).status).toBe(200)
})

test('claiming a challenge early does not refill its attempts', async () => {
  const { server, emulator } = createHarness()
  const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
  const { challengeId } = (await server('/challenge', { body })).body
  const verificationCode = await nextCode(emulator, PHONE)
  for (let i = 0; i < 10; i++)
    await server('/verify', { body: { challengeId, verificationCode: wrong(verificationCode) } })
  await server('/claim', { body: { challengeId, userId: 'jane', skipVerificationCheck: true } })
  const response = await server('/verify', { body: { challengeId, verificationCode } })
  expect(response.body.failureReason).toBe('MAX_ATTEMPTS_EXCEEDED')
})

test('a request that is refused does not count as an attempt', async () => {
  const { enrol, track, client, emulator } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  for (let i = 0; i < 20; i++) await client(token, '/verify/sms', { body: { verificationCode: 123456 } })
  const verificationCode = await nextCode(emulator, PHONE)
  expect((await client(token, '/verify/sms', { body: { verificationCode } })).body.isVerified).toBe(true)
})

test('resetting the clock does not leave limits from the future behind', async () => {
  const { enrol, track, client, emulator } = createHarness()
  await enrol('jane')
  emulator.clock.advance(3600)
  const ahead = await track('jane')
  for (let i = 0; i < 7; i++) await client(ahead.token, '/challenge/sms')
  emulator.clock.reset()
  const { token } = await track('jane')
  expect((await client(token, '/challenge/sms')).status).toBe(200)
})
