/** `listen()` where the test environment has replaced `Request` and `AbortController`: here happy-dom has. */
import { request } from 'node:http'
import { createEmulator, type Listening, listen } from 'authsignal-channels/emulator'
import { afterEach, beforeEach, expect, test } from 'vitest'

let server: Listening

beforeEach(async () => {
  server = await listen(createEmulator(), { port: 0 })
})
afterEach(() => server.close())

/** Not by `fetch`, which is that of the DOM here. */
const post = (path: string, body?: string) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const headers = { Authorization: `Basic ${btoa('demo-secret:')}`, 'Content-Type': 'application/json' }
    const sent = request(`${server.url}${path}`, { method: 'POST', headers }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', part => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    sent.on('error', reject).end(body)
  })

test('a request with a body is served', async () => {
  const { status, text } = await post('/v1/users/jane/actions/pay', '{"phoneNumber":"+64210000001"}')
  expect(status).toBe(200)
  expect(JSON.parse(text).token).toMatch(/^eyJ/)
})

test('a request without a body is served', async () => {
  expect((await post('/v1/users/jane/actions/pay')).status).toBe(200)
})

test('a body that is too large is refused', async () => {
  const { status } = await post('/v1/users/jane/actions/pay', JSON.stringify({ custom: 'x'.repeat(70_000) }))
  expect(status).toBe(413)
})
