/** QR codes over real WebSockets, against a server that does what the test says. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket as Peer, WebSocket, WebSocketServer } from 'ws'
import { type QrCodeInput, qrCode } from '../../src/client/channels/qr-code/index.js'
import { socketUrl } from '../../src/client/channels/qr-code/socket.js'
import { type ChannelContext, createClient } from '../../src/client/index.js'

interface Message {
  readonly type: string
  readonly data: Record<string, unknown>
}

/** A service with both ways to a QR code. */
async function serve(onSocket: (peer: Peer, number: number) => void) {
  const requests: { path: string; authorization: string | undefined; body: Record<string, unknown> }[] = []
  const responses: Record<string, () => object> = {
    '/v1/client/challenge/qr-code': () => ({ challengeId: 'rest', deviceCode: 'd1', expiresAt: SOON }),
    '/v1/client/verify/qr-code': () => ({ isClaimed: false, isConsumed: false, isVerified: false }),
  }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', part => {
      text += part
    })
    request.on('end', () => {
      requests.push({
        path: request.url!,
        authorization: request.headers.authorization,
        body: JSON.parse(text || '{}'),
      })
      const body = responses[request.url!]?.()
      response.writeHead(body ? 200 : 404).end(JSON.stringify(body ?? { error: 'not_found' }))
    })
  })
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'authsignal-ws' })
  const protocols: (string | undefined)[] = []
  const received: Message[] = []
  sockets.on('connection', (peer, request) => {
    protocols.push(request.headers['sec-websocket-protocol'])
    peer.on('message', data => received.push(JSON.parse(String(data))))
    onSocket(peer, protocols.length)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    responses,
    protocols,
    received,
    connected: () => sockets.clients.size,
    close() {
      for (const peer of sockets.clients) peer.terminate()
      server.closeAllConnections()
      return new Promise(resolve => server.close(resolve))
    },
  }
}

const SOON = '2030-01-31T09:10:00.000Z'
const created = (challengeId: string) =>
  JSON.stringify({
    type: 'CHALLENGE_CREATED',
    data: { challengeId, challengeType: 'QR_CODE', expiresAt: SOON, state: 'unclaimed' },
  })
const changed = (challengeId: string, state: string, accessToken?: string) =>
  JSON.stringify({ type: 'STATE_CHANGE', data: { challengeId, state, accessToken } })

/** Responds to each request for a code with the next one: c1, c2, ... */
function codes() {
  let count = 0
  let latest: Peer | undefined
  return {
    /** The connection that is open. */
    peer: () => latest!,
    onSocket(peer: Peer) {
      latest = peer
      peer.on('message', () => peer.send(created(`c${++count}`)))
    },
  }
}

/** As a browser has it: a failed connection closes, and throws nothing. */
class QuietWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols)
    this.on('error', () => {})
  }
}

let service: Awaited<ReturnType<typeof serve>>
let end: () => void

beforeEach(() => {
  vi.stubGlobal('WebSocket', QuietWebSocket)
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  end?.()
  await service.close()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function start(
  input: Partial<QrCodeInput> = {},
  { token, timeout = 10_000 }: { token?: string; timeout?: number } = {},
) {
  const news: unknown[][] = []
  const client = createClient({
    tenantId: 'acme',
    baseUrl: service.baseUrl,
    timeout,
    channels: { qrCode, peek: (context: ChannelContext) => ({ token: () => context.token }) },
  })
  if (token) client.setToken(token)
  end = client.qrCode.disconnect
  const first = client.qrCode.challenge({
    action: 'pay',
    onStateChange: (...change) => news.push(change),
    onRefresh: (...code) => news.push(['refresh', ...code]),
    onError: ({ errorCode }) => news.push(['error', errorCode]),
    ...input,
  })
  return { client, first, news }
}

const until = (condition: () => unknown) =>
  vi.waitFor(() => expect(condition()).toBeTruthy(), { timeout: 10_000 })

describe('over a WebSocket', () => {
  test.each([
    [undefined, 'authsignal-ws,x.authsignal.tenant.acme'],
    ['track-token', 'authsignal-ws,x.authsignal.token.track-token'],
  ])('with the token %s, the protocols are %s', async (token, protocols) => {
    service = await serve(codes().onSocket)
    const { first } = start({ custom: { amount: 5 } }, token ? { token } : {})
    expect(await first).toMatchObject({ challengeId: 'c1', expiresAt: SOON })
    expect(service.protocols).toEqual([protocols])
    expect(service.received).toEqual([
      {
        type: 'CREATE_CHALLENGE',
        data: { challengeType: 'QR_CODE', actionCode: 'pay', custom: { amount: 5 } },
      },
    ])
  })

  test('each change is reported once, and the token is the client’s', async () => {
    service = await serve(peer =>
      peer.on('message', () => {
        for (const message of [
          created('c1'),
          changed('c1', 'claimed'),
          changed('c1', 'claimed'),
          changed('c1', 'approved', 't2'),
          changed('c1', 'rejected'),
        ])
          peer.send(message)
      }),
    )
    const { client, first, news } = start({}, { token: 't1' })
    await first
    await until(() => news.length === 2)
    expect(news).toEqual([
      ['claimed', undefined],
      ['approved', 't2'],
    ])
    expect(client.peek.token()).toBe('t2')
    await until(() => service.connected() === 0)
  })

  test('a token that was set meanwhile is kept', async () => {
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    const { client, first, news } = start({}, { token: 't1' })
    await first
    client.setToken('newer')
    peer().send(changed('c1', 'approved', 't2'))
    await until(() => news.length === 1)
    expect(news).toEqual([['approved', 't2']])
    expect(client.peek.token()).toBe('newer')
  })

  test('garbage, and messages about unknown codes, are ignored', async () => {
    service = await serve(peer =>
      peer.on('message', () => {
        for (const message of [
          '',
          'null',
          '[]',
          '{',
          '{"type":"CHALLENGE_CREATED"}',
          created('c1'),
          changed('other', 'approved', 'x'),
          changed('c1', 'toString'),
          changed('c1', 'rejected'),
        ])
          peer.send(message)
      }),
    )
    const { first, news } = start()
    expect(await first).toMatchObject({ challengeId: 'c1' })
    await until(() => news.length === 1)
    expect(news).toEqual([['rejected', undefined]])
  })

  test('a code is replaced before its time is up, and the earlier one still counts', async () => {
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    const { news, first } = start({ refreshInterval: 20 })
    await first
    await until(() => news.length >= 2)
    expect(news.slice(0, 2)).toEqual([
      ['refresh', 'c2', SOON],
      ['refresh', 'c3', SOON],
    ])
    peer().send(changed('c2', 'approved', 't2'))
    await until(() => news.some(([state]) => state === 'approved'))
  })

  test('a broken connection is replaced, with another code', async () => {
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    const { news, first } = start()
    await first
    peer().send(changed('c1', 'claimed'))
    await until(() => news.length === 1)
    peer().terminate()
    await until(() => news.length === 3)
    expect(news).toEqual([
      ['claimed', undefined],
      ['unclaimed', undefined],
      ['refresh', 'c2', SOON],
    ])
    peer().send(changed('c2', 'rejected'))
    await until(() => news.length === 4)
  })

  test('disconnect() ends everything, at any moment', async () => {
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    const { client, first, news } = start()
    await first
    client.qrCode.disconnect()
    peer().send(changed('c1', 'approved', 't2'))
    await until(() => service.connected() === 0)
    expect(news).toEqual([])
  })

  test('disconnect() before the code arrives resolves aborted', async () => {
    service = await serve(() => {})
    const { client, first } = start()
    client.qrCode.disconnect()
    expect(await first).toMatchObject({ errorCode: 'aborted' })
  })

  test('a signal is a disconnect()', async () => {
    service = await serve(codes().onSocket)
    const controller = new AbortController()
    const { first } = start({ signal: controller.signal })
    await first
    controller.abort()
    await until(() => service.connected() === 0)
  })

  test('a second challenge() ends the first', async () => {
    service = await serve(codes().onSocket)
    const { client, first, news } = start()
    await first
    await client.qrCode.challenge({ action: 'other', onStateChange: () => {} })
    await until(() => service.connected() === 1)
    expect(news).toEqual([])
  })
})

describe('where a WebSocket cannot connect', () => {
  test.each([
    ['it is closed before the code is there', (peer: Peer) => peer.close()],
    ['it closes instead of responding', (peer: Peer) => peer.on('message', () => peer.close(4401))],
    ['there is no response in time', () => {}],
  ])('the client polls the API instead: %s', async (_, onSocket) => {
    service = await serve(onSocket)
    const { first, news } = start({ pollInterval: 10 }, { timeout: 300 })
    expect(await first).toMatchObject({ challengeId: 'rest', deviceCode: 'd1' })
    service.responses['/v1/client/verify/qr-code'] = () => ({
      isClaimed: true,
      isConsumed: true,
      isVerified: false,
    })
    await until(() => news.length === 1)
    expect(news).toEqual([['rejected', undefined]])
  })

  test('the client polls the API instead: the connection is refused', async () => {
    service = await serve(() => {})
    const { first } = start({ webSocketUrl: 'ws://127.0.0.1:1/' })
    expect(await first).toMatchObject({ challengeId: 'rest' })
  })

  test('the client polls the API instead: there are no WebSockets', async () => {
    service = await serve(() => {})
    vi.stubGlobal('WebSocket', undefined)
    expect(await start().first).toMatchObject({ challengeId: 'rest' })
  })

  test('the failure of the API is the result when neither works', async () => {
    service = await serve(peer => peer.close())
    delete service.responses['/v1/client/challenge/qr-code']
    expect(await start().first).toMatchObject({ errorCode: 'not_found' })
  })
})

describe('by polling', () => {
  const poll = { polling: true, pollInterval: 10 }

  test('each change is reported once, and the token is the client’s', async () => {
    service = await serve(() => {})
    let polls = 0
    service.responses['/v1/client/verify/qr-code'] = () => {
      const isConsumed = ++polls === 5
      return {
        isClaimed: polls > 1,
        isConsumed,
        isVerified: isConsumed,
        ...(isConsumed && { accessToken: 't2' }),
      }
    }
    const { client, first, news } = start({ ...poll, custom: { amount: 5 } }, { token: 't1' })
    expect(await first).toMatchObject({ challengeId: 'rest', deviceCode: 'd1', expiresAt: SOON })
    await until(() => news.length === 2)
    expect(news).toEqual([
      ['claimed', undefined],
      ['approved', 't2'],
    ])
    expect(client.peek.token()).toBe('t2')
    expect(service.requests[0]).toEqual({
      path: '/v1/client/challenge/qr-code',
      authorization: 'Bearer t1',
      body: { action: 'pay', custom: { amount: 5 } },
    })
    expect(service.requests[1]).toEqual({
      path: '/v1/client/verify/qr-code',
      authorization: `Basic ${btoa('acme')}`,
      body: { challengeId: 'rest', deviceCode: 'd1' },
    })
    expect(service.protocols).toEqual([])
  })

  test('a code is replaced only when the app can draw another one', async () => {
    service = await serve(() => {})
    const { first } = start({ ...poll, refreshInterval: 5, onRefresh: undefined })
    await first
    await until(() => service.requests.length > 5)
    expect(service.requests.filter(({ path }) => path.includes('challenge'))).toHaveLength(1)
  })

  test('a code that can no longer be followed is reported', async () => {
    service = await serve(() => {})
    const { first, news } = start(poll)
    await first
    delete service.responses['/v1/client/verify/qr-code']
    await until(() => news.length === 1)
    expect(news).toEqual([['error', 'not_found']])
  })
})

test.each([
  ['https://api.authsignal.com/v1', 'wss://api-ws.authsignal.com/ws-v1-challenge'],
  ['https://au.api.authsignal.com/v1', 'wss://au.api-ws.authsignal.com/ws-v1-challenge'],
  ['http://localhost:4010/v1', 'ws://localhost:4010/ws-v1-challenge'],
  ['http://localhost:8080/api/v1', 'ws://localhost:8080/api-ws/ws-v1-challenge'],
  ['https://api.example.com/api/v1', 'wss://api-ws.example.com/api/ws-v1-challenge'],
  ['https://rapid.example.com/v1', 'wss://rapid.example.com/ws-v1-challenge'],
  ['https://eu.rapid-api.example.com/v1', 'wss://eu.rapid-api.example.com/ws-v1-challenge'],
  ['https://v1.example.com/v1', 'wss://v1.example.com/ws-v1-challenge'],
  ['https://auth.example.com/capital/v10/v1', 'wss://auth.example.com/capital/v10/ws-v1-challenge'],
  ['https://http.api.example.com/v1', 'wss://http.api-ws.example.com/ws-v1-challenge'],
])('the WebSocket of %s is %s', (baseUrl, url) => {
  expect(socketUrl(baseUrl)).toBe(url)
})

test.each<[string, object]>([
  ['"action"', { action: 5 }],
  ['"onStateChange"', { onStateChange: undefined }],
  ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5'].flatMap((time): [string, object][] => [
    ['"pollInterval"', { pollInterval: time }],
    ['"refreshInterval"', { refreshInterval: time }],
  ]),
])('a wrong %s rejects and is named', async (name, input) => {
  service = await serve(() => {})
  await expect(start(input as never).first).rejects.toThrow(name)
  expect(service.protocols).toEqual([])
})

test('a refreshInterval that no timer holds replaces no code', async () => {
  const { peer, onSocket } = codes()
  service = await serve(onSocket)
  const { first, news } = start({ refreshInterval: 2 ** 40 })
  await first
  peer().send(changed('c1', 'claimed'))
  await until(() => news.length === 1)
  expect(service.received).toHaveLength(1)
})

describe.each([false, true])('refresh(), with polling: %s,', polling => {
  const options = { polling, pollInterval: 10 }

  /** Each code is another one, over the socket and over the API. */
  async function serveCodes() {
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    let count = 0
    service.responses['/v1/client/challenge/qr-code'] = () => ({
      challengeId: `c${++count}`,
      deviceCode: 'd',
      expiresAt: SOON,
    })
    return { peer }
  }
  const refreshes = (news: unknown[][]) => news.filter(([kind]) => kind === 'refresh').map(([, id]) => id)
  const problems = (news: unknown[][]) => news.filter(([kind]) => kind === 'error')

  test('called twice at once replaces the code, and ends nothing', async () => {
    await serveCodes()
    const { client, first, news } = start(options)
    await first
    await Promise.all([client.qrCode.refresh(), client.qrCode.refresh()])
    expect(refreshes(news)).toEqual(['c2'])
    await client.qrCode.refresh()
    expect(refreshes(news)).toEqual(['c2', 'c3'])
    expect(problems(news)).toEqual([])
  })

  test('while another code is being created is followed by one more, with the latest data', async () => {
    await serveCodes()
    const { client, first, news } = start(options)
    await first
    const one = client.qrCode.refresh({ custom: { till: 1 } })
    await Promise.resolve()
    await Promise.resolve()
    const two = client.qrCode.refresh({ custom: { till: 2 } })
    await Promise.all([one, two])
    const sent = polling
      ? service.requests
          .filter(({ path }) => path.endsWith('/challenge/qr-code'))
          .map(({ body }) => body.custom)
      : service.received.map(({ data }) => data.custom)
    expect(sent.at(-1)).toEqual({ till: 2 })
    expect(problems(news)).toEqual([])
  })

  test('before the first code is there does not end the session', async () => {
    await serveCodes()
    const { client, first, news } = start(options)
    const refreshed = client.qrCode.refresh()
    expect(await first).toMatchObject({ challengeId: 'c1' })
    await refreshed
    expect(news).toEqual([['refresh', 'c2', SOON]])
  })

  test('resolves when the challenge is ended', async () => {
    await serveCodes()
    const { client, first, news } = start(options)
    await first
    const refreshed = client.qrCode.refresh()
    client.qrCode.disconnect()
    await refreshed
    await client.qrCode.refresh()
    expect(news).toEqual([])
  })

  test('leads to a code that is followed', async () => {
    const { peer } = await serveCodes()
    const { client, first, news } = start(options)
    await first
    await client.qrCode.refresh()
    const decided = { isClaimed: true, isConsumed: true, isVerified: false }
    service.responses['/v1/client/verify/qr-code'] = () => decided
    if (!polling) peer().send(changed('c2', 'rejected'))
    await until(() => news.length === 2)
    expect(news.at(-1)).toEqual(['rejected', undefined])
  })
})

test('refresh() during a reconnect does not end the session', async () => {
  const { peer, onSocket } = codes()
  service = await serve(onSocket)
  const { client, first, news } = start()
  await first
  peer().terminate()
  await until(() => service.connected() === 0)
  await client.qrCode.refresh()
  await client.qrCode.refresh()
  expect(news.every(([kind]) => kind === 'refresh')).toBe(true)
  peer().send(changed(String(news.at(-1)?.[1]), 'approved', 't2'))
  await until(() => news.some(([state]) => state === 'approved'))
})

test('a code by polling that cannot be replaced for a while is followed all the same', async () => {
  service = await serve(() => {})
  const create = service.responses['/v1/client/challenge/qr-code']!
  const { client, first, news } = start({ polling: true, pollInterval: 10 })
  await first
  service.responses['/v1/client/challenge/qr-code'] = () => {
    service.responses['/v1/client/challenge/qr-code'] = create
    return [] // not what was expected
  }
  await client.qrCode.refresh()
  expect(news).toEqual([['refresh', 'rest', SOON]])
})

describe('a callback that throws', () => {
  const problem = new Error('a mistake of the app')
  const fail = () => {
    throw problem
  }
  const reported = vi.fn()
  beforeEach(() => {
    reported.mockClear()
    vi.stubGlobal('reportError', reported)
  })

  test('is reported and changes nothing else', async () => {
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    const { client, first } = start({ onStateChange: fail, onRefresh: fail }, { token: 't1' })
    await first
    await client.qrCode.refresh()
    peer().send(changed('c2', 'claimed'))
    peer().send(changed('c2', 'approved', 't2'))
    await until(() => reported.mock.calls.length === 3)
    expect(reported.mock.calls).toEqual([[problem], [problem], [problem]])
    expect(client.peek.token()).toBe('t2')
    await until(() => service.connected() === 0)
  })

  test('is reported by polling, too', async () => {
    service = await serve(() => {})
    let polls = 0
    service.responses['/v1/client/verify/qr-code'] = () => {
      const isConsumed = ++polls === 3
      return { isClaimed: true, isConsumed, isVerified: isConsumed }
    }
    const { first } = start({ polling: true, pollInterval: 10, onStateChange: fail })
    await first
    await until(() => reported.mock.calls.length === 2)
    expect(polls).toBe(3)
  })

  test('is reported when it is onError', async () => {
    service = await serve(() => {})
    const { first } = start({ polling: true, pollInterval: 10, onError: fail })
    await first
    delete service.responses['/v1/client/verify/qr-code']
    await until(() => reported.mock.calls.length === 1)
  })

  test('is written to the console where there is no reportError', async () => {
    vi.stubGlobal('reportError', undefined)
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { peer, onSocket } = codes()
    service = await serve(onSocket)
    const { first } = start({ onStateChange: fail })
    await first
    peer().send(changed('c1', 'rejected'))
    await until(() => error.mock.calls.length === 1)
    expect(error).toHaveBeenCalledWith(problem)
  })
})

test('refresh() before the first challenge() rejects', async () => {
  service = await serve(() => {})
  const client = createClient({ tenantId: 'acme', channels: { qrCode } })
  await expect(client.qrCode.refresh()).rejects.toThrow('challenge() must be called before refresh()')
})
