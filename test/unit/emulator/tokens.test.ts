// @vitest-environment node
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createHarness, nextCode, ORIGIN, PHONE } from './harness.js'

const UNAUTHORIZED =
  'The request is unauthorized. Check that your API key and region base URL are correctly configured.'

describe('the client token', () => {
  test('names user, action, scope and issuer, and lives ten minutes', async () => {
    const { track } = createHarness()
    const { token, idempotencyKey } = await track('jane', { phoneNumber: PHONE })
    const claims = decodeJwt(token)
    expect(claims).toMatchObject({
      iss: `${ORIGIN}/v1`,
      sub: 'jane',
      scope: 'read:authenticators',
      other: { tenantId: 'demo-tenant', userId: 'jane', actionCode: 'pay', idempotencyKey },
    })
    expect(claims.exp! - claims.iat!).toBe(600)
    expect(JSON.stringify(claims)).not.toContain(PHONE)
  })

  test('is signed with RS256 by the key of the JWKS', async () => {
    const { track, call } = createHarness()
    const { token } = await track('jane')
    const { status, body } = await call('/v1/client/public/demo-tenant/.well-known/jwks')
    expect(status).toBe(200)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', kid: body.keys[0].kid })
    expect(Object.keys(body.keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    await expect(jwtVerify(token, createLocalJWKSet(body))).resolves.toBeDefined()
    expect((await call('/v1/client/public/other/.well-known/jwks')).status).toBe(404)
  })

  test('carries the scopes that track requested, as far as they exist', async () => {
    const { track } = createHarness()
    const { token } = await track('jane', { scope: 'update:authenticators nonsense add:authenticators' })
    expect(decodeJwt(token).scope).toBe('add:authenticators update:authenticators')
  })

  test('may manage authenticators after a completed challenge', async () => {
    const { track, enrol, client, emulator } = createHarness()
    await enrol('jane')
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    const verificationCode = await nextCode(emulator, PHONE)
    const { accessToken } = (await client(token, '/verify/sms', { body: { verificationCode } })).body
    expect(decodeJwt(accessToken).scope).toBe(
      'read:authenticators add:authenticators update:authenticators remove:authenticators',
    )
    for (const each of [token, accessToken])
      expect((await client(each, '/user-authenticators', { method: 'GET' })).status).toBe(200)
  })

  test('expires as configured, and never before', async () => {
    const { track, client, emulator } = createHarness({ tokenDurationInMinutes: 2 })
    const { token } = await track('jane')
    emulator.clock.advance(118)
    expect((await client(token, '/init')).status).toBe(200)
    emulator.clock.advance(2)
    expect(await client(token, '/init')).toMatchObject({ status: 401, body: { errorCode: 'expired_token' } })
  })

  test('ends with its user and with a reset, also when the same action is tracked again', async () => {
    const { track, client, server, emulator } = createHarness()
    for (const forget of [() => server('/users/jane', { method: 'DELETE' }), emulator.reset]) {
      const { token } = await track('jane', { idempotencyKey: 'key' })
      await forget()
      await track('jane', { idempotencyKey: 'key' })
      expect((await client(token, '/init')).body.errorCode).toBe('invalid_token')
    }
  })

  test('of another emulator is not accepted', async () => {
    const { token } = await createHarness().track('jane', { idempotencyKey: 'key' })
    const other = createHarness()
    await other.track('jane', { idempotencyKey: 'key' })
    expect((await other.client(token, '/init')).body.errorCode).toBe('invalid_token')
  })
})

describe('a forged token is refused', () => {
  const forgeries: Record<string, (token: string) => string | Promise<string>> = {
    'not a token': () => 'x.y.z',
    'without a signature': token => token.slice(0, token.lastIndexOf('.') + 1),
    'with other claims': token => {
      const [header, , signature] = token.split('.')
      return `${header}.${btoa(JSON.stringify({ ...decodeJwt(token), sub: 'john' }))}.${signature}`
    },
    'with the algorithm none': token => new UnsecuredJWT(decodeJwt(token)).encode(),
    'signed with the secret key': token =>
      new SignJWT(decodeJwt(token))
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode('demo-secret')),
  }
  test.each(Object.keys(forgeries))('%s', async kind => {
    const { track, client, validate } = createHarness()
    const { token } = await track('jane')
    const forged = await forgeries[kind]!(token)
    const { status, body } = await client(forged, '/init')
    expect([status, body.error, body.errorCode]).toEqual([401, 'invalid_token', 'invalid_token'])
    expect(await validate(forged)).toEqual({ isValid: false, error: 'Token is invalid or expired.' })
  })

  test('the access token of a session', async () => {
    const { track, enrol, client, server, emulator } = createHarness()
    await enrol('jane')
    const { token } = await track('jane')
    await client(token, '/challenge/sms')
    const verificationCode = await nextCode(emulator, PHONE)
    await client(token, '/verify/sms', { body: { verificationCode } })
    const session = (await server('/sessions', { body: { clientId: 'web', token } })).body
    expect((await client(session.accessToken, '/init')).body.errorCode).toBe('invalid_token')
    expect((await server('/sessions/validate', { body: { accessToken: token } })).status).toBe(401)
  })
})

describe('credentials', () => {
  const basic = (text: string) => `Basic ${btoa(text)}`

  test.each([
    undefined,
    'Bearer x',
    'Basic',
    'Basic !!!',
    basic('demo-secret'),
    basic('demo-secret:x'),
    basic('demo-secre:'),
    basic('demo-secret2:'),
    basic('DEMO-SECRET:'),
    basic('demo-tenant:'),
    basic(':'),
  ])('the Server API refuses %s', async authorization => {
    const { call } = createHarness()
    const headers: Record<string, string> = authorization ? { Authorization: authorization } : {}
    for (const response of [
      await call('/v1/users/jane', { headers }),
      await call('/v1/users/jane/actions/pay', { headers, body: {} }),
    ]) {
      expect(response.status).toBe(401)
      expect(response.body).toEqual({
        error: 'unauthorized',
        errorCode: 'unauthorized',
        errorDescription: UNAUTHORIZED,
      })
    }
  })

  test.each([undefined, basic('demo-tenant'), basic('demo-secret:'), 'Bearer', 'Bearer a b'])(
    'a client call for a known user refuses %s',
    async authorization => {
      const { call } = createHarness()
      const headers: Record<string, string> = authorization ? { Authorization: authorization } : {}
      const { status, body } = await call('/v1/client/challenge/sms', { method: 'POST', headers })
      expect([status, body.errorCode, body.errorDescription]).toEqual([401, 'unauthorized', UNAUTHORIZED])
    },
  )

  test('the scheme is read whatever its case', async () => {
    const { call } = createHarness()
    const headers = { Authorization: `basic ${btoa('demo-secret:')}` }
    expect((await call('/v1/users/jane', { headers })).status).toBe(200)
  })

  test('the configured secret key is the one that counts', async () => {
    const { server, call } = createHarness({ apiSecretKey: 'schlüssel' })
    const key = btoa(String.fromCharCode(...new TextEncoder().encode('schlüssel:')))
    expect((await call('/v1/users/jane', { headers: { Authorization: `Basic ${key}` } })).status).toBe(200)
    expect((await server('/users/jane', { headers: { Authorization: basic('demo-secret:') } })).status).toBe(
      401,
    )
  })
})
