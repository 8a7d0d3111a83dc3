// @vitest-environment node
/** Message providers, each against a recorder on this machine in the place of its API. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { MessageProvider, MessageProviders, ProviderResult } from 'authsignal-channels/emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProvider, PROVIDERS } from '../../../src/emulator/providers/index.js'
import { createHarness } from './harness.js'

const SECRET = 'very-secret-credential'
const CODE = '048213'
const TO = '+64211234567'
const TEXT = `${CODE} is your verification code for demo-tenant.`

interface Recorded {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

type Reply = { status: number; headers?: Record<string, string>; body?: unknown } | 'cut'

let url: string
let reply: Reply
let recorded: Recorded[] = []
const server = createServer(async (request, response) => {
  const { method = '', url: path = '', headers } = request
  recorded.push({ method, path, headers, body: await text(request) })
  if (reply === 'cut') return request.socket.destroy()
  const { status, headers: fields, body } = reply
  response.writeHead(status, fields).end(typeof body === 'string' ? body : JSON.stringify(body ?? {}))
})

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  recorded = []
})

interface Case {
  readonly channel: keyof MessageProviders
  readonly name: string
  readonly env: Readonly<Record<string, string>>
  readonly success: Reply
  readonly id: string | undefined
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  /** What is documented about refusals: the response, and its meaning. */
  readonly refusals: readonly (readonly [status: number, body: unknown, problem: string, code?: string])[]
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const JSON_TYPE = 'application/json'

const BIRD = { BIRD_ACCESS_KEY: SECRET, BIRD_WORKSPACE_ID: 'w1' }
const TWILIO = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: SECRET }
const META = { META_ACCESS_TOKEN: SECRET, META_PHONE_NUMBER_ID: '555', META_TEMPLATE_NAME: 'code' }
const receiver = { contacts: [{ identifierKey: 'phonenumber', identifierValue: TO }] }
const metaError = (code: number) => ({ error: { message: TEXT, type: 'OAuthException', code } })
const twilioError = (code: number) => ({ code, message: TEXT, more_info: '', status: 400 })

const CASES: readonly Case[] = [
  {
    channel: 'sms',
    name: 'bird',
    env: { ...BIRD, BIRD_CHANNEL_ID: 'c1' },
    success: { status: 202, body: { id: '7b0a', status: 'accepted' } },
    id: '7b0a',
    path: '/workspaces/w1/channels/c1/messages',
    headers: { authorization: `AccessKey ${SECRET}`, 'content-type': JSON_TYPE, accept: JSON_TYPE },
    body: { receiver, body: { type: 'text', text: { text: TEXT } } },
    refusals: [],
  },
  {
    channel: 'whatsapp',
    name: 'bird',
    env: { ...BIRD, BIRD_WHATSAPP_CHANNEL_ID: 'c2', BIRD_TEMPLATE_PROJECT_ID: 'p1' },
    success: { status: 202, body: { id: '7b0b', status: 'accepted' } },
    id: '7b0b',
    path: '/workspaces/w1/channels/c2/messages',
    headers: { authorization: `AccessKey ${SECRET}` },
    body: {
      receiver,
      template: {
        projectId: 'p1',
        version: 'latest',
        locale: 'en',
        parameters: [{ type: 'string', key: 'code', value: CODE }],
      },
    },
    refusals: [],
  },
  {
    channel: 'sms',
    name: 'twilio',
    env: { ...TWILIO, TWILIO_FROM: '+15005550006' },
    success: { status: 201, body: { sid: 'SM1', status: 'queued', error_code: null, body: TEXT } },
    id: 'SM1',
    path: '/2010-04-01/Accounts/AC1/Messages.json',
    headers: {
      authorization: basic(`AC1:${SECRET}`),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: { To: TO, From: '+15005550006', Body: TEXT },
    refusals: [
      [400, twilioError(21211), 'bad_number', '21211'],
      [400, twilioError(21610), 'blocked', '21610'],
      [400, twilioError(21606), 'bad_sender', '21606'],
      [400, twilioError(99999), 'bad_request', '99999'],
      [401, twilioError(20003), 'unauthorized', '20003'],
      [400, twilioError(10001), 'insufficient_credit', '10001'],
    ],
  },
  {
    channel: 'whatsapp',
    name: 'twilio',
    env: { ...TWILIO, TWILIO_WHATSAPP_FROM: '+15005550006', TWILIO_CONTENT_SID: 'HX1' },
    success: { status: 201, body: { sid: 'SM2', status: 'queued' } },
    id: 'SM2',
    path: '/2010-04-01/Accounts/AC1/Messages.json',
    headers: { authorization: basic(`AC1:${SECRET}`) },
    body: {
      To: `whatsapp:${TO}`,
      From: 'whatsapp:+15005550006',
      ContentSid: 'HX1',
      ContentVariables: `{"1":"${CODE}"}`,
    },
    refusals: [[400, twilioError(21211), 'bad_number', '21211']],
  },
  {
    channel: 'sms',
    name: 'messagemedia',
    env: {
      MESSAGEMEDIA_API_KEY: 'key',
      MESSAGEMEDIA_API_SECRET: SECRET,
      MESSAGEMEDIA_SOURCE_NUMBER: '+61400000000',
    },
    success: { status: 202, body: { messages: [{ message_id: '877c', status: 'queued', content: TEXT }] } },
    id: '877c',
    path: '/v1/messages',
    headers: { authorization: basic(`key:${SECRET}`), 'content-type': JSON_TYPE },
    body: {
      messages: [{ content: TEXT, destination_number: TO, format: 'SMS', source_number: '+61400000000' }],
    },
    refusals: [
      [400, { message: 'no', details: ['/messages/0/destination_number: invalid'] }, 'bad_number'],
      [400, { message: 'no', details: ['/messages/0/content: too long'] }, 'bad_request'],
      [403, { message: 'no' }, 'unauthorized'],
    ],
  },
  {
    channel: 'sms',
    name: 'tnz',
    env: { TNZ_AUTH_TOKEN: SECRET, TNZ_FROM: '+6421000000' },
    success: { status: 200, body: { MessageID: 'id-1' } },
    id: 'id-1',
    path: '/api/v3.00/sms',
    headers: { authorization: `Bearer ${SECRET}`, 'content-type': JSON_TYPE },
    body: { Message: TEXT, ToNumber: TO, FromNumber: '6421000000' },
    refusals: [
      [200, { Result: 'Failed', ErrorMessage: ['Missing or empty message'] }, 'unknown', 'Failed'],
      [400, { Result: 'Unauthorized', ErrorMessage: 'Unauthorized' }, 'unauthorized', 'Unauthorized'],
      [
        400,
        { Result: 'Error', ErrorMessage: ['Error - Could not find any valid destination(s).'] },
        'bad_number',
        'Error',
      ],
    ],
  },
  {
    channel: 'sms',
    name: 'tnz',
    env: { TNZ_AUTH_TOKEN: SECRET, TNZ_API_VERSION: '2.04' },
    success: { status: 200, body: { Result: 'Success', MessageID: 'id-2' } },
    id: 'id-2',
    path: '/api/v2.04/send/sms',
    headers: { authorization: `Basic ${SECRET}` },
    body: { MessageData: { Message: TEXT, Destinations: [{ Recipient: TO }] } },
    refusals: [
      [
        200,
        { Result: 'Failed', MessageID: 'id-3', ErrorMessage: 'Missing Sender' },
        'unauthorized',
        'Failed',
      ],
    ],
  },
  {
    channel: 'sms',
    name: 'modica',
    env: { MODICA_APPLICATION: 'app', MODICA_PASSWORD: SECRET },
    success: { status: 201, body: [123456] },
    id: '123456',
    path: '/rest/gateway/messages',
    headers: { authorization: basic(`app:${SECRET}`), accept: 'application/vnd.modica.gateway.v1+json' },
    body: { destination: TO, content: TEXT },
    refusals: [
      [400, { error: 'invalid_attrib', 'error-desc': TEXT }, 'bad_request', 'invalid_attrib'],
      [400, { error: 'send_failed' }, 'temporary', 'send_failed'],
    ],
  },
  {
    channel: 'sms',
    name: 'modica',
    env: { MODICA_APPLICATION: 'app', MODICA_PASSWORD: SECRET, MODICA_API_VERSION: '2' },
    success: { status: 202, body: '' },
    id: undefined,
    path: '/rest/sms/v2/messages',
    headers: { authorization: basic(`app:${SECRET}`), accept: JSON_TYPE },
    body: { destination: TO, content: TEXT },
    refusals: [],
  },
  {
    channel: 'whatsapp',
    name: 'meta',
    env: META,
    success: {
      status: 200,
      body: { contacts: [{ wa_id: '64211234567' }], messages: [{ id: 'wamid.HBg=' }] },
    },
    id: 'wamid.HBg=',
    path: '/v21.0/555/messages',
    headers: { authorization: `Bearer ${SECRET}`, 'content-type': JSON_TYPE },
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: TO,
      type: 'template',
      template: {
        name: 'code',
        language: { code: 'en_US' },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: CODE }] },
          { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: CODE }] },
        ],
      },
    },
    refusals: [
      [400, metaError(190), 'unauthorized', '190'],
      [400, metaError(250), 'unauthorized', '250'],
      [400, metaError(131056), 'rate_limited', '131056'],
      [400, metaError(131026), 'bad_number', '131026'],
      [404, metaError(132001), 'bad_template', '132001'],
      [400, metaError(131042), 'insufficient_credit', '131042'],
      [403, metaError(368), 'blocked', '368'],
      [400, metaError(1), 'bad_request', '1'],
    ],
  },
]

const title = ({ channel, name, env }: Case) =>
  `${channel} by ${name}${env[`${name.toUpperCase()}_API_VERSION`] ? `, version ${env[`${name.toUpperCase()}_API_VERSION`]}` : ''}`

const create = ({ channel, name, env }: Case) =>
  createProvider(channel, name, { ...env, [`${name.toUpperCase()}_BASE_URL`]: `${url}/` })

const send = (provider: MessageProvider, channel: keyof MessageProviders) =>
  provider.send({
    id: 'm1',
    channel: channel === 'sms' ? 'SMS' : 'WHATSAPP',
    to: TO,
    body: TEXT,
    code: CODE,
  })

test('the table of this test has every provider with an HTTP API', () => {
  const inTable = new Set(CASES.map(({ channel, name }) => `${channel} ${name}`))
  const all = Object.entries(PROVIDERS).flatMap(([channel, each]) =>
    Object.keys(each).map(name => `${channel} ${name}`),
  )
  expect(all.filter(name => !inTable.has(name))).toEqual(['email smtp'])
})

describe.each(CASES.map(each => [title(each), each] as const))('%s', (_, provider) => {
  test('sends this request, once', async () => {
    reply = provider.success
    expect(await send(create(provider), provider.channel)).toEqual({
      ok: true,
      providerMessageId: provider.id,
    })
    expect(recorded).toHaveLength(1)
    const [{ method, path, headers, body }] = recorded as [Recorded]
    expect([method, path]).toEqual(['POST', provider.path])
    expect(headers).toMatchObject(provider.headers)
    const isForm = headers['content-type']!.includes('form')
    expect(isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body)).toEqual(provider.body)
  })

  test.each<[string, Reply, object]>([
    [
      'wrong credentials',
      { status: 401, body: { message: SECRET } },
      { problem: 'unauthorized', httpStatus: 401 },
    ],
    ['a status that is not documented', { status: 418, body: TEXT }, { problem: 'unknown', httpStatus: 418 }],
    ['a limit', { status: 429 }, { problem: 'rate_limited', httpStatus: 429 }],
    [
      'a limit with its end',
      { status: 429, headers: { 'Retry-After': '17' } },
      { problem: 'rate_limited', retryAfter: 17 },
    ],
    ['a failure', { status: 503, body: '<html>' }, { problem: 'temporary', httpStatus: 503 }],
    [
      'a redirect',
      { status: 302, headers: { Location: 'https://elsewhere.example' } },
      { problem: 'unknown' },
    ],
    ['a connection that is cut', 'cut', { problem: 'temporary' }],
  ])('takes %s for a failure, and does not try again', async (_, response, expected) => {
    reply = response
    const result = await send(create(provider), provider.channel)
    expect(result).toMatchObject({ ok: false, ...expected })
    expect(recorded).toHaveLength(1)
    expectNoSecret(result)
  })

  test('gives up after its time', async () => {
    const fetch = vi.fn(() => new Promise<Response>(() => {}))
    const slow = createProvider(provider.channel, provider.name, provider.env, { fetch, timeoutMs: 1 })
    expect(await send(slow, provider.channel)).toEqual({ ok: false, problem: 'temporary' })
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  if (provider.id !== undefined)
    test('takes a response without the ID of the message for a failure', async () => {
      reply = { status: 200, body: { something: 'else' } }
      expect(await send(create(provider), provider.channel)).toMatchObject({ ok: false, problem: 'unknown' })
    })

  for (const [status, body, problem, providerCode] of provider.refusals)
    test(`knows ${providerCode ?? JSON.stringify(body)} as ${problem}`, async () => {
      reply = { status, body }
      const result = await send(create(provider), provider.channel)
      expect(result).toMatchObject({ ok: false, problem, providerCode, httpStatus: status })
      expectNoSecret(result)
    })

  test.each(Object.keys(provider.env))('needs %s, or has a usual value', name => {
    const { [name]: _, ...rest } = provider.env
    const optional = /_API_VERSION$|^TNZ_FROM$|_SOURCE_NUMBER$/
    const run = () => createProvider(provider.channel, provider.name, rest)
    if (optional.test(name)) expect(run).not.toThrow()
    else expect(run).toThrow(new RegExp(`${name}.* must be set in the environment$`))
  })
})

const expectNoSecret = (result: ProviderResult) => {
  expect(JSON.stringify(result)).not.toContain(SECRET)
  expect(JSON.stringify(result)).not.toContain(CODE)
}

test('Twilio takes an API key in place of the token, and a messaging service in place of a number', async () => {
  reply = { status: 201, body: { sid: 'SM1' } }
  const env = {
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_API_KEY: 'SK1',
    TWILIO_API_SECRET: SECRET,
    TWILIO_MESSAGING_SERVICE_SID: 'MG1',
    TWILIO_BASE_URL: url,
  }
  await send(createProvider('sms', 'twilio', env), 'sms')
  expect(recorded[0]!.headers.authorization).toBe(basic(`SK1:${SECRET}`))
  expect(new URLSearchParams(recorded[0]!.body).get('MessagingServiceSid')).toBe('MG1')
})

test.each([
  ['sms', 'pigeon', {}, '"sms" must be one of bird, twilio, messagemedia, tnz, modica'],
  ['sms', 'toString', {}, '"sms" must be one of'],
  ['sms', 'tnz', { TNZ_AUTH_TOKEN: 'x', TNZ_API_VERSION: '1' }, 'TNZ_API_VERSION must be 3.00 or 2.04'],
  ['whatsapp', 'meta', { ...META, META_BASE_URL: 'graph' }, 'META_BASE_URL must be an http or https address'],
] as const)('%s by %s with %j is refused', (channel, name, env, message) => {
  expect(() => createProvider(channel, name, env)).toThrow(message)
})

describe('a call of the API', () => {
  const provider = CASES.find(({ name, channel }) => name === 'twilio' && channel === 'sms')!
  const startSms = async (phoneNumber = TO) => {
    const harness = createHarness({ providers: { sms: create(provider) } })
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber }
    const response = await harness.server('/challenge', { body })
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
    const [message] = (await harness.call('/emulator/messages')).body.messages
    return { ...harness, response, message }
  }

  test('succeeds when the provider has taken the message, which the inbox has, too', async () => {
    reply = provider.success
    const { response, message } = await startSms()
    expect(response.status).toBe(200)
    expect(message).toMatchObject({
      state: 'valid',
      delivery: { provider: 'twilio', state: 'sent', providerMessageId: 'SM1' },
    })
    expect(new URLSearchParams(recorded[0]!.body).get('Body')).toBe(message.body)
  })

  test.each<[string, Reply, object, string | null]>([
    [
      'refuses',
      { status: 400, body: twilioError(21211) },
      { problem: 'bad_number', providerCode: '21211' },
      null,
    ],
    ['has a limit', { status: 429, headers: { 'Retry-After': '9' } }, { problem: 'rate_limited' }, '9'],
    ['is broken', { status: 500 }, { problem: 'temporary', httpStatus: 500 }, null],
    ['breaks off', 'cut', { problem: 'temporary' }, null],
  ])(
    'fails with delivery_failed when the provider %s; the code stays in the inbox and works',
    async (_, response, delivery, retryAfter) => {
      reply = response
      const { response: refused, message, server } = await startSms()
      expect([refused.status, refused.body.errorCode]).toEqual([502, 'delivery_failed'])
      expect(refused.headers.get('Retry-After')).toBe(retryAfter)
      expect(JSON.stringify(refused.body)).not.toMatch(new RegExp(`${message.code}|${SECRET}|${TO.slice(1)}`))
      expect(message.delivery).toMatchObject({ provider: 'twilio', state: 'failed', ...delivery })
      const body = { challengeId: message.challengeId, verificationCode: message.code }
      expect((await server('/verify', { body })).body.isVerified).toBe(true)
      expect(recorded).toHaveLength(1)
    },
  )

  test('does not reach a provider with a number that is none', async () => {
    const send = vi.fn()
    const { client, track, call } = createHarness({ providers: { sms: { name: 'spy', send } } })
    const { token } = await track('jane', { phoneNumber: '0211234567' })
    expect((await client(token, '/challenge/sms')).body.errorCode).toBe('delivery_failed')
    expect((await call('/emulator/messages')).body.messages[0].delivery.problem).toBe('bad_number')
    expect(send).not.toHaveBeenCalled()
  })

  test('shows that a message is being sent, and a reset forgets it', async () => {
    let arrive = (_result: { ok: true }) => {}
    const send = () =>
      new Promise<{ ok: true }>(resolve => {
        arrive = resolve
      })
    const { server, call, emulator } = createHarness({
      random: 1,
      providers: { email: { name: 'slow', send } },
    })
    const body = { verificationMethod: 'EMAIL_OTP', action: 'signIn', email: 'jane@example.com' }
    const deliveryOf = async () => (await call('/emulator/messages')).body.messages[0].delivery
    const first = server('/challenge', { body })
    await vi.waitFor(async () => expect(await deliveryOf()).toEqual({ provider: 'slow', state: 'sending' }))
    emulator.reset()
    arrive({ ok: true })
    await first
    // With the same random seed, the next message has the ID of the first one.
    const second = server('/challenge', { body })
    await vi.waitFor(async () => expect(await deliveryOf()).toEqual({ provider: 'slow', state: 'sending' }))
    arrive({ ok: true })
    expect((await second).status).toBe(200)
    expect(await deliveryOf()).toEqual({ provider: 'slow', state: 'sent' })
  })

  test('takes a provider that throws for one that has not sent, without its words', async () => {
    const throwing = { name: 'broken', send: () => Promise.reject(new Error(SECRET)) }
    const { server, call } = createHarness({ providers: { sms: throwing } })
    const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: TO }
    const { status, body: refused } = await server('/challenge', { body })
    expect([status, JSON.stringify(refused).includes(SECRET)]).toEqual([502, false])
    expect((await call('/emulator/messages')).body.messages[0].delivery).toEqual({
      provider: 'broken',
      state: 'failed',
      problem: 'unknown',
    })
  })
})
