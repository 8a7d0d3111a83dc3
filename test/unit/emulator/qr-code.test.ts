// @vitest-environment node
import type { Socket } from 'authsignal-channels/emulator'
import { describe, expect, test } from 'vitest'
import { createHarness, type Harness, ORIGIN } from './harness.js'

const tenantHeader = { Authorization: `Basic ${btoa('demo-tenant')}` }

const callsOf = ({ call, client }: Harness) => ({
  challenge: async (body: object = { action: 'signIn' }) =>
    (await call('/v1/client/challenge/qr-code', { headers: tenantHeader, body })).body,
  challengeAs: async (token: string, body: object = {}) =>
    (await client(token, '/challenge/qr-code', { body })).body,
  verify: async ({ challengeId, deviceCode }: { challengeId: string; deviceCode: string }) =>
    (
      await call('/v1/client/verify/qr-code', {
        headers: tenantHeader,
        body: { challengeId, deviceCode },
      })
    ).body,
  claim: (challengeId: string, userId: string) =>
    call('/emulator/qr/claim', { body: { challengeId, userId } }),
  respond: (challengeId: string, approved: boolean) =>
    call('/emulator/qr/respond', { body: { challengeId, approved } }),
})

function start() {
  const harness = createHarness()
  return { ...harness, ...callsOf(harness) }
}

describe('over REST', () => {
  test('unclaimed, claimed, approved: and the user is the one who scanned the code', async () => {
    const { challenge, verify, claim, respond, validate, emulator } = start()
    const created = await challenge({ action: 'signIn', custom: { till: 7 } })
    expect(created).toEqual({
      challengeId: expect.any(String),
      deviceCode: expect.any(String),
      expiresAt: expect.any(String),
    })
    expect(Math.abs(Date.parse(created.expiresAt) - emulator.clock.now() - 600_000)).toBeLessThan(5000)
    expect(await verify(created)).toEqual({ isClaimed: false, isConsumed: false, isVerified: false })
    expect((await claim(created.challengeId, 'jane')).body).toMatchObject({
      challengeId: created.challengeId,
      state: 'claimed',
      userId: 'jane',
      actionCode: 'signIn',
      custom: { till: 7 },
    })
    expect(await verify(created)).toEqual({ isClaimed: true, isConsumed: false, isVerified: false })
    await respond(created.challengeId, true)
    const verified = await verify(created)
    expect(verified).toEqual({
      isClaimed: true,
      isConsumed: true,
      isVerified: true,
      accessToken: expect.any(String),
    })
    expect(await validate(verified.accessToken, { action: 'signIn', userId: 'jane' })).toMatchObject({
      isValid: true,
      verificationMethod: 'DEVICE',
    })
  })

  test('rejected: the action of who scanned the code has failed', async () => {
    const { challenge, verify, claim, respond, server } = start()
    const created = await challenge()
    await claim(created.challengeId, 'jane')
    await respond(created.challengeId, false)
    expect(await verify(created)).toEqual({ isClaimed: true, isConsumed: true, isVerified: false })
    expect((await server('/users/jane/actions')).body).toMatchObject([
      { actionCode: 'signIn', state: 'CHALLENGE_FAILED' },
    ])
  })

  test('with a token it is its action, and its user only', async () => {
    const { challengeAs, claim, respond, track, validate } = start()
    const { token } = await track('jane', {}, 'pay')
    const { challengeId } = await challengeAs(token, { action: 'other' })
    expect((await claim(challengeId, 'john')).body.errorCode).toBe('invalid_request')
    expect((await claim(challengeId, 'jane')).body.actionCode).toBe('pay')
    await respond(challengeId, true)
    expect((await validate(token)).isValid).toBe(true)
  })

  test('can be decided only after the scan, by one user, and once', async () => {
    const { challenge, claim, respond } = start()
    const { challengeId } = await challenge()
    expect((await respond(challengeId, true)).body.errorCode).toBe('invalid_request')
    expect((await claim(challengeId, 'jane')).status).toBe(200)
    expect((await claim(challengeId, 'jane')).status).toBe(200)
    expect((await claim(challengeId, 'john')).status).toBe(400)
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_, index) => respond(challengeId, index % 2 === 0)),
    )
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('stays on the list of what can be scanned until it is decided', async () => {
    const { challenge, claim, respond, call } = start()
    const waiting = async (query = '') => (await call(`/emulator/qr/pending${query}`)).body.challenges
    const { challengeId, deviceCode } = await challenge()
    const [listed] = await waiting()
    expect(listed).toMatchObject({ challengeId, state: 'unclaimed', actionCode: 'signIn' })
    expect(JSON.stringify(listed)).not.toContain(deviceCode)
    expect(await waiting('?userId=jane')).toEqual([])
    await claim(challengeId, 'jane')
    expect(await waiting('?userId=jane')).toMatchObject([{ challengeId, state: 'claimed' }])
    await respond(challengeId, true)
    expect(await waiting()).toEqual([])
  })

  test('expires', async () => {
    const { challenge, claim, respond, verify, emulator } = start()
    const [unclaimed, claimed] = [await challenge(), await challenge()]
    await claim(claimed.challengeId, 'jane')
    emulator.clock.advance(600)
    expect((await claim(unclaimed.challengeId, 'jane')).status).toBe(400)
    expect((await respond(claimed.challengeId, true)).status).toBe(400)
    expect((await verify(claimed)).errorCode).toBe('invalid_request')
  })

  test('the code of another challenge does not poll this one', async () => {
    const { challenge, verify } = start()
    const [one, two] = [await challenge(), await challenge()]
    expect((await verify({ ...one, deviceCode: two.deviceCode })).errorCode).toBe('not_found')
    expect((await verify({ ...one, challengeId: 'unknown' })).errorCode).toBe('not_found')
  })

  test('needs an action without a token, and the scope to read with one', async () => {
    const { challenge, challengeAs, track } = start()
    expect((await challenge({})).errorCode).toBe('invalid_request')
    const { token } = await track('jane', { scope: 'add:authenticators' })
    expect((await challengeAs(token)).errorCode).toBe('forbidden')
  })

  test('a push challenge is no QR code, nor the other way round', async () => {
    const { call, challenge, client, track, claim } = start()
    await call('/emulator/push/enroll', { body: { userId: 'jane' } })
    const { token } = await track('jane')
    const push = (await client(token, '/challenge/push')).body
    expect((await claim(push.challengeId, 'jane')).status).toBe(404)
    const qr = await challenge()
    const body = { challengeId: qr.challengeId, approved: true }
    expect((await call('/emulator/push/respond', { body })).status).toBe(404)
  })
})

describe('over a connection', () => {
  const TENANT = ['authsignal-ws', 'x.authsignal.tenant.demo-tenant']
  const CREATE = {
    type: 'CREATE_CHALLENGE',
    data: { challengeType: 'QR_CODE', actionCode: 'signIn', custom: { till: 7 } },
  }

  /** Connects, and records what arrived. */
  function connected(
    { emulator }: Harness,
    protocols: readonly string[] = TENANT,
    path = '/ws-v1-challenge',
  ) {
    // biome-ignore lint/suspicious/noExplicitAny: messages are checked field by field
    const received: any[] = []
    const socket: Socket = {
      send: text => received.push(JSON.parse(text)),
      close: code => received.push(code),
    }
    const connection = emulator.connect({ url: `ws://localhost:4010${path}`, protocols }, socket)
    const next = async (count: number) => {
      for (let i = 0; i < 200 && received.length < count; i++) await new Promise(go => setTimeout(go, 5))
      expect(received).toHaveLength(count)
      return received[count - 1]
    }
    return {
      ...connection,
      received,
      next,
      say: (message: unknown) => connection.receive(JSON.stringify(message)),
    }
  }

  test('null counts as absent', async () => {
    const harness = start()
    const { say, next } = connected(harness)
    for (const custom of [null, { till: null }]) say({ ...CREATE, data: { ...CREATE.data, custom } })
    const { challengeId } = (await next(2)).data
    expect((await harness.claim(challengeId, 'jane')).body).toMatchObject({ state: 'claimed' })
  })

  test.each(['/ws-v1-challenge', '/api-ws/ws-v1-challenge'])('%s reports every state', async path => {
    const harness = start()
    const { say, next, protocol } = connected(harness, TENANT, path)
    expect(protocol).toBe('authsignal-ws')
    say(CREATE)
    const created = await next(1)
    expect(created).toEqual({
      type: 'CHALLENGE_CREATED',
      data: {
        challengeId: expect.any(String),
        challengeType: 'QR_CODE',
        expiresAt: expect.any(String),
        state: 'unclaimed',
      },
    })
    const { challengeId } = created.data
    await harness.claim(challengeId, 'jane')
    expect(await next(2)).toEqual({ type: 'STATE_CHANGE', data: { challengeId, state: 'claimed' } })
    await harness.respond(challengeId, true)
    const approved = await next(3)
    expect(approved).toEqual({
      type: 'STATE_CHANGE',
      data: { challengeId, state: 'approved', accessToken: expect.any(String) },
    })
    expect(await harness.validate(approved.data.accessToken, { action: 'signIn' })).toMatchObject({
      isValid: true,
      userId: 'jane',
    })
  })

  test('carries several challenges at once, each with its own states', async () => {
    const harness = start()
    const { say, next, received } = connected(harness)
    for (let i = 0; i < 3; i++) say(CREATE)
    await next(3)
    const ids = received.map(({ data }) => data.challengeId)
    expect(new Set(ids).size).toBe(3)
    await harness.claim(ids[2], 'jane')
    await harness.claim(ids[0], 'john')
    await harness.respond(ids[0], false)
    await next(6)
    expect(received.slice(3).map(({ data }) => data)).toEqual([
      { challengeId: ids[2], state: 'claimed' },
      { challengeId: ids[0], state: 'claimed' },
      { challengeId: ids[0], state: 'rejected' },
    ])
  })

  test('with a token it is the action of the token', async () => {
    const harness = start()
    const { token } = await harness.track('jane', {}, 'pay')
    const { say, next } = connected(harness, ['authsignal-ws', `x.authsignal.token.${token}`])
    say({ type: 'CREATE_CHALLENGE', data: { challengeType: 'QR_CODE', actionCode: 'other' } })
    const { challengeId } = (await next(1)).data
    expect((await harness.claim(challengeId, 'john')).status).toBe(400)
    await harness.claim(challengeId, 'jane')
    await harness.respond(challengeId, true)
    await next(3)
    expect((await harness.validate(token)).isValid).toBe(true)
  })

  test.each([
    ['a forged token', ['authsignal-ws', 'x.authsignal.token.x.y.z']],
    ['another tenant', ['authsignal-ws', 'x.authsignal.tenant.other']],
    ['an anonymous caller', ['authsignal-ws']],
  ])('of %s is closed with 4401', async (_, protocols) => {
    const { say, next } = connected(start(), protocols)
    say(CREATE)
    expect(await next(1)).toBe(4401)
  })

  test('is closed with 4401 once its token has expired', async () => {
    const harness = start()
    const { token } = await harness.track('jane')
    const { say, next } = connected(harness, ['authsignal-ws', `x.authsignal.token.${token}`])
    say(CREATE)
    await next(1)
    harness.emulator.clock.advance(600)
    say(CREATE)
    expect(await next(2)).toBe(4401)
  })

  test.each([
    '',
    'x',
    'null',
    '[]',
    '{"type":"OTHER"}',
    '{"type":"CREATE_CHALLENGE"}',
    '{"type":"CREATE_CHALLENGE","data":{"challengeType":"PUSH","actionCode":"a"}}',
    '{"type":"CREATE_CHALLENGE","data":{"challengeType":"QR_CODE","actionCode":"a b"}}',
    '{"type":"CREATE_CHALLENGE","data":{"challengeType":"QR_CODE"}}',
    `{"type":"${'x'.repeat(70_000)}"}`,
  ])('is closed with 4400 by the message %.60j', async text => {
    const { receive, next, say, received } = connected(start())
    receive(text)
    expect(await next(1)).toBe(4400)
    say(CREATE)
    await new Promise(go => setTimeout(go, 20))
    expect(received).toEqual([4400])
  })

  test('receives nothing more after it was closed', async () => {
    const harness = start()
    const { say, next, closed, received } = connected(harness)
    say(CREATE)
    const { challengeId } = (await next(1)).data
    closed()
    await harness.claim(challengeId, 'jane')
    await new Promise(go => setTimeout(go, 20))
    expect(received).toHaveLength(1)
  })

  test('is refused elsewhere, without the subprotocol, and to pages that may not call', () => {
    const { emulator } = createHarness({ allowedOrigins: ['https://app.example.com'] })
    const socket: Socket = { send() {}, close() {} }
    const connect = (path: string, protocols: readonly string[], origin?: string) => () =>
      emulator.connect({ url: `${ORIGIN}${path}`, protocols, origin }, socket)
    expect(connect('/ws', TENANT)).toThrow('does not have this route')
    expect(connect('/ws-v1-challenge', TENANT.slice(1))).toThrow('subprotocol')
    expect(connect('/ws-v1-challenge', TENANT, 'https://evil.example')).toThrow('origin')
    expect(connect('/ws-v1-challenge', TENANT, 'https://app.example.com')).not.toThrow()
  })
})
