// @vitest-environment node
import { expect, test } from 'vitest'
import { createHarness } from './harness.js'

const APP = 'https://app.example.com'

const preflight = (requested: string) => ({
  method: 'OPTIONS',
  headers: {
    Origin: APP,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': requested,
  },
})

test.each(['/challenge/sms', '/verify/passkey', '/user-authenticators', '/nothing'])(
  'the preflight of %s needs no token',
  async path => {
    const { call } = createHarness()
    const { status, headers, body } = await call(`/v1/client${path}`, preflight('authorization,content-type'))
    expect([status, body]).toEqual([204, undefined])
    expect(Object.fromEntries(headers)).toEqual({
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-expose-headers': 'retry-after',
      'access-control-max-age': '600',
      vary: 'Origin',
    })
  },
)

test('the headers of the mobile SDKs are allowed, others are not', async () => {
  const { call } = createHarness()
  const { headers } = await call('/v1/client/init', preflight('X-Authsignal-SDK, x-other'))
  expect(headers.get('Access-Control-Allow-Headers')).toBe('authorization, content-type, x-authsignal-sdk')
})

test('a response, error or not, is readable by the page and exposes Retry-After', async () => {
  const { client, track } = createHarness()
  const { token } = await track('jane')
  for (const path of ['/init', '/challenge/sms', '/nothing']) {
    const { headers } = await client(token, path, { headers: { Origin: APP } })
    expect(headers.get('Access-Control-Allow-Origin')).toBe(APP)
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(headers.get('Access-Control-Expose-Headers')).toBe('retry-after')
    expect(headers.get('Vary')).toBe('Origin')
  }
})

test('only the configured origins are allowed', async () => {
  const { call } = createHarness({ allowedOrigins: ['https://other.example/'] })
  const refused = await call('/v1/client/init', preflight('authorization'))
  expect(refused.headers.get('Access-Control-Allow-Origin')).toBeNull()
  expect(refused.headers.get('Vary')).toBe('Origin')
  const headers = { Origin: 'https://other.example' }
  const allowed = await call('/v1/client/init', { method: 'OPTIONS', headers })
  expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('https://other.example')
})

test('the Server API is for backends: no page may read it', async () => {
  const { server } = createHarness()
  const { headers } = await server('/users/jane', { headers: { Origin: APP } })
  expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
})
