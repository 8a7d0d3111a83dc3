// @vitest-environment node
import { request } from 'node:http'
import { createEmulator, type Listening, listen } from 'authsignal-channels/emulator'
import { afterEach, expect, test } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'

const PROTOCOLS = ['authsignal-ws', 'x.authsignal.tenant.demo-tenant']
const CREATE = JSON.stringify({
  type: 'CREATE_CHALLENGE',
  data: { challengeType: 'QR_CODE', actionCode: 'signIn' },
})

const open: Listening[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()))
})

async function started() {
  const emulator = createEmulator()
  const listening = await listen(emulator, { port: 0 })
  open.push(listening)
  return { emulator, ...listening }
}

/** A WebSocket, what arrived over it, and how it closed. */
function dial(port: number, options: ClientOptions = {}, path = '/ws-v1-challenge') {
  const socket = new WebSocket(`ws://localhost:${port}${path}`, PROTOCOLS, options)
  // biome-ignore lint/suspicious/noExplicitAny: messages are checked field by field
  const received: any[] = []
  socket.on('message', data => received.push(JSON.parse(data.toString())))
  const ended = new Promise<number | string>(resolve => {
    socket.on('close', code => resolve(code))
    socket.on('unexpected-response', (_, response) => {
      resolve(`${response.statusCode} ${response.headers['content-type']}`)
      socket.terminate()
    })
    socket.on('error', () => {})
  })
  const opened = new Promise(resolve => socket.on('open', resolve))
  return { socket, received, ended, opened }
}

const until = (isSo: () => boolean) => expect.poll(isSo, { interval: 5, timeout: 10_000 }).toBe(true)

test.each(['/ws-v1-challenge', '/api-ws/ws-v1-challenge'])(
  'listen() serves %s: the phone claims and approves, the browser gets the result',
  async path => {
    const { port, url } = await started()
    const { socket, received, opened } = dial(port, {}, path)
    await opened
    expect(socket.protocol).toBe('authsignal-ws')
    socket.send(CREATE)
    await until(() => received.length === 1)
    const { challengeId } = received[0].data
    for (const [step, body] of [
      ['claim', { challengeId, userId: 'jane' }],
      ['respond', { challengeId, approved: true }],
    ] as const)
      await fetch(`${url}/emulator/qr/${step}`, { method: 'POST', body: JSON.stringify(body) })
    await until(() => received.length === 3)
    expect(received.slice(1).map(({ data }) => data.state)).toEqual(['claimed', 'approved'])
    const claims = JSON.parse(atob(received[2].data.accessToken.split('.')[1]))
    expect(claims).toMatchObject({ iss: `${url}/v1`, sub: 'jane' })
  },
)

test('garbage closes the connection with the code of the contract', async () => {
  const { port } = await started()
  for (const data of ['garbage', Buffer.from(CREATE)]) {
    const { socket, opened, ended } = dial(port)
    await opened
    socket.send(data)
    expect(await ended).toBe(4400)
  }
})

test('a message that is too large closes the connection', async () => {
  const { port } = await started()
  const { socket, opened, ended } = dial(port)
  await opened
  socket.send('x'.repeat(70_000))
  expect(await ended).toBe(1009)
})

test('a foreign Host is refused, as DNS rebinding would send it, and so is another path', async () => {
  const { port } = await started()
  const rebound = dial(port, { headers: { Host: 'evil.example' } })
  expect(await rebound.ended).toBe('403 application/json')
  expect(await dial(port, {}, '/other').ended).toBe('501 application/json')
})

test('a handshake that is none is refused and leaves the emulator running', async () => {
  const { port, url } = await started()
  const status = await new Promise(resolve => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Protocol': PROTOCOLS.join(', '),
    }
    request({ port, host: '127.0.0.1', path: '/ws-v1-challenge', headers }, response => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })
  expect(status).toBe(400)
  expect((await fetch(`${url}/emulator/health`)).status).toBe(200)
})

test('close() ends every connection', async () => {
  const { port, close } = await started()
  const { opened, ended } = dial(port)
  await opened
  await close()
  expect(await ended).toBe(1006)
})

test('an app that wraps the emulator passes WebSockets on, or refuses them', async () => {
  const emulator = createEmulator()
  const wrapped = await listen({ fetch: emulator.fetch, connect: emulator.connect }, { port: 0 })
  const without = await listen({ fetch: emulator.fetch }, { port: 0 })
  open.push(wrapped, without)
  const { opened, socket } = dial(wrapped.port)
  await opened
  socket.close()
  expect(await dial(without.port).ended).toBe('501 application/json')
})
