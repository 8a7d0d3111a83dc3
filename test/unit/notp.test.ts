import { Authsignal, createClient, type NotpSettings, notp, whatsapp } from 'authsignal-channels'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Handler, json, service } from './service.js'

const PROJECT = 'P2localdemo00000000000000000'
const PHONE = '+15555550100'

const started = () =>
  json({ pendingRef: 'ref-1', redirectUrl: 'https://wa.me/1555?text=code', image: 'iVBORw0KGgo=' })

const session = { sessionJwt: 's.s.s', refreshJwt: 'r.r.r', firstSeen: true, user: { userId: 'U1' } }
const pending = () => json({ errorCode: 'E066103', errorDescription: 'Not verified yet' }, 401)

function clientOf(handle: Handler, settings: Partial<NotpSettings> = {}) {
  const { fetch, received } = service(handle)
  const client = createClient({
    tenantId: 'acme',
    baseUrl: 'https://api.test/v1',
    fetch,
    channels: { notp: notp({ projectId: PROJECT, baseUrl: 'https://notp.test', ...settings }), whatsapp },
  })
  return { client, received }
}

describe('starting a login', () => {
  test('calls the project, at its own address, with the names of the vendor', async () => {
    const { client, received } = clientOf(started)
    await client.notp.signUp(
      PHONE,
      { name: 'Jane' },
      { customClaims: { plan: 'pro' }, templateId: 'T1', templateOptions: { app: 'Shop' }, providerId: 'p1' },
    )
    await client.notp.signIn(PHONE, { tenantId: 'ten1' })
    await client.notp.signUpOrIn('')
    await client.notp.updateUser({ loginId: PHONE, phone: '+15555550199', addToLoginIDs: true }, 'r.r.r')
    expect(received.map(({ url, authorization, body }) => [url, authorization, body])).toEqual([
      [
        'https://notp.test/v1/auth/notp/whatsapp/signup',
        `Bearer ${PROJECT}`,
        {
          loginId: PHONE,
          user: { name: 'Jane' },
          providerId: 'p1',
          loginOptions: {
            customClaims: { plan: 'pro' },
            templateId: 'T1',
            templateOptions: { app: 'Shop' },
          },
        },
      ],
      [
        'https://notp.test/v1/auth/notp/whatsapp/signin',
        `Bearer ${PROJECT}`,
        { loginId: PHONE, loginOptions: { tenantId: 'ten1' } },
      ],
      [
        'https://notp.test/v1/auth/notp/whatsapp/signup-in',
        `Bearer ${PROJECT}`,
        { loginId: '', loginOptions: {} },
      ],
      [
        'https://notp.test/v1/auth/notp/whatsapp/update',
        `Bearer ${PROJECT}:r.r.r`,
        { loginId: PHONE, phone: '+15555550199', addToLoginIDs: true },
      ],
    ])
  })

  test('returns a picture that an <img> can show', async () => {
    const { client } = clientOf(started)
    const response = await client.notp.signUpOrIn('')
    expect(response).toMatchObject({ pendingRef: 'ref-1', redirectUrl: 'https://wa.me/1555?text=code' })
    expect(response.image).toBe('data:image/png;base64,iVBORw0KGgo=')
    expect(response.data?.image).toBe(response.image)
  })

  test('continues a session for step-up and MFA', async () => {
    const { client, received } = clientOf(started)
    await client.notp.signIn(PHONE, { stepup: true }, 'r.r.r')
    expect(received[0]).toMatchObject({
      authorization: `Bearer ${PROJECT}:r.r.r`,
      body: { loginId: PHONE, loginOptions: { stepup: true } },
    })
  })

  test.each([
    ['step-up', (c: ReturnType<typeof clientOf>['client']) => c.notp.signIn(PHONE, { stepup: true })],
    ['MFA', (c: ReturnType<typeof clientOf>['client']) => c.notp.signIn(PHONE, { mfa: true }, '')],
    [
      'a change of number',
      (c: ReturnType<typeof clientOf>['client']) => c.notp.updateUser({ loginId: PHONE }, ''),
    ],
  ])('for %s without a refresh token resolves token_not_set, and nothing is sent', async (_, call) => {
    const { client, received } = clientOf(started)
    expect(await call(client)).toMatchObject({
      errorCode: 'token_not_set',
      errorDescription: expect.stringContaining('refresh token'),
    })
    expect(received).toHaveLength(0)
  })

  test('that is refused resolves with the code of the vendor', async () => {
    const { client } = clientOf(() =>
      json({ errorCode: 'E062107', errorDescription: 'User already exists', errorMessage: PHONE }, 400),
    )
    const response = await client.notp.signUp(PHONE)
    expect(response).toMatchObject({
      errorCode: 'E062107',
      errorDescription: 'User already exists',
      status: 400,
    })
    expect(JSON.stringify(response)).not.toContain(PHONE)
  })

  test('twice at the same time sends one request', async () => {
    const { client, received } = clientOf(started)
    await Promise.all([client.notp.signIn(PHONE), client.notp.signIn(PHONE)])
    expect(received).toHaveLength(1)
  })

  test('ends when its signal aborts', async () => {
    const { client } = clientOf(() => new Promise<Response>(() => {}))
    const controller = new AbortController()
    const call = client.notp.signUpOrIn('', { signal: controller.signal })
    controller.abort()
    expect(await call).toMatchObject({ errorCode: 'aborted' })
  })
})

describe('the two services of a client', () => {
  test('do not learn each other’s tokens', async () => {
    const { client, received } = clientOf(({ url }) =>
      url.includes('/notp/') ? json({ ...session, accessToken: 'theirs' }) : json({ challengeId: 'c1' }),
    )
    client.setToken('ours')
    await client.notp.waitForSession('ref-1')
    await client.whatsapp.challenge()
    expect(received.map(({ url, authorization }) => [new URL(url).host, authorization])).toEqual([
      ['notp.test', `Bearer ${PROJECT}`],
      ['api.test', 'Bearer ours'],
    ])
  })

  test('an error code of an expired token in one service means nothing in the other', async () => {
    const onTokenExpired = vi.fn()
    const { fetch } = service(() => json({ errorCode: 'expired_token' }, 401))
    const client = new Authsignal({ tenantId: 'acme', fetch, onTokenExpired, notp: { projectId: PROJECT } })
    client.setToken('ours')
    expect(await client.notp.signUpOrIn('')).toMatchObject({ errorCode: 'expired_token' })
    expect(onTokenExpired).not.toHaveBeenCalled()
  })
})

describe('waiting for the session', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  test('polls every second until the message arrives, and resolves with the session', async () => {
    let count = 0
    const { client, received } = clientOf(() => (++count === 4 ? json(session) : pending()))
    const waiting = client.notp.waitForSession('ref-1')
    await vi.advanceTimersByTimeAsync(3000)
    const response = await waiting
    expect(response).toMatchObject(session)
    expect(response.data).toEqual(session)
    expect(received.map(({ url, body }) => [url, body])).toEqual(
      Array(4).fill(['https://notp.test/v1/auth/notp/pending-session', { pendingRef: 'ref-1' }]),
    )
  })

  test('a session that came by cookie is one, too', async () => {
    const { client } = clientOf(() => json({ user: session.user, firstSeen: false }))
    expect((await client.notp.waitForSession('ref-1')).data).toEqual({
      firstSeen: false,
      user: session.user,
    })
  })

  test.each([
    ['the login has expired', 400, 'E011004'],
    ['there is no such user', 400, 'E062108'],
    ['a conflict', 409, 'E062107'],
  ])('a refusal ends it at once: %s', async (_, status, errorCode) => {
    const { client, received } = clientOf(() => json({ errorCode }, status))
    expect(await client.notp.waitForSession('ref-1')).toMatchObject({ errorCode, status })
    expect(received).toHaveLength(1)
  })

  test('a 401 that does not say “not yet” is a refusal', async () => {
    const { client, received } = clientOf(() => json({ errorCode: 'E064001' }, 401))
    expect(await client.notp.waitForSession('ref-1')).toMatchObject({ errorCode: 'E064001' })
    expect(received).toHaveLength(1)
  })

  test('a message that never arrives resolves timeout, after ten minutes', async () => {
    const { client } = clientOf(pending)
    const waiting = client.notp.waitForSession('ref-1', { timeoutMs: 0 })
    await vi.advanceTimersByTimeAsync(599_000)
    expect(await Promise.race([waiting, 'waiting'])).toBe('waiting')
    await vi.advanceTimersByTimeAsync(1000)
    expect(await waiting).toMatchObject({ errorCode: 'timeout' })
  })

  test('the time and the interval can be chosen', async () => {
    const { client, received } = clientOf(pending)
    const waiting = client.notp.waitForSession('ref-1', { timeoutMs: 9000, pollingIntervalMs: 2000 })
    await vi.advanceTimersByTimeAsync(9000)
    expect(await waiting).toMatchObject({ errorCode: 'timeout' })
    expect(received).toHaveLength(5)
  })

  test('an interval under a second is a second, as in the SDK of the vendor', async () => {
    const { client, received } = clientOf(pending)
    void client.notp.waitForSession('ref-1', { pollingIntervalMs: 1 })
    await vi.advanceTimersByTimeAsync(999)
    expect(received).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(received).toHaveLength(2)
  })

  test('a wait of more than ten minutes is one of ten minutes, as in the SDK of the vendor', async () => {
    const { client } = clientOf(pending)
    const waiting = client.notp.waitForSession('ref-1', { timeoutMs: 10 ** 9 })
    await vi.advanceTimersByTimeAsync(599_999)
    expect(await Promise.race([waiting, 'waiting'])).toBe('waiting')
    await vi.advanceTimersByTimeAsync(1)
    expect(await waiting).toMatchObject({ errorCode: 'timeout' })
  })

  test('a slow server gets one poll at a time', async () => {
    let open = 0
    let most = 0
    const { client } = clientOf(async () => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setTimeout(resolve, 2600))
      open--
      return pending()
    })
    void client.notp.waitForSession('ref-1')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(most).toBe(1)
  })

  test('a rate limit delays the next poll by its Retry-After', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const times: number[] = []
    const begin = performance.now()
    const { client } = clientOf(() => {
      times.push(Math.round(performance.now() - begin))
      return times.length === 1 ? json({ errorCode: 'E130429' }, 429, { 'retry-after': '7' }) : json(session)
    })
    const waiting = client.notp.waitForSession('ref-1')
    await vi.advanceTimersByTimeAsync(7000)
    expect(await waiting).toMatchObject(session)
    expect(times).toEqual([0, 7000])
  })

  test('a network outage does not end it', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    let count = 0
    const { client } = clientOf(() =>
      ++count < 4 ? Promise.reject(new TypeError('Failed to fetch')) : json(session),
    )
    const waiting = client.notp.waitForSession('ref-1')
    await vi.advanceTimersByTimeAsync(14_000)
    expect(await waiting).toMatchObject(session)
  })

  test('its signal ends it, the poll in flight included', async () => {
    const controller = new AbortController()
    const { client, received } = clientOf(() => new Promise<Response>(() => {}))
    const waiting = client.notp.waitForSession('ref-1', { signal: controller.signal })
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    expect(await waiting).toMatchObject({ errorCode: 'aborted' })
    await vi.advanceTimersByTimeAsync(0)
    expect(received[0]?.signal.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a response without a session is not taken for one', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { client } = clientOf(() => json({}))
    const waiting = client.notp.waitForSession('ref-1')
    await vi.advanceTimersByTimeAsync(135_000)
    expect(await waiting).toMatchObject({ errorCode: 'invalid_response' })
  })

  test('“not yet” is no failure to write to the console', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    let count = 0
    const { fetch } = service(() => (++count === 3 ? json(session) : pending()))
    const client = new Authsignal({
      tenantId: 'acme',
      fetch,
      enableLogging: true,
      notp: { projectId: PROJECT },
    })
    const waiting = client.notp.waitForSession('ref-1')
    await vi.advanceTimersByTimeAsync(2000)
    await waiting
    expect(error).not.toHaveBeenCalled()
  })
})

describe('the settings', () => {
  const hostOf = async (projectId: string, baseUrl?: string) => {
    const { client, received } = clientOf(started, { projectId, baseUrl })
    await client.notp.signUpOrIn('')
    return received[0]?.url.replace('/v1/auth/notp/whatsapp/signup-in', '')
  }

  test.each([
    [`P${'2'.repeat(27)}`, 'https://api.descope.com'],
    [`Puse1${'2'.repeat(27)}`, 'https://api.use1.descope.com'],
    [`Peuc1${'2'.repeat(27)}`, 'https://api.euc1.descope.com'],
    ['P123', 'https://api.descope.com'],
  ])('the region of project %s is at %s', async (projectId, expected) => {
    expect(await hostOf(projectId)).toBe(expected)
  })

  test('a base URL of one’s own is kept, with its path and without a slash at the end', async () => {
    expect(await hostOf(PROJECT, 'https://auth.example.com/descope/')).toBe(
      'https://auth.example.com/descope',
    )
  })

  test.each([
    ['"projectId"', { projectId: ' ' }],
    ['"projectId"', {}],
    ['"projectId"', { projectId: `${PROJECT}\n` }],
    ['"baseUrl"', { projectId: PROJECT, baseUrl: 'https://auth.example.com?a=1' }],
    ['"baseUrl"', { projectId: PROJECT, baseUrl: 'javascript:alert(1)' }],
  ])('a wrong %s throws', (name, settings) => {
    expect(() => notp(settings as NotpSettings)).toThrow(TypeError)
    expect(() => notp(settings as NotpSettings)).toThrow(name)
  })

  test('without any, each method resolves invalid_configuration and sends nothing', async () => {
    const { fetch, received } = service(started)
    const client = new Authsignal({ tenantId: 'acme', fetch })
    const responses = await Promise.all([
      client.notp.signUp(PHONE),
      client.notp.signIn(PHONE),
      client.notp.signUpOrIn(''),
      client.notp.updateUser({ loginId: PHONE }, 'r.r.r'),
      client.notp.waitForSession('ref-1'),
    ])
    for (const { errorCode } of responses) expect(errorCode).toBe('invalid_configuration')
    expect(received).toHaveLength(0)
  })
})
