// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { base32, totpCode } from '../../support/rfc-6238.js'
import { createHarness, EMAIL, type Harness, PHONE, wrong } from './harness.js'

/** A user who has scanned the secret, and the code their app shows `steps` steps from now. */
async function scanned(harness: Harness, scope?: string) {
  const { token } = await harness.track('jane', { scope })
  const { body, status } = await harness.client(token, '/user-authenticators/totp')
  const code = (steps = 0) => totpCode(base32(body.secret), harness.emulator.clock.now() + steps * 30_000)
  const verify = async (verificationCode: string, as = token) =>
    (await harness.client(as, '/verify/totp', { body: { verificationCode } })).body
  return { token, body, status, code, verify }
}

async function enrolled() {
  const harness = createHarness()
  const app = await scanned(harness)
  await app.verify(await app.code())
  harness.emulator.clock.advance(300)
  return { ...harness, ...app }
}

test('the second implementation computes the vectors of RFC 6238', async () => {
  const secret = new TextEncoder().encode('12345678901234567890')
  expect(await totpCode(secret, 59_000)).toBe('287082')
  expect(await totpCode(secret, 1_111_111_109_000)).toBe('081804')
  expect(await totpCode(secret, 20_000_000_000_000)).toBe('353130')
})

describe('enrolling', () => {
  test('returns the secret as text and as an address for a QR code', async () => {
    const harness = createHarness()
    await harness.server('/users/jane', { method: 'PATCH', body: { email: EMAIL } })
    const { body } = await scanned(harness)
    expect(body).toEqual({
      userAuthenticatorId: expect.any(String),
      userId: 'jane',
      uri: expect.any(String),
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
    })
    const uri = new URL(body.uri)
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/demo-tenant:jane(@|%40)example\.com\?/)
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'demo-tenant',
      secret: body.secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })

  test('counts once a code of the app was typed, and completes the action', async () => {
    const harness = createHarness()
    const { body, code, verify, token } = await scanned(harness)
    expect((await harness.server('/users/jane')).body.isEnrolled).toBe(false)
    expect(await verify(wrong(await code()))).toEqual({
      isVerified: false,
      failureReason: 'CODE_INVALID_OR_EXPIRED',
    })
    const { userAuthenticatorId } = body
    const verified = await verify(await code())
    expect(verified).toMatchObject({
      isVerified: true,
      accessToken: expect.any(String),
      userAuthenticator: { userAuthenticatorId, verificationMethod: 'AUTHENTICATOR_APP', isDefault: true },
    })
    expect(JSON.stringify(verified.userAuthenticator)).not.toContain(body.secret)
    expect(await harness.validate(token)).toMatchObject({
      isValid: true,
      verificationMethod: 'AUTHENTICATOR_APP',
    })
    expect((await harness.server('/users/jane')).body.enrolledVerificationMethods).toEqual([
      'AUTHENTICATOR_APP',
    ])
  })

  test('again before a code was typed starts over', async () => {
    const harness = createHarness()
    const first = await scanned(harness)
    const second = await scanned(harness)
    expect((await first.verify(await first.code())).isVerified).toBe(false)
    expect((await second.verify(await second.code())).isVerified).toBe(true)
  })

  test('a further one needs the scope to add, when it is begun and when it is completed', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    expect((await scanned(harness)).status).toBe(403)
    const { verify, code } = await scanned(harness, 'add:authenticators')
    const { token } = await harness.track('jane')
    expect((await verify(await code(), token)).isVerified).toBe(false)
    expect((await verify(await code())).isVerified).toBe(true)
  })
})

describe('stepping up', () => {
  test.each([-1, 0, 1])('accepts the code %i steps from now', async steps => {
    const { verify, code, validate, track } = await enrolled()
    const { token } = await track('jane')
    const verified = await verify(await code(steps), token)
    expect(verified).toEqual({ isVerified: true, accessToken: expect.any(String) })
    expect((await validate(token)).isValid).toBe(true)
  })

  test.each([-3, -2, 2, 3])('refuses the code %i steps from now', async steps => {
    const { verify, code } = await enrolled()
    expect((await verify(await code(steps))).isVerified).toBe(false)
  })

  test('follows the clock of the emulator', async () => {
    const { emulator, verify, code, track } = await enrolled()
    const early = await code()
    emulator.clock.advance(365 * 86_400)
    const { token } = await track('jane')
    expect((await verify(early, token)).isVerified).toBe(false)
    expect((await verify(await code(), token)).isVerified).toBe(true)
  })

  test('shows the code that the app has now, by that clock, and when the next one follows', async () => {
    const { emulator, call, code } = await enrolled()
    emulator.clock.advance(365 * 86_400 + 7)
    const [{ authenticators }] = (await call('/emulator/users')).body.users
    const shown = authenticators.find((each: { code?: string }) => each.code !== undefined)
    expect(shown.code).toBe(await code())
    const [now, next] = [emulator.clock.now(), Date.parse(shown.codeExpiresAt)]
    expect(next % 30_000).toBe(0)
    expect(next - now).toBeGreaterThan(0)
    expect(next - now).toBeLessThanOrEqual(30_000)
  })

  test('accepts the code of one step once, also of many at the same time', async () => {
    const { verify, code } = await enrolled()
    const same = await code()
    const responses = await Promise.all(Array.from({ length: 10 }, () => verify(same)))
    expect(responses.filter(({ isVerified }) => isVerified)).toHaveLength(1)
  })

  test('accepts the codes of different steps one after the other', async () => {
    const { verify, code } = await enrolled()
    for (const steps of [0, 1, -1]) expect((await verify(await code(steps))).isVerified).toBe(true)
  })

  test('the eleventh attempt in five minutes fails even with the right code', async () => {
    const { emulator, verify, code, track } = await enrolled()
    for (let i = 0; i < 10; i++) expect((await verify('none')).failureReason).toBe('CODE_INVALID_OR_EXPIRED')
    expect(await verify(await code())).toEqual({
      isVerified: false,
      failureReason: 'MAX_ATTEMPTS_EXCEEDED',
    })
    emulator.clock.advance(300)
    const { token } = await track('jane')
    expect((await verify(await code(), token)).isVerified).toBe(true)
  })

  test('needs the scope to read', async () => {
    const { verify, code, track } = await enrolled()
    const { token } = await track('jane', { scope: 'update:authenticators' })
    expect((await verify(await code(), token)).errorCode).toBe('forbidden')
  })

  test('a user without an app gets the same result as a wrong code', async () => {
    const harness = createHarness()
    await harness.enrol('john', PHONE)
    const { token } = await harness.track('john')
    const { verify, code } = await enrolled()
    const none = await harness.client(token, '/verify/totp', { body: { verificationCode: '123456' } })
    expect(none.body).toEqual(await verify(wrong(await code())))
  })

  test('the app of one user is not that of another', async () => {
    const { code, track, client } = await enrolled()
    const { token } = await track('john')
    const body = { verificationCode: await code() }
    expect((await client(token, '/verify/totp', { body })).body.isVerified).toBe(false)
  })
})

describe('enrolling from the backend', () => {
  const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const enrol = ({ server }: Harness, otpUri: unknown) =>
    server('/users/jane/authenticators', { body: { verificationMethod: 'AUTHENTICATOR_APP', otpUri } })

  test('takes over the secret of an app, and later another one in its place', async () => {
    const harness = createHarness()
    const { client, track, emulator } = harness
    const first = await enrol(harness, `otpauth://totp/Acme:jane?secret=${SECRET}`)
    expect(first.body.authenticator).toEqual({
      userId: 'jane',
      userAuthenticatorId: expect.any(String),
      verificationMethod: 'AUTHENTICATOR_APP',
      createdAt: expect.any(String),
      verifiedAt: expect.any(String),
      lastVerifiedAt: expect.any(String),
    })
    const second = await enrol(harness, `otpauth://totp/Acme:jane?secret=${SECRET.replace('J', 'K')}`)
    expect(second.body.authenticator.userAuthenticatorId).toBe(first.body.authenticator.userAuthenticatorId)

    const { token } = await track('jane')
    const verify = async (secret: string) => {
      const verificationCode = await totpCode(base32(secret), emulator.clock.now())
      return (await client(token, '/verify/totp', { body: { verificationCode } })).body.isVerified
    }
    expect(await verify(SECRET)).toBe(false)
    expect(await verify(SECRET.replace('J', 'K'))).toBe(true)
  })

  test.each([
    undefined,
    7,
    '',
    'https://example.com',
    `otpauth://hotp/Acme:jane?secret=${SECRET}&counter=0`,
    'otpauth://totp/Acme:jane',
    'otpauth://totp/Acme:jane?secret=JBSWY3DP',
    'otpauth://totp/Acme:jane?secret=not-base-32!',
    `otpauth://totp/Acme:jane?secret=${SECRET}&digits=300`,
    `otpauth://totp/Acme:jane?secret=${SECRET}&algorithm=MD5`,
    `otpauth://totp/%E0%A4%A?secret=${SECRET}`,
  ])('refuses the address %j and changes nothing', async otpUri => {
    const harness = createHarness()
    const { status, body } = await enrol(harness, otpUri)
    expect([status, body.errorCode]).toEqual([400, 'invalid_request'])
    expect(JSON.stringify(body)).not.toContain(SECRET)
    expect((await harness.server('/users')).body.users).toEqual([])
  })
})
