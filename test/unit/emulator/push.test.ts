// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { derSignature } from '../../support/software-authenticator.js'
import { createHarness, type Harness } from './harness.js'

const PUSH = '/user-authenticators/push'

/** An emulator where Jane has a simulated phone. */
async function withPhone() {
  const harness = createHarness()
  const { call } = harness
  const phone = (await call('/emulator/push/enroll', { body: { userId: 'jane', deviceName: 'Pixel' } })).body
  const { token } = await harness.track('jane')
  return { ...harness, token, phone, ...callsOf(harness) }
}

const callsOf = ({ client, call }: Harness) => ({
  challenge: async (token: string, body: object = { action: 'pay' }) =>
    (await client(token, '/challenge/push', { body })).body,
  verify: async (token: string, challengeId: string) =>
    (await client(token, '/verify/push', { body: { challengeId } })).body,
  respond: (challengeId: string, approved: boolean) =>
    call('/emulator/push/respond', { body: { challengeId, approved } }),
  pending: async (userId = 'jane') => (await call(`/emulator/push/pending?userId=${userId}`)).body.challenges,
})

/** The app of a phone, with a key of its own. */
async function newDevice() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
  return {
    publicKey: base64(spki),
    sign: async (text: string) => {
      const data = new TextEncoder().encode(text)
      const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data)
      return base64(derSignature(new Uint8Array(raw)))
    },
  }
}

type Device = Awaited<ReturnType<typeof newDevice>>

/** An emulator where Jane has an app that signs. */
async function withDevice() {
  const harness = createHarness()
  const device = await newDevice()
  const first = await harness.track('jane')
  const body = { publicKey: device.publicKey, deviceName: 'Pixel', devicePlatform: 'android' }
  const enrolled = await harness.client(first.token, PUSH, { body })
  const { token } = await harness.track('jane')
  const asDevice = async (path: string, body?: object) => {
    const headers = { Authorization: `Basic ${btoa('demo-tenant')}` }
    return harness.call(`/v1/client${PUSH}${path}`, { headers, ...(body && { body }) })
  }
  const decide = async (by: Device, challengeId: string, approved: boolean, signed = challengeId) =>
    asDevice('/challenge', {
      challengeId,
      publicKey: by.publicKey,
      signature: await by.sign(signed),
      approved,
    })
  return {
    ...harness,
    ...callsOf(harness),
    device,
    enrolled,
    enrolToken: first.token,
    token,
    asDevice,
    decide,
  }
}

describe('a simulated phone', () => {
  test('is enrolled, and listed as a device', async () => {
    const { phone, client, token, server } = await withPhone()
    expect(phone).toEqual({ userAuthenticatorId: expect.any(String), userId: 'jane', deviceName: 'Pixel' })
    expect((await client(token, '/user-authenticators', { method: 'GET' })).body).toMatchObject([
      {
        userAuthenticatorId: phone.userAuthenticatorId,
        verificationMethod: 'PUSH',
        displayName: 'Pixel',
        devicePlatform: 'ANDROID',
      },
    ])
    expect((await server('/users/jane')).body.enrolledVerificationMethods).toEqual(['PUSH'])
  })

  test('approves: the challenge is pending, then verified with a new token', async () => {
    const { challenge, verify, respond, pending, token, phone, validate, call } = await withPhone()
    const { challengeId, deliveryResults } = await challenge(token)
    expect(deliveryResults).toEqual([{ userAuthenticatorId: phone.userAuthenticatorId }])
    expect(await verify(token, challengeId)).toEqual({ isVerified: false, isConsumed: false })
    expect(await pending()).toMatchObject([
      { challengeId, state: 'claimed', userId: 'jane', actionCode: 'pay' },
    ])
    expect(await pending('john')).toEqual([])
    expect((await call('/emulator/push/pending')).body.challenges).toHaveLength(1)
    expect((await respond(challengeId, true)).body).toMatchObject({ challengeId, state: 'approved' })
    expect(await verify(token, challengeId)).toEqual({
      isVerified: true,
      isConsumed: true,
      accessToken: expect.any(String),
    })
    expect(await pending()).toEqual([])
    expect(await validate(token)).toMatchObject({ isValid: true, verificationMethod: 'PUSH' })
  })

  test('rejects: the challenge is consumed, and the action has failed for good', async () => {
    const { challenge, verify, respond, token, validate } = await withPhone()
    const { challengeId } = await challenge(token)
    await respond(challengeId, false)
    expect(await verify(token, challengeId)).toEqual({ isVerified: false, isConsumed: true })
    expect(await validate(token)).toMatchObject({ isValid: false, state: 'CHALLENGE_FAILED' })
    const again = await challenge(token)
    await respond(again.challengeId, true)
    expect(await validate(token)).toMatchObject({ isValid: false, state: 'CHALLENGE_FAILED' })
  })

  test('responds once, even when it sends many responses at once', async () => {
    const { challenge, respond, token } = await withPhone()
    const { challengeId } = await challenge(token)
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_, index) => respond(challengeId, index % 2 === 0)),
    )
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('cannot respond late', async () => {
    const { challenge, verify, respond, pending, emulator, track, token } = await withPhone()
    const { challengeId } = await challenge(token)
    emulator.clock.advance(600)
    expect((await respond(challengeId, true)).body.errorCode).toBe('invalid_request')
    expect(await pending()).toEqual([])
    expect((await verify(token, challengeId)).errorCode).toBe('expired_token')
    const fresh = await track('jane')
    expect((await verify(fresh.token, challengeId)).errorCode).toBe('not_found')
  })

  test('that was removed cannot respond', async () => {
    const { challenge, respond, server, phone, token } = await withPhone()
    const { challengeId } = await challenge(token)
    await server(`/users/jane/authenticators/${phone.userAuthenticatorId}`, { method: 'DELETE' })
    expect((await respond(challengeId, true)).status).toBe(400)
  })
})

test('a challenge needs a device, the scope to read, and a device that is the user’s', async () => {
  const { challenge, track, token } = await withPhone()
  const john = await track('john')
  expect((await challenge(john.token)).errorCode).toBe('invalid_request')
  const { token: weak } = await track('jane', { scope: 'add:authenticators' })
  expect((await challenge(weak)).errorCode).toBe('forbidden')
  const unknown = { action: 'pay', userAuthenticatorId: 'unknown' }
  expect((await challenge(token, unknown)).errorCode).toBe('not_found')
})

test('one challenge is not that of another user or action', async () => {
  const { challenge, verify, respond, track, token } = await withPhone()
  const { challengeId } = await challenge(token)
  await respond(challengeId, true)
  for (const other of [await track('john'), await track('jane')])
    expect((await verify(other.token, challengeId)).errorCode).toBe('not_found')
})

describe('an app with a key of its own', () => {
  test('is enrolled by a token, and completes its action', async () => {
    const { enrolled, validate, enrolToken, asDevice, device } = await withDevice()
    expect(enrolled.body).toEqual({
      userAuthenticatorId: expect.any(String),
      userId: 'jane',
      verifiedAt: expect.any(String),
      lastVerifiedAt: expect.any(String),
    })
    expect((await validate(enrolToken)).isValid).toBe(true)
    const publicKey = encodeURIComponent(btoa(device.publicKey))
    expect((await asDevice(`?publicKey=${publicKey}`)).body).toEqual(enrolled.body)
  })

  test('finds its pending challenge, and approves it by a signature', async () => {
    const { challenge, verify, token, asDevice, device, decide } = await withDevice()
    const publicKey = btoa(device.publicKey).replaceAll('=', '')
    expect((await asDevice(`/challenge?publicKey=${publicKey}`)).body).toEqual({})
    const { challengeId } = await challenge(token)
    expect((await asDevice(`/challenge?publicKey=${publicKey}`)).body).toMatchObject({
      challengeId,
      userId: 'jane',
      actionCode: 'pay',
      idempotencyKey: expect.any(String),
      expiresAt: expect.any(Number),
    })
    expect((await decide(device, challengeId, true)).body).toEqual({ isVerified: true })
    expect((await verify(token, challengeId)).isVerified).toBe(true)
  })

  test('rejects', async () => {
    const { challenge, verify, token, device, decide } = await withDevice()
    const { challengeId } = await challenge(token)
    expect((await decide(device, challengeId, false)).body).toEqual({ isVerified: false })
    expect(await verify(token, challengeId)).toEqual({ isVerified: false, isConsumed: true })
  })

  test('a signature over something else, of another key or of nothing is refused', async () => {
    const { challenge, verify, token, device, decide, asDevice } = await withDevice()
    const { challengeId } = await challenge(token)
    expect((await decide(device, challengeId, true, 'other')).body.errorCode).toBe('invalid_credential')
    expect((await decide(await newDevice(), challengeId, true)).body.errorCode).toBe('not_found')
    const stranger = { ...(await newDevice()), publicKey: device.publicKey }
    expect((await decide(stranger, challengeId, true)).body.errorCode).toBe('invalid_credential')
    for (const signature of ['', 'AAAA', 'MAYCAQECAQE=', '!'])
      expect(
        (
          await asDevice('/challenge', {
            challengeId,
            publicKey: device.publicKey,
            signature,
            approved: true,
          })
        ).body.errorCode,
      ).toBe('invalid_credential')
    expect(await verify(token, challengeId)).toEqual({ isVerified: false, isConsumed: false })
  })

  test('only the challenged device may respond', async () => {
    const { challenge, token, device, decide, call, enrolled } = await withDevice()
    const other = (await call('/emulator/push/enroll', { body: { userId: 'jane' } })).body
    const forOther = await challenge(token, {
      action: 'pay',
      userAuthenticatorId: other.userAuthenticatorId,
    })
    expect(forOther.deliveryResults).toEqual([{ userAuthenticatorId: other.userAuthenticatorId }])
    expect((await decide(device, forOther.challengeId, true)).body.errorCode).toBe('not_found')
    const { userAuthenticatorId } = enrolled.body
    const forThis = await challenge(token, { action: 'pay', userAuthenticatorId })
    expect((await decide(device, forThis.challengeId, true)).status).toBe(200)
  })

  test('removes itself by signing the time', async () => {
    const { asDevice, device, emulator, server } = await withDevice()
    const { publicKey } = device
    const period = Math.floor(emulator.clock.now() / 600_000)
    const removeAt = async (text: string) =>
      (await asDevice('/remove', { publicKey, signature: await device.sign(text) })).status
    expect(await removeAt(`${period - 2}.0`)).toBe(400)
    expect(await removeAt(`${period}.0`)).toBe(200)
    expect((await server('/users/jane/authenticators')).body).toEqual([])
  })

  test('needs a real key, and one that is not registered yet', async () => {
    const { client, track, device } = await withDevice()
    const { token } = await track('john')
    const enrol = async (publicKey: string) =>
      (await client(token, PUSH, { body: { publicKey, deviceName: 'x', devicePlatform: 'ios' } })).body
    expect((await enrol('AAAA')).errorCode).toBe('invalid_request')
    expect((await enrol(device.publicKey)).errorCode).toBe('invalid_credential')
  })

  test('a further device needs the scope', async () => {
    const { client, token } = await withDevice()
    const { publicKey } = await newDevice()
    const body = { publicKey, deviceName: 'x', devicePlatform: 'ios' }
    expect((await client(token, PUSH, { body })).status).toBe(403)
  })
})
