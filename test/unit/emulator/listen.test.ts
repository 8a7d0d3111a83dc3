// @vitest-environment node
import { get } from 'node:http'
import { connect } from 'node:net'
import { createEmulator, type Listening, type ListenOptions, listen } from 'authsignal-channels/emulator'
import { afterEach, expect, test } from 'vitest'

const open: Listening[] = []

async function started(options: ListenOptions = {}) {
  const emulator = createEmulator()
  const listening = await listen(emulator, { port: 0, ...options })
  open.push(listening)
  return { emulator, ...listening }
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()))
})

/** The status of a request that names another host than the one it goes to. */
const statusFor = (port: number, host: string, path = '/emulator/health') =>
  new Promise<number>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { Host: host } }, response => {
      response.resume()
      resolve(response.statusCode!)
    }).on('error', reject)
  })

test('listen() serves the emulator on every loopback name', async () => {
  const { url, port } = await started()
  expect(url).toBe(`http://localhost:${port}`)
  for (const origin of [url, `http://127.0.0.1:${port}`]) {
    const response = await fetch(`${origin}/emulator/health`)
    expect(await response.json()).toMatchObject({ ok: true })
    expect(response.headers.get('Content-Type')).toBe('application/json')
  }
})

test('the challenge page is on the origin that track was called on', async () => {
  const { port } = await started()
  const response = await fetch(`http://127.0.0.1:${port}/v1/users/jane/actions/pay`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('demo-secret:')}` },
  })
  const { url } = (await response.json()) as { url: string }
  expect(url.startsWith(`http://127.0.0.1:${port}/challenge?token=`)).toBe(true)
})

test('listen() serves anything that has a fetch', async () => {
  const listening = await listen({ fetch: ({ url }) => new Response(new URL(url).pathname) }, { port: 0 })
  open.push(listening)
  expect(await (await fetch(`${listening.url}/app`)).text()).toBe('/app')
})

test('what a server throws stays private', async () => {
  const failing = { fetch: () => Promise.reject(new Error('a secret')) }
  const listening = await listen(failing, { port: 0 })
  open.push(listening)
  const response = await fetch(listening.url)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
})

test('a foreign Host header is refused, as DNS rebinding would send it', async () => {
  const { port } = await started()
  for (const host of ['evil.example', `evil.example:${port}`, '192.168.1.2', 'localhost.evil.example'])
    for (const path of ['/emulator/health', '/v1/users/jane', '/challenge'])
      expect(await statusFor(port, host, path)).toBe(403)
  for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]'])
    expect(await statusFor(port, host)).toBe(200)
})

/** The status line's number for a request that is written by hand. */
const statusOf = (port: number, ...lines: readonly string[]) =>
  new Promise<number>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write([...lines, '', ''].join('\r\n')))
    socket.once('data', data => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]))
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed without a response')))
  })

const HANDSHAKE = [
  ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  ...['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: authsignal-ws'],
]

test('only the Host header decides the host, not the address that a proxy writes', async () => {
  const { port } = await started()
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost@evil.example',
    'localhost, evil.example',
  ])
    for (const target of [`http://localhost:${port}`, `http://127.0.0.1:${port}`]) {
      for (const path of ['/emulator/health', '/v1/users/jane', '/challenge'])
        expect(await statusOf(port, `GET ${target}${path} HTTP/1.1`, `Host: ${host}`)).toBe(403)
      const handshake = [`GET ${target}/ws-v1-challenge HTTP/1.1`, `Host: ${host}`, ...HANDSHAKE]
      expect(await statusOf(port, ...handshake)).toBe(403)
    }
  for (const target of ['', `http://dev.example:${port}`, 'https://dev.example'])
    for (const host of ['localhost', `LOCALHOST:${port}`, '127.0.0.1', `[::1]:${port}`]) {
      expect(await statusOf(port, `GET ${target}/emulator/health HTTP/1.1`, `Host: ${host}`)).toBe(200)
      const handshake = [`GET ${target}//ws-v1-challenge HTTP/1.1`, `Host: ${host}`, ...HANDSHAKE]
      expect(await statusOf(port, ...handshake)).toBe(101)
    }
})

test('a page is of the own origin when the Host header says so', async () => {
  const { port } = await started()
  const health = (target: string, host: string, origin: string) =>
    statusOf(port, `GET ${target}/emulator/health HTTP/1.1`, `Host: ${host}`, `Origin: ${origin}`)
  const own = `http://localhost:${port}`
  expect(await health('', `localhost:${port}`, own)).toBe(200)
  expect(await health('http://evil.example', `localhost:${port}`, 'http://evil.example')).toBe(403)
  expect(await health(own, `localhost:${port}`, `http://127.0.0.1:${port}`)).toBe(403)
})

test('a malformed Host header is refused', async () => {
  const { port } = await started()
  expect(await statusFor(port, 'a b')).toBe(400)
})

test('a foreign Host header is accepted when an option allows it, except by the control routes', async () => {
  const { port } = await started({ host: '127.0.0.1', unsafeHost: true })
  expect(await statusFor(port, 'dev.example', '/v1/users/jane')).toBe(401)
  expect(await statusFor(port, 'dev.example')).toBe(403)
})

test('an address that others can reach is refused', async () => {
  const emulator = createEmulator()
  for (const host of ['0.0.0.0', '::', '192.168.1.2', 'example.com'])
    await expect(listen(emulator, { port: 0, host })).rejects.toThrow(/^"host" must be a loopback address/)
})

test.each([
  ['port', { port: -1 }],
  ['port', { port: 65_536 }],
  ['port', { port: 1.5 }],
  ['port', { port: '4010' }],
  ['host', { port: 0, host: '' }],
])('"%s" cannot be %j', async (name, options) => {
  const listening = listen(createEmulator(), options as ListenOptions)
  await expect(listening).rejects.toThrow(TypeError)
  await expect(listening).rejects.toThrow(`"${name}"`)
})

test('a port that is taken is one helpful sentence', async () => {
  const { port } = await started()
  const error = await listen(createEmulator(), { port }).catch(error => error)
  expect(error).toBeInstanceOf(Error)
  expect(error.code).toBe('EADDRINUSE')
  expect(error.message).toBe(`Port ${port} is in use; choose another one, or 0 for any that is free.`)
})

test('close() ends streams and long polls and frees the port', async () => {
  const { url, port, close } = await started()
  const stream = await fetch(`${url}/emulator/messages/stream`)
  const reading = stream.text().catch(() => 'ended')
  const waiting = fetch(`${url}/emulator/messages?wait=60000`).catch(() => 'ended')
  await fetch(`${url}/emulator/health`)
  await close()
  expect(await Promise.all([reading, waiting])).toEqual(['ended', 'ended'])
  await started({ port })
})

test('the hosted pages that were not built are a JSON sentence', async () => {
  const { url } = await started()
  const response = await fetch(`${url}/challenge?token=x`)
  expect(response.status).toBe(501)
  expect(await response.json()).toMatchObject({
    errorCode: 'emulator_not_implemented',
    errorDescription: 'The hosted pages have not been built; run the build first.',
  })
  expect((await fetch(`${url}/hosted-ui/..%2fnode.ts`)).status).toBe(501)
})
