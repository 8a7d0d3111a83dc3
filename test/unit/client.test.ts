import {
  Authsignal,
  AuthsignalWindowMessage,
  type Channel,
  type ChannelContext,
  createClient,
  ErrorCode,
  email,
  sms,
  whatsapp,
} from 'authsignal-channels'
import { expect, test } from 'vitest'
import { json, service } from './service.js'

test.each([
  ['no options', undefined, '"tenantId"'],
  ['no tenant', {}, '"tenantId"'],
  ['a blank tenant', { tenantId: ' ' }, '"tenantId"'],
  ['a tenant that is a number', { tenantId: 7 }, '"tenantId"'],
  ['a tenant with a line break', { tenantId: 'acme\n' }, '"tenantId"'],
  ['a tenant with a space inside', { tenantId: 'acme inc' }, '"tenantId"'],
  ['a tenant with a control character', { tenantId: 'acme\0' }, '"tenantId"'],
  ['a tenant with an invisible character', { tenantId: 'acme\u200b' }, '"tenantId"'],
  ['a tenant with half of a surrogate pair', { tenantId: 'acme\ud83d' }, '"tenantId"'],
  ['a base URL with a query', { tenantId: 'acme', baseUrl: 'https://api.test/v1?a=1' }, '"baseUrl"'],
  ['a base URL with an empty query', { tenantId: 'acme', baseUrl: 'https://api.test/v1?' }, '"baseUrl"'],
  ['a base URL with a fragment', { tenantId: 'acme', baseUrl: 'https://api.test/v1#a' }, '"baseUrl"'],
  ['a base URL with an empty fragment', { tenantId: 'acme', baseUrl: 'https://api.test/v1#' }, '"baseUrl"'],
  ['a base URL with a line break', { tenantId: 'acme', baseUrl: 'https://api.test/v1\n' }, '"baseUrl"'],
  ['a base URL with a tab inside', { tenantId: 'acme', baseUrl: 'https://api.te\tst/v1' }, '"baseUrl"'],
  ['a base URL with a space inside', { tenantId: 'acme', baseUrl: 'https://api.test/v 1' }, '"baseUrl"'],
  [
    'a base URL with a control character',
    { tenantId: 'acme', baseUrl: 'https://api.test/\x7f' },
    '"baseUrl"',
  ],
  [
    'a base URL with half of a surrogate pair',
    { tenantId: 'acme', baseUrl: 'https://api.test/\udc00' },
    '"baseUrl"',
  ],
  ['a base URL that is no text', { tenantId: 'acme', baseUrl: Symbol('url') }, '"baseUrl"'],
  ['a cookie name with half of a surrogate pair', { tenantId: 'acme', cookieName: '\ud83d' }, '"cookieName"'],
  ['an empty cookie name', { tenantId: 'acme', cookieName: '' }, '"cookieName"'],
  ['an unknown region', { tenantId: 'acme', region: 'mars' }, '"region"'],
  ['a region of Object', { tenantId: 'acme', region: 'toString' }, '"region"'],
  [
    'a region and a base URL',
    { tenantId: 'acme', region: 'us', baseUrl: 'https://api.test/v1' },
    '"baseUrl"',
  ],
  ['a base URL that is none', { tenantId: 'acme', baseUrl: 'http//api' }, '"baseUrl"'],
  ['a base URL of another scheme', { tenantId: 'acme', baseUrl: 'ftp://api.test' }, '"baseUrl"'],
  ['a base URL with a password', { tenantId: 'acme', baseUrl: 'https://me:secret@api.test' }, '"baseUrl"'],
  ['a timeout of nothing', { tenantId: 'acme', timeout: 0 }, '"timeout"'],
  ['a timeout that is no number', { tenantId: 'acme', timeout: 'soon' }, '"timeout"'],
  ['a timeout that no timer can hold', { tenantId: 'acme', timeout: Number.POSITIVE_INFINITY }, '"timeout"'],
  ['a fetch that is no function', { tenantId: 'acme', fetch: 'me' }, '"fetch"'],
  [
    'an onTokenExpired that is no function',
    { tenantId: 'acme', onTokenExpired: 'token' },
    '"onTokenExpired"',
  ],
])('%s throws a TypeError that names the option', (_, options, name) => {
  expect(() => new Authsignal(options as never)).toThrow(TypeError)
  expect(() => new Authsignal(options as never)).toThrow(name)
})

test('an error about the base URL does not repeat a password in it', () => {
  expect(() => new Authsignal({ tenantId: 'acme', baseUrl: 'https://me:secret@api.test' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') }),
  )
})

test.each(['acme', 'Ünïcødé-株式会社', 'a:b/c?d#e'])(
  'a call on behalf of the tenant %s names it',
  async tenantId => {
    const { fetch, received } = service(() => json({}))
    const languages = ((context: ChannelContext) => ({
      list: () => context.request('/client/voice/languages', { as: 'tenant' }),
    })) satisfies Channel
    await createClient({ tenantId, fetch, channels: { languages } }).languages.list()
    const credentials = received[0]!.authorization!.replace('Basic ', '')
    expect(decodeURIComponent(atob(credentials))).toBe(tenantId)
  },
)

test.each([
  [undefined, 'https://api.authsignal.com/v1'],
  ['us', 'https://api.authsignal.com/v1'],
  ['au', 'https://au.api.authsignal.com/v1'],
  ['eu', 'https://eu.api.authsignal.com/v1'],
  ['ca', 'https://ca.api.authsignal.com/v1'],
] as const)('the region %s is the API at %s', async (region, baseUrl) => {
  const { fetch, received } = service(() => json({ challengeId: 'c1' }))
  const authsignal = new Authsignal({ tenantId: 'acme', fetch, ...(region && { region }) })
  authsignal.setToken('token')
  await authsignal.sms.challenge()
  expect(received[0]?.url).toBe(`${baseUrl}/client/challenge/sms`)
})

test('createClient has the given channels, under the given names', () => {
  const client = createClient({ tenantId: 'acme', channels: { text: sms, whatsapp } })
  expect(Object.keys(client).sort()).toEqual(['anonymousId', 'setToken', 'text', 'whatsapp'])
})

test('a method of a channel works without its object', async () => {
  const { fetch } = service(() => json({ challengeId: 'c1' }))
  const { setToken, email: mail } = createClient({ tenantId: 'acme', fetch, channels: { email } })
  setToken('token')
  const { challenge } = mail
  expect(await challenge()).toMatchObject({ challengeId: 'c1' })
})

test('a click event as the options of challenge() changes nothing', async () => {
  const { fetch } = service(() => json({ challengeId: 'c1' }))
  const client = createClient({ tenantId: 'acme', fetch, channels: { sms } })
  client.setToken('token')
  expect(await client.sms.challenge(new Event('click') as never)).toMatchObject({ challengeId: 'c1' })
})

test('a channel cannot take the name of a method of the client', () => {
  const channels = { setToken: sms } as never
  expect(() => createClient({ tenantId: 'acme', channels })).toThrow('"channels.setToken"')
})

test('channels in an array throw, and the message shows the right form', () => {
  const channels = [sms] as never
  expect(() => createClient({ tenantId: 'acme', channels })).toThrow(
    new TypeError('"channels.0" must be a channel, as in { sms }'),
  )
})

test('a channel that is not a function throws at once', () => {
  const channels = { sms: {} } as never
  expect(() => createClient({ tenantId: 'acme', channels })).toThrow('"channels.sms"')
})

test('a third-party channel calls the API with the token, or on behalf of the tenant', async () => {
  type Voice = ReturnType<typeof voice>
  const voice = (({ request, tenantId }) => ({
    tenantId,
    challenge: () => request<{ callId: string }>('/client/challenge/voice', { body: { loud: true } }),
    languages: () => request<string[]>('/client/voice/languages', { method: 'GET', as: 'tenant' }),
  })) satisfies Channel
  const { fetch, received } = service(({ method }) =>
    json(method === 'GET' ? ['en', 'mi'] : { callId: 'v1' }),
  )
  const client = createClient<{ voice: Voice }>({ tenantId: 'acme', fetch, channels: { voice } })

  const languages = await client.voice.languages()
  expect(languages.data).toEqual(['en', 'mi'])
  expect([...(languages as unknown as string[])]).toEqual(['en', 'mi'])
  expect(await client.voice.challenge()).toMatchObject({ errorCode: 'token_not_set' })
  client.setToken('token')
  expect(await client.voice.challenge()).toMatchObject({ callId: 'v1' })
  expect(received.map(({ authorization, body }) => [authorization, body])).toEqual([
    [`Basic ${btoa('acme')}`, undefined],
    ['Bearer token', { loud: true }],
  ])
})

test('the fields of the drop-in are those of the original', () => {
  const authsignal = new Authsignal({ tenantId: 'acme', cookieName: 'device', enableLogging: true })
  expect(authsignal).toMatchObject({
    anonymousId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    anonymousIdCookieName: 'device',
    cookieDomain: 'localhost',
    enableLogging: true,
  })
})

test('the value of each code and message is its name', () => {
  for (const names of [ErrorCode, AuthsignalWindowMessage]) {
    for (const [name, value] of Object.entries(names)) expect(value).toBe(name)
  }
})

test('setToken and launch of the drop-in work without their object', async () => {
  const { fetch, received } = service(() => json({ challengeId: 'c1' }))
  const authsignal = new Authsignal({ tenantId: 'acme', fetch })
  const { setToken, launch } = authsignal
  setToken('token')
  await authsignal.sms.challenge()
  expect(received[0]?.authorization).toBe('Bearer token')
  expect(await launch('https://ui.test', { signal: AbortSignal.abort() })).toMatchObject({
    errorCode: 'aborted',
  })
})

test("a subclass with its own setToken and launch is called where the app calls it, and calls the client's", async () => {
  const calls: string[] = []
  class Logged extends Authsignal {
    override setToken(token: string) {
      calls.push(`setToken ${token}`)
      super.setToken(token)
    }
    // biome-ignore lint/suspicious/noExplicitAny: as an app overrides all overloads at once
    override launch(url: string, options?: any): any {
      calls.push(`launch ${url}`)
      return super.launch(url, options)
    }
  }
  const { fetch, received } = service(() => json({ challengeId: 'c1' }))
  const authsignal = new Logged({ tenantId: 'acme', fetch })
  const { setToken } = authsignal
  authsignal.setToken('first')
  setToken('second')
  await authsignal.sms.challenge()
  expect(received[0]?.authorization).toBe('Bearer second')
  expect(await authsignal.launch('https://ui.test', { signal: AbortSignal.abort() })).toMatchObject({
    errorCode: 'aborted',
  })
  expect(calls).toEqual(['setToken first', 'setToken second', 'launch https://ui.test'])
})
