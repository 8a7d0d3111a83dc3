// @vitest-environment node
import { createRequire } from 'node:module'
import jsQR from 'jsqr'
import { describe, expect, test } from 'vitest'
import { ORIGIN, PHONE } from './harness.js'
import { createNotpHarness, GONE, PROJECT, refusal } from './notp.js'

const APP = 'https://app.example.com'

/** A third-party PNG reader; it is a dependency of the library that finds the modules. */
const { PNG } = createRequire(import.meta.url)('pngjs')

describe('the picture', () => {
  test.each(['signup-in', 'signup'])('of %s is a PNG in bare base64 that a camera reads', async flow => {
    const { start } = createNotpHarness()
    const { redirectUrl, image } = (await start(flow)).body
    expect(image).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const { data, width, height } = PNG.sync.read(Buffer.from(image, 'base64'), { checkCRC: true })
    expect(width).toBe(height)
    expect(width).toBeGreaterThanOrEqual(256)
    expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(redirectUrl)
  })

  test('has the white margin that the standard wants', async () => {
    const { start } = createNotpHarness()
    const { data, width } = PNG.sync.read(Buffer.from((await start('signup-in')).body.image, 'base64'))
    const isWhite = (x: number, y: number) => data[(y * width + x) * 4] === 255
    for (let across = 0; across < width; across++)
      for (let depth = 0; depth < 32; depth++) {
        expect([isWhite(across, depth), isWhite(depth, across)]).toEqual([true, true])
        expect(isWhite(width - 1 - depth, across)).toBe(true)
      }
    expect(isWhite(32, 32)).toBe(false)
  })
})

describe('a call', () => {
  const paths = [
    '/notp/whatsapp/signup',
    '/notp/whatsapp/signin',
    '/notp/whatsapp/signup-in',
    '/notp/whatsapp/update',
    '/notp/pending-session',
    '/refresh',
    '/logout',
  ]

  test.each([
    ['no header', undefined, 'E011002'],
    ['no project', 'Bearer', 'E011002'],
    ['another scheme', `Basic ${PROJECT}`, 'E011002'],
    ['another project', 'Bearer P2another00000000000000000000', 'E011004'],
    ['a token only', 'Bearer :token', 'E011004'],
  ])('with %s is refused', async (_, Authorization, code) => {
    const { call } = createNotpHarness()
    const headers: Record<string, string> = Authorization === undefined ? {} : { Authorization }
    for (const path of paths) {
      const response = await call(`/v1/auth${path}`, { headers, body: {} })
      expect([path, refusal(response)]).toEqual([path, { status: 401, code }])
    }
    expect(refusal(await call('/v1/auth/me', { headers }))).toEqual({ status: 401, code })
  })

  test('may carry a management key behind the tokens', async () => {
    const { login, call } = createNotpHarness()
    const { refreshJwt } = await login('signup')
    const headers = { Authorization: `Bearer ${PROJECT}:${refreshJwt}:management-key` }
    expect((await call('/v1/auth/me', { headers })).status).toBe(200)
  })

  test('may carry the query that browsers add', async () => {
    const { login, descope } = createNotpHarness()
    const { refreshJwt } = await login('signup')
    expect((await descope('/refresh?dcs=f&dcr=t', { body: {} }, refreshJwt)).status).toBe(200)
  })

  test.each([
    ['signup', { loginId: 7 }, '"loginId"'],
    ['signup', { loginId: 'x'.repeat(257) }, '"loginId"'],
    ['signup', { user: { email: 'jane' } }, '"user"'],
    ['signup', { user: { phone: '021' } }, '"user"'],
    ['signin', { loginOptions: { customClaims: 'x' } }, '"loginOptions"'],
    ['signin', { loginOptions: { stepup: 'true' } }, '"loginOptions"'],
    ['signup-in', { loginOptions: { templateOptions: { a: 1 } } }, '"loginOptions"'],
    ['update', { phone: '021' }, '"phone"'],
    ['update', { addToLoginIDs: 1 }, '"addToLoginIDs"'],
  ])('%s with %j is refused', async (flow, body, field) => {
    const { start } = createNotpHarness()
    const { status, body: response } = await start(flow, body)
    expect([status, response]).toEqual([
      400,
      {
        errorCode: 'E011004',
        errorDescription: 'An argument is not valid',
        errorMessage: `${field} is not valid.`,
      },
    ])
  })

  test('may have null for what is not given, as SDKs in Go send it', async () => {
    const { start } = createNotpHarness()
    expect((await start('signup-in', { loginOptions: null, templates: null })).status).toBe(200)
  })

  test('for a session needs the reference, as text', async () => {
    const { descope } = createNotpHarness()
    const poll = (body: object) => descope('/notp/pending-session', { body })
    for (const body of [{}, { pendingRef: null }])
      expect(refusal(await poll(body))).toEqual({ status: 400, code: 'E011002' })
    for (const pendingRef of [7, ['x'], '', 'x']) expect(refusal(await poll({ pendingRef }))).toEqual(GONE)
  })

  test.each([
    ['POST', '/v1/auth/notp/telegram/signup'],
    ['POST', '/v1/auth/notp/whatsapp/verify'],
    ['GET', '/v1/auth/notp/whatsapp/signup'],
    ['GET', '/v1/auth/notp/pending-session'],
    ['POST', '/v1/auth/otp/signup/sms'],
    ['GET', '/v1/auth'],
    ['GET', '/v2/keys'],
    ['POST', `/v2/keys/${PROJECT}`],
    ['GET', '/v2/mgmt/user/search'],
  ])('of %s %s is not implemented, and says so in the form of this API', async (method, path) => {
    const { call } = createNotpHarness()
    const { status, body } = await call(path, { method })
    expect(status).toBe(501)
    expect(body).toEqual({
      errorCode: 'emulator_not_implemented',
      errorDescription: 'The emulator does not have this route.',
      errorMessage: 'The emulator does not have this route.',
    })
  })
})

test('the keys need no header, and are those of this project only', async () => {
  const { call } = createNotpHarness()
  expect((await call(`/v2/keys/${PROJECT}`)).body.keys).toHaveLength(1)
  expect(refusal(await call('/v2/keys/P2another00000000000000000000'))).toEqual({
    status: 401,
    code: 'E011004',
  })
})

test('an emulator has the configured project', async () => {
  const projectId = `Peuc1${'a'.repeat(27)}`
  const { emulator, call } = createNotpHarness({ projectId })
  const post = async (path: string, body: object) => {
    const headers = { Authorization: `Bearer ${projectId}` }
    return (await call(`/v1/auth/notp/${path}`, { headers, body })).body
  }
  const { pendingRef } = await post('whatsapp/signup-in', {})
  await call('/emulator/notp/approve', { body: { pendingRef, phone: PHONE } })
  const { sessionJwt } = await post('pending-session', { pendingRef })
  expect(JSON.parse(atob(sessionJwt.split('.')[1]))).toMatchObject({ iss: projectId })
  expect(emulator.config.projectId).toBe(projectId)
})

describe('pages', () => {
  const SENT =
    'authorization,content-type,x-descope-project-id,x-descope-sdk-name,x-descope-sdk-session-id,' +
    'x-descope-sdk-version,x-descope-refresh-cookie-name,x-descope-trusted-device-token'

  test('of any origin may call it with credentials and the headers of the SDK, and no others', async () => {
    const { call } = createNotpHarness()
    for (const path of ['/v1/auth/notp/whatsapp/signup', '/v1/auth/notp/pending-session', '/v1/auth/me']) {
      const { status, headers } = await call(path, {
        method: 'OPTIONS',
        headers: {
          Origin: APP,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': `${SENT},x-other`,
        },
      })
      expect(status).toBe(204)
      expect(Object.fromEntries(headers)).toMatchObject({
        'access-control-allow-origin': APP,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': expect.stringMatching(/GET.*POST/),
        'access-control-allow-headers': SENT.replaceAll(',', ', '),
        vary: 'Origin',
      })
    }
  })

  test('read responses and refusals, and when to try again', async () => {
    const { descope } = createNotpHarness()
    const headers = { Origin: APP }
    for (const [path, status] of [
      ['/notp/whatsapp/signup-in', 200],
      ['/notp/pending-session', 400],
      ['/refresh', 401],
      ['/nothing', 501],
    ] as const) {
      const response = await descope(path, { headers, body: {} })
      expect(response.status).toBe(status)
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(APP)
      expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
      expect(response.headers.get('Access-Control-Expose-Headers')).toBe('retry-after')
    }
  })

  test('of other origins cannot read them', async () => {
    const { descope } = createNotpHarness({ allowedOrigins: ['https://other.example'] })
    const { headers } = await descope('/notp/whatsapp/signup-in', { headers: { Origin: APP }, body: {} })
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  test('of other origins cannot be the phone', async () => {
    const { start, poll, call } = createNotpHarness()
    const { pendingRef } = (await start('signup-in')).body
    const body = { pendingRef, phone: PHONE }
    const { status } = await call('/emulator/notp/approve', { headers: { Origin: APP }, body })
    expect(status).toBe(403)
    expect(refusal(await poll(pendingRef)).code).toBe('E066103')
    const headers = { Origin: ORIGIN }
    expect((await call('/emulator/notp/approve', { headers, body })).status).toBe(200)
  })
})
