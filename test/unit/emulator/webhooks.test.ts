// @vitest-environment node
import { createEmulator, type EmulatorOptions, type WebhookDelivery } from 'authsignal-channels/emulator'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WEBHOOK_EVENTS } from '../../../src/emulator/webhooks/types.js'
import { createHarness, EMAIL, emulatorOfTest, harnessOf, OTHER_PHONE, PHONE } from './harness.js'
import { enrolPasskey, nothingKnown } from './history.js'

const URL = 'http://backend.test/webhooks'

interface Sent {
  readonly url: string
  readonly type: string
  readonly id: string
  readonly data: Readonly<Record<string, string>>
}

/** An emulator, and a backend that records what it gets and responds with `respond`. */
function setUp(
  options: EmulatorOptions = {},
  respond: (sent: Sent) => Response | Promise<Response> = () => new Response('fine'),
) {
  const sent: Sent[] = []
  const fetch = async (url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body))
    const { type, id, data = body.records[0].record } = body.records?.[0] ?? body
    sent.push({ url, type, id, data })
    return respond(sent.at(-1)!)
  }
  const emulator = emulatorOfTest({ webhooks: [{ url: URL }], ...options, fetch })
  const harness = harnessOf(emulator)
  const { webhooks } = emulator
  return {
    ...harness,
    webhooks,
    sent,
    /** What was sent so far, when nothing is in flight. */
    events: async () => {
      await webhooks.settled()
      return sent.map(({ type, data }) => [type, data.userId])
    },
  }
}

const statusesOf = (deliveries: readonly WebhookDelivery[]) => deliveries.map(({ status }) => status)

const ALL = { webhooks: [{ url: URL, events: WEBHOOK_EVENTS }] }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.UTC(2030, 0, 31) })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('events', () => {
  test('report each change of an authenticator, by every way to make one', async () => {
    const { enrol, server, call, client, track, emulator, events, sent } = setUp({
      webhooks: [
        { url: URL, events: ['authenticator.created', 'authenticator.updated', 'authenticator.deleted'] },
      ],
    })
    const scope = 'read:authenticators add:authenticators remove:authenticators'
    await enrol('jane')
    await enrol('jane')
    await enrol('jane', OTHER_PHONE)
    await call('/emulator/push/enroll', { body: { userId: 'jane' } })
    const { token } = await track('jane', { scope })
    await client(token, '/user-authenticators/email-otp', { body: { email: EMAIL } })
    const verificationCode = emulator.messages.latest()!.code
    const { userAuthenticator } = (await client(token, '/verify/email-otp', { body: { verificationCode } }))
      .body
    await server('/users/jane', {
      method: 'PATCH',
      body: { email: 'jane@example.org', emailVerified: true, displayName: 'Jane' },
    })
    const path = `/user-authenticators/${userAuthenticator.userAuthenticatorId}`
    await client(token, path, { method: 'DELETE' })
    await server('/users/jane', { method: 'DELETE' })
    await enrolPasskey(emulator, nothingKnown())

    expect(await events()).toEqual([
      ['authenticator.created', 'jane'],
      ['authenticator.updated', 'jane'],
      ['authenticator.created', 'jane'],
      ['authenticator.created', 'jane'],
      ['authenticator.updated', 'jane'],
      ['authenticator.deleted', 'jane'],
      ['authenticator.deleted', 'jane'],
      ['authenticator.deleted', 'jane'],
      ['authenticator.created', 'kim'],
    ])
    expect(sent[1]!.data).toMatchObject({ verificationMethod: 'SMS', phoneNumber: OTHER_PHONE })
    expect(sent[3]!.data).toEqual({
      userId: 'jane',
      userAuthenticatorId: userAuthenticator.userAuthenticatorId,
      verificationMethod: 'EMAIL_OTP',
      createdAt: '2030-01-31T00:00:00.000Z',
      email: EMAIL,
    })
    expect(sent[5]!.data).toMatchObject({ email: 'jane@example.org', deletedAt: '2030-01-31T00:00:00.000Z' })
    expect(sent[8]!.data).toMatchObject({
      verificationMethod: 'PASSKEY',
      credentialId: expect.any(String),
      aaguid: expect.any(String),
      credentialName: expect.any(String),
    })
  })

  test('report an app once it is enrolled, and its new secret as a change', async () => {
    const { server, client, track, events } = setUp()
    const uri = (secret: string) => `otpauth://totp/Acme:jane?secret=${secret.repeat(2)}`
    const enrol = (otpUri: string) =>
      server('/users/jane/authenticators', { body: { verificationMethod: 'AUTHENTICATOR_APP', otpUri } })
    await enrol(uri('JBSWY3DPEHPK3PXP'))
    await enrol(uri('KBSWY3DPEHPK3PXP'))
    await enrol(uri('KBSWY3DPEHPK3PXP'))
    // One that was begun and not finished is gone without a word.
    const { token } = await track('joe', { scope: 'add:authenticators' })
    await client(token, '/user-authenticators/totp')
    await server('/users/joe', { method: 'DELETE' })
    expect((await events()).filter(([type]) => type?.startsWith('authenticator'))).toEqual([
      ['authenticator.created', 'jane'],
      ['authenticator.updated', 'jane'],
    ])
  })

  test('report a new action, and each of its states', async () => {
    const { enrol, track, client, call, server, events, sent } = setUp({
      webhooks: [{ url: URL, events: ['action.created', 'action.updated'] }],
    })
    await enrol('jane')
    const { token, idempotencyKey } = await track('jane')
    await client(token, '/challenge/sms')
    const [{ code }] = (await call('/emulator/messages')).body.messages
    await client(token, '/verify/sms', { body: { verificationCode: code } })
    const body = { state: 'REVIEW_REQUIRED' }
    // The second one changes nothing.
    for (let calls = 1; calls <= 2; calls++)
      await server(`/users/jane/actions/pay/${idempotencyKey}`, { method: 'PATCH', body })
    expect(await events()).toEqual([
      ['action.created', 'jane'],
      ['action.updated', 'jane'],
      ['action.updated', 'jane'],
    ])
    expect(sent.map(({ data }) => [data.state, data.verificationMethod])).toEqual([
      ['CHALLENGE_REQUIRED', undefined],
      ['CHALLENGE_SUCCEEDED', 'SMS'],
      ['REVIEW_REQUIRED', 'SMS'],
    ])
  })

  test('are not caused by a seed, nor by a reset', async () => {
    const seed = {
      users: [
        { userId: 'jane', phoneNumber: PHONE, authenticators: [{ verificationMethod: 'SMS' as const }] },
      ],
      messages: [{ verificationMethod: 'SMS' as const, phoneNumber: PHONE, action: 'pay', userId: 'jane' }],
      webhooks: [{ url: `${URL}/of-seed`, events: WEBHOOK_EVENTS }],
    }
    const { emulator, events, track, sent } = setUp({ ...ALL, seed })
    emulator.reset()
    emulator.reset({ keepWebhooks: true })
    expect(await events()).toEqual([])
    await track('jane')
    await events()
    expect(sent.map(({ url }) => url).sort()).toEqual([URL, `${URL}/of-seed`])
  })

  test('go only to the webhooks that want them, each with the same event ID', async () => {
    const { enrol, webhooks, events, sent, track } = setUp()
    webhooks.add({ url: `${URL}/actions`, events: ['action.created'] })
    await enrol('jane')
    await track('jane')
    await events()
    sent.sort((a, b) => a.url.localeCompare(b.url))
    expect(sent.map(({ url, type }) => [url, type])).toEqual([
      [URL, 'authenticator.created'],
      [URL, 'action.created'],
      [`${URL}/actions`, 'action.created'],
    ])
    expect(sent[1]!.id).toBe(sent[2]!.id)
    expect(sent[0]!.id).not.toBe(sent[1]!.id)
  })
})

describe('a delivery that fails', () => {
  test('is tried again after 30, 60 and 120 seconds of the emulator’s clock, and then given up', async () => {
    const { enrol, emulator, webhooks, events } = setUp({}, () => new Response('no', { status: 500 }))
    await enrol('jane')
    const made = async () => {
      await webhooks.settled()
      return webhooks.deliveries()[0]!.attempts.length
    }
    expect(await made()).toBe(1)
    expect(webhooks.deliveries()).toMatchObject([
      { status: 'pending', nextAttemptAt: '2030-01-31T00:00:30.000Z' },
    ])
    for (const [seconds, attempts] of [
      [29, 1],
      [1, 2],
      [59, 2],
      [1, 3],
      [120, 4],
      [3600, 4],
    ] as const) {
      emulator.clock.advance(seconds)
      expect(await made()).toBe(attempts)
    }
    expect(statusesOf(webhooks.deliveries())).toEqual(['failed'])
    expect(webhooks.deliveries()[0]).not.toHaveProperty('nextAttemptAt')
    expect(new Set((await events()).map(String)).size).toBe(1)
  })

  test('is tried again as real time passes, too', async () => {
    const { enrol, webhooks, sent } = setUp(
      {},
      () => new Response('', { status: sent.length > 1 ? 202 : 503 }),
    )
    await enrol('jane')
    await webhooks.settled()
    await vi.advanceTimersByTimeAsync(30_000)
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    await webhooks.settled()
    expect(statusesOf(webhooks.deliveries())).toEqual(['delivered'])
    expect(sent[0]).toEqual(sent[1])
  })

  test('keeps the later events of the same user waiting, and no others', async () => {
    let isDown = true
    const { enrol, emulator, events, webhooks } = setUp(
      { webhooks: [{ url: URL, events: ['authenticator.created', 'authenticator.updated'] }] },
      ({ data }) => new Response('', { status: data.userId === 'jane' && isDown ? 500 : 200 }),
    )
    await enrol('jane')
    await enrol('jane', OTHER_PHONE)
    await enrol('joe')
    expect(await events()).toEqual([
      ['authenticator.created', 'jane'],
      ['authenticator.created', 'joe'],
    ])
    isDown = false
    emulator.clock.advance(30)
    expect((await events()).slice(2)).toEqual([
      ['authenticator.created', 'jane'],
      ['authenticator.updated', 'jane'],
    ])
    expect(statusesOf(webhooks.deliveries())).toEqual(['delivered', 'delivered', 'delivered'])
  })

  test.each<[string, () => Promise<Response>, object]>([
    ['a redirect', async () => new Response(null, { status: 302 }), { response: { status: 302, body: '' } }],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), { problem: 'network' }],
    ['no response in five seconds', () => new Promise(() => {}), { problem: 'timeout' }],
    [
      'a long text, of which the beginning is kept',
      async () => new Response('x'.repeat(5000), { status: 400 }),
      { response: { status: 400, body: 'x'.repeat(2000) } },
    ],
  ])('reports why: %s', async (_, respond, outcome) => {
    const { enrol, webhooks, sent } = setUp({}, respond)
    await enrol('jane')
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(5000)
    await webhooks.settled()
    expect(webhooks.deliveries()[0]!.attempts[0]).toMatchObject(outcome)
  })
})

test('of one delivery only one request is in flight', async () => {
  const open: (() => void)[] = []
  const { enrol, webhooks, sent, emulator } = setUp(
    {},
    () =>
      new Promise(resolve => {
        open.push(() => resolve(new Response()))
      }),
  )
  await enrol('jane')
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  emulator.clock.advance(1)
  const [{ id }] = webhooks.deliveries() as [WebhookDelivery]
  await expect(webhooks.replay(id)).rejects.toThrow('The delivery is being sent')
  open[0]!()
  await webhooks.settled()
  expect(sent).toHaveLength(1)
})

describe('replay', () => {
  test('sends the same event with a new signature', async () => {
    const { enrol, webhooks, sent, call, emulator } = setUp()
    await enrol('jane')
    await webhooks.settled()
    const [{ id }] = webhooks.deliveries() as [WebhookDelivery]
    emulator.clock.advance(60)
    const { status, body } = await call(`/emulator/webhooks/deliveries/${id}/replay`, { method: 'POST' })
    expect([status, body.status]).toEqual([200, 'delivered'])
    expect(sent[0]).toEqual(sent[1])
    const [first, second] = body.attempts
    expect(first.signature).not.toBe(second.signature)
    expect(second.at).toBe('2030-01-31T00:01:00.000Z')
  })

  test('of one that was given up can succeed, and of one that has arrived cannot undo that', async () => {
    let status = 500
    const { enrol, webhooks, emulator } = setUp({}, () => new Response('', { status }))
    await enrol('jane')
    for (let i = 0; i < 4; i++) {
      await webhooks.settled()
      emulator.clock.advance(200)
    }
    await webhooks.settled()
    const [{ id, status: before }] = webhooks.deliveries() as [WebhookDelivery]
    status = 200
    const after = (await webhooks.replay(id)).status
    status = 500
    expect([before, after, (await webhooks.replay(id)).status]).toEqual(['failed', 'delivered', 'delivered'])
  })

  test('of an unknown one, or to a webhook that was removed, is refused', async () => {
    const { enrol, webhooks, call } = setUp()
    await enrol('jane')
    await webhooks.settled()
    const [{ id, webhookId }] = webhooks.deliveries() as [WebhookDelivery]
    expect((await call('/emulator/webhooks/deliveries/none/replay', { method: 'POST' })).status).toBe(404)
    webhooks.remove(webhookId)
    const refused = await call(`/emulator/webhooks/deliveries/${id}/replay`, { method: 'POST' })
    expect([refused.status, refused.body.errorDescription]).toEqual([400, 'The webhook was removed.'])
    await expect(webhooks.replay('none')).rejects.toThrow(TypeError)
  })
})

describe('custom delivery', () => {
  test.each([
    ['sms', PHONE, 'SMS', 'sms.created', undefined],
    ['whatsapp', PHONE, 'WHATSAPP', 'whatsapp.created', 'WHATSAPP'],
    ['email-otp', EMAIL, 'EMAIL_OTP', 'email.created', 'EMAIL_OTP'],
    ['email-magic-link', EMAIL, 'EMAIL_MAGIC_LINK', 'email.created', 'EMAIL_MAGIC_LINK'],
  ])(
    'of /challenge/%s has all that sending needs',
    async (path, contact, method, event, verificationMethod) => {
      const { enrol, track, client, server, emulator, sent } = setUp({
        webhooks: [{ url: URL, events: ['sms.created', 'whatsapp.created', 'email.created'] }],
      })
      await enrol('jane', contact, method)
      await server('/users/jane', { method: 'PATCH', body: { locale: 'mi-NZ' } })
      const { token, idempotencyKey } = await track('jane')
      expect((await client(token, `/challenge/${path}`)).status).toBe(200)
      const { code, url } = emulator.messages.latest()!
      expect(sent).toEqual([
        {
          url: URL,
          type: event,
          id: expect.any(String),
          data: {
            to: contact,
            ...(code === undefined ? { url } : { code }),
            userId: 'jane',
            idempotencyKey,
            actionCode: 'pay',
            locale: 'mi-NZ',
            ...(verificationMethod && { verificationMethod }),
          },
        },
      ])
    },
  )

  test('of a code for SMS that goes to WhatsApp says so, here and in the log', async () => {
    const { server, emulator, events, sent } = setUp(ALL)
    const body = { verificationMethod: 'SMS', smsChannel: 'WHATSAPP', action: 'signIn', phoneNumber: PHONE }
    await server('/challenge', { body })
    emulator.clock.advance(600)
    await events()
    expect(sent).toMatchObject([
      { type: 'whatsapp.created', data: { to: PHONE, verificationMethod: 'WHATSAPP' } },
      { type: 'challenge.log_created', data: { type: 'WHATSAPP_SENT', verificationMethod: 'SMS' } },
    ])
  })

  test('of a code for a user who is not known yet has no locale', async () => {
    const { server, sent } = setUp({ webhooks: [{ url: URL, events: ['sms.created'] }] })
    const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE, userId: 'new' }
    expect((await server('/challenge', { body })).status).toBe(200)
    expect(sent.map(({ data }) => [data.userId, 'locale' in data])).toEqual([['new', false]])
  })

  test('comes before a provider, which gets the message too', async () => {
    const send = vi.fn(async () => ({ ok: true }) as const)
    const { server, call, sent } = setUp({
      webhooks: [{ url: URL, events: ['sms.created'] }],
      providers: { sms: { name: 'test', send } },
    })
    const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
    await server('/challenge', { body })
    expect([sent.length, send.mock.calls.length]).toEqual([1, 1])
    const { messages } = (await call('/emulator/messages')).body
    expect(messages[0].delivery).toMatchObject({ provider: 'test', state: 'sent' })
  })

  test('without a webhook or a provider, a message has no delivery', async () => {
    const { server, call } = setUp()
    const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE }
    await server('/challenge', { body })
    expect((await call('/emulator/messages')).body.messages[0]).not.toHaveProperty('delivery')
  })

  test('of a push challenge names the challenge', async () => {
    const { call, track, client, sent } = setUp({ webhooks: [{ url: URL, events: ['push.created'] }] })
    await call('/emulator/push/enroll', { body: { userId: 'jane' } })
    const { token, idempotencyKey } = await track('jane')
    const { challengeId } = (await client(token, '/challenge/push')).body
    expect(sent).toMatchObject([
      { type: 'push.created', data: { challengeId, userId: 'jane', idempotencyKey, actionCode: 'pay' } },
    ])
  })

  test.each<[string, () => Promise<Response>]>([
    ['refuses', async () => new Response('', { status: 500 })],
    ['does not respond', () => new Promise(() => {})],
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
  ])(
    'fails with its call when the webhook %s, without a retry; the code stays in the inbox and works',
    async (_, respond) => {
      const { enrol, track, client, call, server, emulator, sent, webhooks } = setUp(ALL, ({ type }) =>
        type.startsWith('sms') || type.startsWith('push') ? respond() : new Response(),
      )
      await enrol('jane')
      await call('/emulator/push/enroll', { body: { userId: 'jane' } })
      const { token } = await track('jane')
      const calls = [
        client(token, '/challenge/sms'),
        client(token, '/challenge/push'),
        server('/challenge', { body: { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE } }),
      ]
      await vi.waitFor(() => expect(sent.filter(({ type }) => /^(sms|push)/.test(type))).toHaveLength(3))
      await vi.advanceTimersByTimeAsync(5000)
      for (const { status, body } of await Promise.all(calls)) {
        expect(status).toBe(502)
        expect(body).toEqual({
          error: 'delivery_failed',
          errorCode: 'delivery_failed',
          errorDescription: 'The provider refused to deliver the message.',
        })
      }
      emulator.clock.advance(120)
      await webhooks.settled()
      expect(sent.filter(({ type }) => type === 'sms.created')).toHaveLength(2)
      const { messages } = (await call('/emulator/messages')).body
      const [message] = messages.filter(({ userId }: { userId?: string }) => userId === 'jane')
      expect(message.delivery).toMatchObject({
        provider: 'webhook',
        state: 'failed',
        problem: 'temporary',
      })
      const body = { verificationCode: message.code }
      expect((await client(token, '/verify/sms', { body })).body.isVerified).toBe(true)
    },
  )

  test('is asked for by name: a webhook without a filter cannot make a call fail', async () => {
    const { enrol, track, client, sent } = setUp()
    await enrol('jane')
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    expect(sent.map(({ type }) => type)).not.toContain('sms.created')
  })

  test('reserved numbers do not leave the emulator', async () => {
    const { server, sent } = setUp({ ...ALL, reserved: true })
    const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+12025550101' }
    expect((await server('/challenge', { body })).status).toBe(200)
    expect(sent).toEqual([])
  })
})

describe('action.verify', () => {
  const only = { webhooks: [{ url: URL, events: ['action.verify' as const] }] }

  async function challenged(respond: (sent: Sent) => Response | Promise<Response>, method = 'SMS') {
    const harness = setUp(only, respond)
    const isSms = method === 'SMS'
    await harness.enrol('jane', isSms ? PHONE : EMAIL, method)
    const { token, idempotencyKey } = await harness.track('jane')
    await harness.client(token, isSms ? '/challenge/sms' : '/challenge/email-magic-link')
    const state = async () =>
      (await harness.server(`/users/jane/actions/pay/${idempotencyKey}`, { method: 'GET' })).body.state
    const verify = () => {
      const verificationCode = harness.emulator.messages.latest()!.code
      return harness.client(token, '/verify/sms', { body: { verificationCode } })
    }
    return { ...harness, token, idempotencyKey, state, verify }
  }

  test('permits that the action succeeds', async () => {
    const { verify, state, sent, idempotencyKey } = await challenged(() => new Response())
    expect((await verify()).body.isVerified).toBe(true)
    expect(await state()).toBe('CHALLENGE_SUCCEEDED')
    expect(sent.map(({ type, data }) => [type, data])).toEqual([
      [
        'action.verify',
        {
          userId: 'jane',
          actionCode: 'pay',
          idempotencyKey,
          verifiedAt: '2030-01-31T00:00:00.000Z',
          state: 'CHALLENGE_SUCCEEDED',
        },
      ],
    ])
  })

  test('a refusal fails the call and leaves the action as it was; the user can try again', async () => {
    let status = 403
    const { verify, state, sent } = await challenged(() => new Response('', { status }))
    const refused = await verify()
    expect([refused.status, refused.body.errorCode]).toEqual([502, 'delivery_failed'])
    expect(refused.body).not.toHaveProperty('accessToken')
    expect(await state()).toBe('CHALLENGE_REQUIRED')
    status = 200
    expect((await verify()).body.isVerified).toBe(true)
    expect([await state(), sent.length]).toEqual(['CHALLENGE_SUCCEEDED', 2])
  })

  test('a code is accepted once while a webhook decides', async () => {
    let decide = () => {}
    const { verify, sent } = await challenged(
      () =>
        new Promise(resolve => {
          decide = () => resolve(new Response())
        }),
    )
    const first = verify()
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    expect((await verify()).body.failureReason).toBe('CODE_INVALID_OR_EXPIRED')
    decide()
    expect((await first).body.isVerified).toBe(true)
  })

  test('a code that was replaced while a webhook decided stays replaced after a refusal', async () => {
    let decide = () => {}
    const { verify, sent, client, token, emulator } = await challenged(({ id }) =>
      id === sent[0]?.id
        ? new Promise(resolve => {
            decide = () => resolve(new Response('', { status: 403 }))
          })
        : new Response(),
    )
    const verificationCode = emulator.messages.latest()!.code
    const refused = verify()
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    await client(token, '/challenge/sms')
    decide()
    expect((await refused).status).toBe(502)
    const old = await client(token, '/verify/sms', { body: { verificationCode } })
    expect(old.body.failureReason).toBe('CODE_INVALID_OR_EXPIRED')
    expect((await verify()).body.isVerified).toBe(true)
  })

  test('a reset while a webhook decides leaves nothing behind', async () => {
    let decide = () => {}
    const { verify, sent, emulator, server } = await challenged(
      () =>
        new Promise(resolve => {
          decide = () => resolve(new Response())
        }),
    )
    const call = verify()
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    emulator.reset()
    decide()
    expect((await call).body.errorDescription).toBe('The action was deleted.')
    expect((await server('/users')).body.users).toEqual([])
  })

  test('a link is not followed when it is refused, and its page says so', async () => {
    const { emulator, client, token } = await challenged(
      () => new Response('', { status: 500 }),
      'EMAIL_MAGIC_LINK',
    )
    const response = await emulator.fetch(emulator.messages.latest()!.url!, { method: 'POST' })
    expect([response.status, await response.text()]).toEqual([
      502,
      expect.stringContaining('You could not be verified'),
    ])
    const finalized = await client(token, '/verify/email-magic-link/finalize', { body: {} })
    expect(finalized.body).toEqual({ isVerified: false })
  })

  test('has no say about an action that a challenge cannot change any more', async () => {
    const { verify, sent, server, idempotencyKey, state } = await challenged(() => new Response())
    const body = { state: 'REVIEW_REQUIRED' }
    await server(`/users/jane/actions/pay/${idempotencyKey}`, { method: 'PATCH', body })
    expect((await verify()).body.isVerified).toBe(true)
    expect([await state(), sent]).toEqual(['REVIEW_REQUIRED', []])
  })

  test('a refused approval leaves the push challenge open', async () => {
    let status = 500
    const { call, track, client, sent } = setUp(only, () => new Response('', { status }))
    await call('/emulator/push/enroll', { body: { userId: 'jane' } })
    const { token } = await track('jane')
    const { challengeId } = (await client(token, '/challenge/push')).body
    const approve = () => call('/emulator/push/respond', { body: { challengeId, approved: true } })
    expect((await approve()).status).toBe(502)
    expect((await client(token, '/verify/push', { body: { challengeId } })).body.isConsumed).toBe(false)
    status = 200
    expect((await approve()).status).toBe(200)
    expect(sent).toHaveLength(2)
  })

  test('has no say when the user rejects', async () => {
    const { call, track, client, sent } = setUp(only, () => new Response('', { status: 500 }))
    await call('/emulator/push/enroll', { body: { userId: 'jane' } })
    const { token } = await track('jane')
    const { challengeId } = (await client(token, '/challenge/push')).body
    const body = { challengeId, approved: false }
    expect((await call('/emulator/push/respond', { body })).status).toBe(200)
    expect(sent).toEqual([])
  })

  test('a phone that was removed while a webhook decided cannot approve', async () => {
    let decide = () => {}
    const { call, server, track, client, sent } = setUp(
      only,
      () =>
        new Promise(resolve => {
          decide = () => resolve(new Response())
        }),
    )
    const enrolled = await call('/emulator/push/enroll', { body: { userId: 'jane' } })
    const { token } = await track('jane')
    const { challengeId } = (await client(token, '/challenge/push')).body
    const approval = call('/emulator/push/respond', { body: { challengeId, approved: true } })
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    const { userAuthenticatorId } = enrolled.body
    await server(`/users/jane/authenticators/${userAuthenticatorId}`, { method: 'DELETE' })
    decide()
    expect((await approval).body.errorDescription).toBe('The device was removed.')
    expect((await client(token, '/verify/push', { body: { challengeId } })).body.isConsumed).toBe(false)
  })

  test('decides about a passkey, too', async () => {
    const { emulator, sent } = setUp(only)
    await enrolPasskey(emulator, nothingKnown())
    expect(sent.map(({ type, data }) => [type, data.userId])).toEqual([['action.verify', 'kim']])
  })
})

describe('the logs', () => {
  const LOGS = ['action.log_created', 'challenge.log_created'] as const
  const logs = { webhooks: [{ url: URL, events: LOGS }] }

  test('arrive when the token has expired, and do not hold up other events', async () => {
    const { enrol, track, emulator, webhooks, events } = setUp({
      webhooks: [{ url: URL, events: [...LOGS, 'authenticator.created'] }],
    })
    await track('jane')
    await enrol('jane')
    expect(await events()).toEqual([['authenticator.created', 'jane']])
    emulator.clock.advance(599)
    expect(await events()).toHaveLength(1)
    emulator.clock.advance(1)
    expect((await events()).slice(1)).toEqual([['action.log_created', 'jane']])
    expect(statusesOf(webhooks.deliveries())).toEqual(['delivered', 'delivered'])
  })

  test('have each state of an action', async () => {
    const { enrol, track, server, emulator, events, sent } = setUp({
      webhooks: [{ url: URL, events: ['action.log_created'] }],
    })
    await enrol('jane')
    const { idempotencyKey } = await track('jane', { ipAddress: '192.0.2.1', email: EMAIL })
    const body = { state: 'REVIEW_REQUIRED' }
    await server(`/users/jane/actions/pay/${idempotencyKey}`, { method: 'PATCH', body })
    emulator.clock.advance(600)
    await events()
    expect(sent.map(({ data }) => data)).toMatchObject([
      { state: 'CHALLENGE_REQUIRED', outcome: 'CHALLENGE', ipAddress: '192.0.2.1', email: EMAIL, rules: [] },
      { state: 'REVIEW_REQUIRED', tenantId: 'demo-tenant', actionCode: 'pay', idempotencyKey },
    ])
  })

  test.each([
    ['sms', PHONE, 'SMS', 'SMS_SENT', 'SMS_CODE_INVALID_OR_EXPIRED', 'SMS_CODE_VALID'],
    [
      'whatsapp',
      PHONE,
      'WHATSAPP',
      'WHATSAPP_SENT',
      'WHATSAPP_CODE_INVALID_OR_EXPIRED',
      'WHATSAPP_CODE_VALID',
    ],
    ['email-otp', EMAIL, 'EMAIL_OTP', 'EMAIL_OTP_SENT', 'EMAIL_OTP_INVALID_OR_EXPIRED', 'EMAIL_OTP_VALID'],
  ])('of %s have what was sent and verified', async (path, contact, method, ...types) => {
    const { enrol, track, client, emulator, events, sent } = setUp({
      webhooks: [{ url: URL, events: ['challenge.log_created'] }],
    })
    await enrol('jane', contact, method)
    const { token, idempotencyKey } = await track('jane')
    await client(token, `/challenge/${path}`)
    const { code } = emulator.messages.latest()!
    const wrong = code === '000000' ? '111111' : '000000'
    for (const verificationCode of [wrong, code])
      await client(token, `/verify/${path}`, { body: { verificationCode } })
    emulator.clock.advance(600)
    await events()
    expect(sent.map(({ data }) => data.type)).toEqual(types)
    expect(sent[0]!.data).toEqual({
      tenantId: 'demo-tenant',
      userId: 'jane',
      actionCode: 'pay',
      idempotencyKey,
      createdAt: '2030-01-31T00:00:00.000Z',
      type: types[0],
      verificationMethod: method,
      [method.startsWith('EMAIL') ? 'email' : 'phoneNumber']: contact,
    })
  })

  test('have limits and failed deliveries, with the status of the provider', async () => {
    const problem = { ok: false, problem: 'temporary', httpStatus: 503 } as const
    let result: { readonly ok: true } | typeof problem = problem
    const { enrol, track, client, emulator, events, sent } = setUp({
      ...logs,
      providers: { sms: { name: 'test', send: async () => result } },
    })
    await enrol('jane')
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    result = { ok: true }
    for (let sends = 2; sends <= 7; sends++) await client(token, '/challenge/sms')
    for (let attempts = 1; attempts <= 11; attempts++)
      await client(token, '/verify/sms', { body: { verificationCode: 'x' } })
    emulator.clock.advance(600)
    await events()
    const challenges = sent.filter(({ type }) => type === 'challenge.log_created').map(({ data }) => data)
    expect(challenges.map(({ type }) => type)).toEqual([
      'SMS_SEND_DOWNSTREAM_FAILED',
      ...Array(5).fill('SMS_SENT'),
      'SMS_RATE_LIMIT_EXCEEDED',
      ...Array(10).fill('SMS_CODE_INVALID_OR_EXPIRED'),
      'SMS_MAX_ATTEMPTS_EXCEEDED',
    ])
    expect(challenges[0]).toMatchObject({ statusCode: 503 })
  })

  test('have a reserved number whose message is refused, a sign-in, and a link that has expired', async () => {
    const { enrol, track, client, server, emulator, events, sent } = setUp({
      webhooks: [{ url: URL, events: ['challenge.log_created'] }],
      reserved: true,
    })
    const signIn = { verificationMethod: 'SMS', action: 'signIn' }
    await server('/challenge', { body: { ...signIn, phoneNumber: '+12025550104' } })
    const { challengeId } = (await server('/challenge', { body: { ...signIn, phoneNumber: PHONE } })).body
    const verificationCode = emulator.messages.latest()!.code
    await server('/verify', { body: { challengeId, verificationCode } })
    await enrol('jane', EMAIL, 'EMAIL_MAGIC_LINK')
    const { token } = await track('jane')
    await client(token, '/challenge/email-magic-link')
    const { url } = emulator.messages.latest()!
    emulator.clock.advance(600)
    await emulator.fetch(url!, { method: 'POST' })
    emulator.clock.advance(600)
    await events()
    expect(sent.map(({ data }) => data.type).toSorted()).toEqual([
      'EMAIL_MAGIC_LINK_INVALID_OR_EXPIRED',
      'EMAIL_MAGIC_LINK_SENT',
      'SMS_CODE_VALID',
      'SMS_SEND_DOWNSTREAM_FAILED',
      'SMS_SENT',
    ])
  })

  test('are sent only to webhooks that name them', async () => {
    const { track, emulator, events } = setUp()
    await track('jane')
    emulator.clock.advance(600)
    expect(await events()).toEqual([['action.created', 'jane']])
  })
})

test('email.created has what the backend knows about the browser, sms.created has not', async () => {
  const { track, enrol, client, server, sent } = setUp({
    webhooks: [{ url: URL, events: ['email.created', 'sms.created'] }],
  })
  const browser = { userAgent: 'Mozilla/5.0', ipAddress: '192.0.2.1' }
  await enrol('jane', EMAIL, 'EMAIL_OTP')
  const { token } = await track('jane', browser)
  await client(token, '/challenge/email-otp')
  const body = { verificationMethod: 'EMAIL_OTP', action: 'signIn', email: EMAIL, ...browser }
  await server('/challenge', { body })
  await server('/challenge', {
    body: { verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE, ...browser },
  })
  expect(sent.map(({ data }) => data)).toMatchObject([browser, browser, { to: PHONE }])
  expect(sent[2]!.data).not.toHaveProperty('userAgent')
})

describe('the control routes', () => {
  test('add, list and remove webhooks', async () => {
    const { call } = createHarness({ webhooks: [{ url: URL }] })
    const { body } = await call('/emulator/webhooks', { body: { url: URL, events: ['sms.created'] } })
    expect(body).toEqual({ id: expect.any(String), url: URL, events: ['sms.created'] })
    expect((await call('/emulator/webhooks')).body.webhooks).toMatchObject([
      { url: URL, events: expect.arrayContaining(['action.created']) },
      body,
    ])
    const path = `/emulator/webhooks/${body.id}`
    expect((await call(path, { method: 'DELETE' })).status).toBe(200)
    expect((await call(path, { method: 'DELETE' })).status).toBe(404)
    expect((await call('/emulator/webhooks')).body.webhooks).toHaveLength(1)
  })

  test.each([
    [{}, '"url" is missing.'],
    [{ url: 'ftp://backend' }, '"url" must be an http or https address.'],
    [{ url: 7 }, '"url" must be an http or https address.'],
    [{ url: URL, events: ['sms'] }, '"events[0]" must be one of sms.created, whatsapp.created,'],
    [{ url: URL, events: [] }, '"events" must be a list of event names, each once.'],
    [
      { url: URL, events: ['sms.created', 'sms.created'] },
      '"events" must be a list of event names, each once.',
    ],
    [{ url: URL, secret: 'x' }, '"secret" is not known.'],
  ])('refuse %j', async (body, description) => {
    const { call, emulator } = createHarness()
    const refused = await call('/emulator/webhooks', { body })
    expect([refused.status, refused.body.errorCode]).toEqual([400, 'invalid_request'])
    expect(refused.body.errorDescription.slice(0, description.length)).toBe(description)
    expect(emulator.webhooks.list()).toEqual([])
  })

  test('list deliveries, newest first, by webhook, event, status and user', async () => {
    const { enrol, call, webhooks } = setUp(
      {},
      ({ data }) => new Response('', { status: data.userId === 'joe' ? 500 : 200 }),
    )
    await enrol('jane')
    await enrol('joe')
    await webhooks.settled()
    const list = async (query: string) =>
      (await call(`/emulator/webhooks/deliveries${query}`)).body.deliveries.map(
        ({ userId }: WebhookDelivery) => userId,
      )
    expect(await list('')).toEqual(['joe', 'jane'])
    expect(await list('?status=delivered')).toEqual(['jane'])
    expect(await list('?userId=joe&event=authenticator.created')).toEqual(['joe'])
    expect(await list('?webhookId=none')).toEqual([])
    expect((await call('/emulator/webhooks/deliveries?event=none')).status).toBe(400)
  })

  test('of a webhook that was removed are given up', async () => {
    const { enrol, webhooks, emulator, sent } = setUp({}, () => new Response('', { status: 500 }))
    await enrol('jane')
    await webhooks.settled()
    webhooks.remove(webhooks.list()[0]!.id)
    emulator.clock.advance(300)
    await webhooks.settled()
    expect([sent.length, statusesOf(webhooks.deliveries())]).toEqual([1, ['failed']])
  })
})

describe('reset()', () => {
  test('returns to the webhooks of the options', async () => {
    const { enrol, emulator, webhooks, call } = setUp()
    webhooks.add({ url: `${URL}/other` })
    await enrol('jane')
    await webhooks.settled()
    await call('/emulator/reset', { method: 'POST' })
    expect([webhooks.list().map(({ url }) => url), webhooks.deliveries()]).toEqual([[URL], []])
    emulator.reset()
    expect(webhooks.list()).toHaveLength(1)
  })

  test('keeps webhooks and deliveries when it is told to', async () => {
    const { enrol, webhooks, call, server } = setUp()
    webhooks.add({ url: `${URL}/other` })
    await enrol('jane')
    await webhooks.settled()
    await call('/emulator/reset', { body: { keepWebhooks: true } })
    expect([webhooks.list().length, webhooks.deliveries().length]).toEqual([2, 2])
    expect((await server('/users')).body.users).toEqual([])
  })

  test('drops what is in flight', async () => {
    let respond = () => {}
    const { enrol, emulator, webhooks, sent } = setUp(
      {},
      () =>
        new Promise(resolve => {
          respond = () => resolve(new Response('', { status: 500 }))
        }),
    )
    await enrol('jane')
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    emulator.reset()
    respond()
    await vi.advanceTimersByTimeAsync(600_000)
    expect([sent.length, webhooks.deliveries()]).toEqual([1, []])
  })
})

test('a snapshot has them: another emulator goes on with the retries', async () => {
  const one = setUp({}, () => new Response('', { status: 500 }))
  await one.enrol('jane')
  await one.webhooks.settled()
  const two = setUp({ webhooks: [] })
  await two.emulator.restore(await one.emulator.snapshot())
  expect(two.webhooks.deliveries()).toEqual(one.webhooks.deliveries())
  two.emulator.clock.advance(30)
  expect(await two.events()).toEqual([['authenticator.created', 'jane']])
  expect(statusesOf(two.webhooks.deliveries())).toEqual(['delivered'])
})

test('a tenant of its own signs with its own key, and can have webhooks of its own', async () => {
  const { emulator, sent } = setUp()
  const url = `${URL}/tenant`
  const tenant = emulator.tenants.create({ tenantId: 'acme', webhooks: [{ url }] })
  const harness = harnessOf({ ...emulator, ...tenant, tenants: emulator.tenants })
  await harness.track('jane')
  await tenant.webhooks.settled()
  expect(sent.map(each => each.url)).toEqual([url])
  expect(JSON.parse(tenant.webhooks.deliveries()[0]!.body).tenantId).toBe('acme')
  expect(emulator.webhooks.deliveries()).toEqual([])
})

test.each([
  [{ webhooks: [{ url: 'nonsense' }] }, '"webhooks" is not valid: [0].url must be an http or https address'],
  [
    { webhooks: [{ url: URL, events: ['none'] }] },
    '"webhooks" is not valid: [0].events[0] must be one of sms.created,',
  ],
  [{ webhooks: 'nonsense' }, '"webhooks" is not valid: The list must be an array'],
  [{ fetch: 'nonsense' }, '"fetch" must be a function'],
  [{ providers: { sms: {} } }, '"providers" must have a name and a send method for sms'],
])('the options %j are refused', (options, message) => {
  expect(() => createEmulator(options as never)).toThrow(message)
})
