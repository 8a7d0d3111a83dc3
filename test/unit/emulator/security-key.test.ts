// @vitest-environment node
import { expect, test } from 'vitest'
import { type Behaviour, register, sign } from '../../support/software-authenticator.js'
import { createHarness, type Harness } from './harness.js'

const KEY = '/user-authenticators/security-key'

/** A key that checks no PIN or fingerprint, as the older ones do not. */
const PLAIN: Behaviour = { isUserVerified: false }

async function enrol({ client }: Harness, token: string) {
  const options = (await client(token, `${KEY}/registration-options`, { body: {} })).body
  const { key, response } = await register(options, PLAIN)
  return { key, options, ...(await client(token, KEY, { body: response })) }
}

async function withKey() {
  const harness = createHarness()
  const { token } = await harness.track('jane')
  const { key, body, options } = await enrol(harness, token)
  return { ...harness, key, options, registered: body, enrolToken: token, ...(await harness.track('jane')) }
}

async function verify({ client }: Harness, token: string, key: Awaited<ReturnType<typeof enrol>>['key']) {
  const options = (await client(token, `${KEY}/authentication-options`, { body: {} })).body
  return {
    options,
    ...(await client(token, '/verify/security-key', { body: await sign(key, options, PLAIN) })),
  }
}

test('a key is enrolled; the options and the credential are the whole body', async () => {
  const { registered, options, validate, enrolToken, server, key } = await withKey()
  expect(options).toMatchObject({
    rp: { id: 'localhost' },
    authenticatorSelection: {
      authenticatorAttachment: 'cross-platform',
      residentKey: 'discouraged',
      userVerification: 'discouraged',
    },
  })
  expect(registered).toMatchObject({
    isVerified: true,
    accessToken: expect.any(String),
    userId: 'jane',
    userAuthenticator: {
      userAuthenticatorId: registered.userAuthenticatorId,
      verificationMethod: 'SECURITY_KEY',
      webauthnCredential: { credentialId: key.id, name: 'Unknown' },
    },
  })
  expect(registered.userAuthenticator).not.toHaveProperty('username')
  expect(await validate(enrolToken)).toMatchObject({ isValid: true, verificationMethod: 'SECURITY_KEY' })
  expect((await server('/users/jane')).body.enrolledVerificationMethods).toEqual(['SECURITY_KEY'])
})

test('a key completes the action of the token', async () => {
  const harness = await withKey()
  const { token, key, validate } = harness
  const { options, body } = await verify(harness, token, key)
  expect(options).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id: key.id, type: 'public-key' }] })
  expect(options).not.toHaveProperty('challengeId')
  expect(body).toEqual({ isVerified: true, accessToken: expect.any(String) })
  expect((await validate(token)).isValid).toBe(true)
})

test('a further key needs the scope', async () => {
  const { client, token } = await withKey()
  expect((await client(token, `${KEY}/registration-options`)).status).toBe(403)
})

test('a key is no passkey, and cannot verify as one', async () => {
  const { client, call, token, key } = await withKey()
  const headers = { Authorization: `Basic ${btoa('demo-tenant')}` }
  const path = '/v1/client/user-authenticators/passkey'
  const { options } = (await call(`${path}/authentication-options`, { method: 'POST', headers })).body
  const authenticationCredential = await sign(key, options)
  const result = await call('/v1/client/verify/passkey', { headers, body: { authenticationCredential } })
  expect(result.body.errorCode).toBe('unknown_credential')
  expect((await call(`${path}?credentialId=${key.id}`, { headers })).status).toBe(404)
  const forPasskey = (await client(token, '/user-authenticators/passkey/authentication-options')).body.options
  expect(forPasskey.allowCredentials).toEqual([])
  const crossed = await client(token, '/verify/security-key', { body: await sign(key, forPasskey) })
  expect(crossed.body.errorCode).toBe('invalid_credential')
})

test('the key of another user, an unknown key and a copied one are refused', async () => {
  const harness = await withKey()
  const john = await harness.track('john')
  const other = await enrol(harness, john.token)
  expect((await verify(harness, harness.token, other.key)).body.errorCode).toBe('invalid_credential')
  const stranger = await register({ rp: { id: 'localhost' }, user: {}, challenge: 'AAAA' })
  expect((await verify(harness, harness.token, stranger.key)).body.errorCode).toBe('unknown_credential')
  await verify(harness, harness.token, harness.key)
  const copied = { ...harness.key, counter: 0 }
  expect((await verify(harness, harness.token, copied)).body.errorCode).toBe('invalid_credential')
})
