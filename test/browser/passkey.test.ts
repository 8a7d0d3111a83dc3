/**
 * Passkeys in Chromium, with the authenticators that it makes up: every ceremony is a real one, its signature
 * is checked by the emulator, and the real server SDK validates the result.
 */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { plugIn } from '../support/authenticators.js'
import { PATIENCE } from '../support/patience.js'
import { call, ceremonies, test, testOfOtherDomain, thrownBy } from './passkey-page.js'

/** The passkeys that this browser remembers, by user. */
const knownHere = (page: Page) =>
  page.evaluate<Record<string, string[]>>(`JSON.parse(localStorage.getItem('as_user_passkey_map') ?? '{}')`)

describe('signUp()', () => {
  test('adds a passkey to the user who was tracked', async ({ page, authsignal, backend, shop }) => {
    const user = await authsignal.user('jane')
    const { userId } = user
    const device = await shop.open(page)
    await page.evaluate(`client.setToken('${await shop.track(user)}')`)

    const result = await page.evaluate<{
      token: string
      userAuthenticator: object
      registrationResponse: { id: string }
    }>(`client.passkey.signUp({ username: 'jo@example.com', displayName: 'Jo' })`)

    const credentialId = result.registrationResponse.id
    expect(await device.credentialIds()).toEqual([credentialId])
    expect(result.userAuthenticator).toMatchObject({
      verificationMethod: 'PASSKEY',
      username: 'jo@example.com',
      displayName: 'Jo',
      webauthnCredential: { credentialId },
    })
    await shop.expectValid(user, result.token, 'pay')
    expect(await backend.getAuthenticators({ userId })).toMatchObject([
      {
        userId,
        verificationMethod: 'PASSKEY',
        username: 'jo@example.com',
        webauthnCredential: {
          credentialId,
          name: 'Chromium virtual authenticator',
          aaguidMapping: { name: 'Chromium virtual authenticator' },
          authenticatorAttachment: 'platform',
          credentialDeviceType: 'singleDevice',
          parsedUserAgent: { engine: { name: 'Blink' } },
        },
      },
    ])
  })

  test('makes the client use the new token', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    await shop.signUp(page, user)

    // The token of track does not allow a second authenticator.
    expect(await page.evaluate('client.totp.enroll()')).toMatchObject({ userId: user.userId })
    await page.evaluate(`client.setToken('${await shop.track(user)}')`)
    expect(await call(page, 'client.totp.enroll()')).toMatchObject({ errorCode: 'forbidden' })
  })

  test('passes on which authenticators the browser should offer', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    const key = await plugIn(page, 'key')
    await page.evaluate(`client.setToken('${await shop.track(user)}')`)

    const result = await call(
      page,
      `client.passkey.signUp({ authenticatorAttachment: 'cross-platform', hints: ['security-key'] })`,
    )

    expect(result.isVerified).toBe(true)
    expect(await ceremonies(page)).toMatchObject([
      { method: 'create', hints: ['security-key'], attachment: 'cross-platform' },
    ])
    expect(await key.credentialIds()).toHaveLength(1)
    // It may be plugged into any other device, so this one does not count as having it.
    expect(await knownHere(page)).toEqual({})
  })

  test('uses the platform authenticator by default, and any authenticator with null', async ({
    page,
    authsignal,
    shop,
  }) => {
    const first = await authsignal.user('jane')
    const second = await authsignal.user('joe')
    await shop.open(page)
    await call(page, `client.passkey.signUp({ token: '${await shop.track(first)}' })`)
    await call(
      page,
      `client.passkey.signUp({ token: '${await shop.track(second)}', authenticatorAttachment: null })`,
    )
    const calls = await ceremonies(page)
    expect(calls.map(({ attachment }) => attachment)).toEqual(['platform', undefined])
  })

  test('works with the challenge in a cookie', async ({ page, context, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    const token = await shop.track(user)

    const result = await call(page, `client.passkey.signUp({ token: '${token}', useCookies: true })`)

    await shop.expectValid(user, result.token, 'pay')
    expect(await context.cookies(`${authsignal.settings.baseUrl}/client`)).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'as_pk', httpOnly: true, sameSite: 'Lax' })]),
    )
  })

  test('throws when the fingerprint is not the user’s, and adds nothing', async ({
    page,
    authsignal,
    backend,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const device = await shop.open(page)
    await device.setVerified(false)

    const thrown = await thrownBy(page, `client.passkey.signUp({ token: '${await shop.track(user)}' })`)

    expect(thrown).toMatchObject({ name: 'NotAllowedError', isWebAuthnError: true })
    expect(await backend.getAuthenticators({ userId: user.userId })).toEqual([])
  })

  test('throws when the device has a passkey of the user already', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    await shop.signUp(page, user)
    expect(await thrownBy(page, 'client.passkey.signUp()')).toMatchObject({
      code: 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED',
      isWebAuthnError: true,
    })
  })

  test('resolves token_not_set without a token, and does not call the browser', async ({ page, shop }) => {
    await shop.open(page)
    expect(await call(page, 'client.passkey.signUp()')).toMatchObject({ errorCode: 'token_not_set' })
    expect(await ceremonies(page)).toEqual([])
  })

  test('throws before any request with useAutoRegister where the browser does not support it', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    await page.evaluate(
      'PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: false })',
    )
    const sent: string[] = []
    page.on('request', request => sent.push(request.url()))

    const thrown = await thrownBy(
      page,
      `client.passkey.signUp({ token: '${await shop.track(user)}', useAutoRegister: true })`,
    )

    expect(thrown).toMatchObject({ name: 'Error', message: 'CONDITIONAL_CREATE_NOT_SUPPORTED' })
    expect(sent).toEqual([])
  })

  test('adds a passkey with useAutoRegister where the browser supports it', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const device = await shop.open(page)
    // A password manager that agrees, as the made-up ones never do.
    await page.evaluate(`
      original = navigator.credentials.create
      navigator.credentials.create = function (options) {
        isConditional = options.mediation === 'conditional'
        return original.call(this, { ...options, mediation: undefined })
      }
      undefined`)

    const result = await call(
      page,
      `client.passkey.signUp({ token: '${await shop.track(user)}', useAutoRegister: true })`,
    )

    expect(await page.evaluate('isConditional')).toBe(true)
    await shop.expectValid(user, result.token, 'pay')
    expect(await device.credentialIds()).toHaveLength(1)
  })
})

describe('signIn()', () => {
  test('identifies the user without a track call', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    const { credentialId, userAuthenticatorId } = await shop.signUp(page, user)
    await page.reload()

    const result = await call(page, 'client.passkey.signIn()')

    expect(result).toMatchObject({
      isVerified: true,
      userId: user.userId,
      userAuthenticatorId,
      username: user.userId,
      displayName: user.userId,
      authenticationResponse: { id: credentialId },
    })
    await shop.expectValid(user, result.token, 'signInWithPasskey')
  })

  test('names the action and its key', async ({ page, authsignal, backend, shop }) => {
    const user = await authsignal.user('jane', { passkey: page })
    const { userId } = user
    await shop.visit(page)

    const result = await call(
      page,
      `client.passkey.signIn({ action: 'log-in', idempotencyKey: 'visit-${userId}' })`,
    )

    const validation = await shop.expectValid(user, result.token, 'log-in')
    expect(validation.idempotencyKey).toBe(`visit-${userId}`)
    const action = await backend.getAction({
      userId,
      action: 'log-in',
      idempotencyKey: `visit-${userId}`,
    })
    expect(action).toMatchObject({ state: 'CHALLENGE_SUCCEEDED', verificationMethod: 'PASSKEY' })
  })

  test('steps up the user of the token, and accepts only that user’s passkeys', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const other = await authsignal.user('joe')
    await shop.open(page)
    const { credentialId } = await shop.signUp(page, user)
    await shop.signUp(page, other)
    await page.reload()

    const result = await call(
      page,
      `client.passkey.signIn({ token: '${await shop.track(user, 'withdraw')}' })`,
    )

    expect(result).toMatchObject({ userId: user.userId, authenticationResponse: { id: credentialId } })
    expect(await ceremonies(page)).toMatchObject([{ method: 'get', allowed: 1 }])
    await shop.expectValid(user, result.token, 'withdraw')
  })

  for (const input of ['{ useCookies: true }', `{ useCookies: true, action: 'log-in' }`]) {
    test(`works with ${input}`, async ({ page, context, authsignal, shop }) => {
      const user = await authsignal.user('jane', { passkey: page })
      await shop.visit(page)
      const cookies = async () =>
        (await context.cookies(`${authsignal.settings.baseUrl}/client`)).map(({ name }) => name)
      expect(await cookies()).not.toContain('as_pk')

      const result = await call(page, `client.passkey.signIn(${input})`)

      expect(result.userId).toBe(user.userId)
      await shop.expectValid(user, result.token, input.includes('action') ? 'log-in' : 'signInWithPasskey')
      expect(await cookies()).toContain('as_pk')
    })
  }

  test('calls back when the user has chosen and the server request starts', async ({
    page,
    authsignal,
    shop,
  }) => {
    await authsignal.user('jane', { passkey: page })
    await shop.visit(page)
    const heard = await page.evaluate(`(async () => {
      const heard = []
      await client.passkey.signIn({ onVerificationStarted: () => heard.push(ceremonies.length) })
      return heard
    })()`)
    expect(heard).toEqual([1])
  })

  test('throws when the fingerprint is not the user’s, and works once it is', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const device = await shop.open(page)
    await shop.signUp(page, user)
    await device.setVerified(false)
    expect(await thrownBy(page, 'client.passkey.signIn()')).toMatchObject({
      name: 'NotAllowedError',
      isWebAuthnError: true,
    })
    await device.setVerified(true)
    expect(await call(page, 'client.passkey.signIn()')).toMatchObject({ userId: user.userId })
  })

  testOfOtherDomain(
    'throws when the passkeys are those of another domain, and writes to the console which',
    async ({ page, problems, authsignal, shop }) => {
      await shop.open(page)
      const expected = { code: 'ERROR_INVALID_RP_ID', isWebAuthnError: true }
      expect(await thrownBy(page, 'client.passkey.signIn()')).toMatchObject(expected)
      const token = await shop.track(await authsignal.user('jane'))
      expect(await thrownBy(page, `client.passkey.signUp({ token: '${token}' })`)).toMatchObject(expected)
      for (const _ of ['signIn', 'signUp']) await problems.expectOne(/The Relying Party ID "example\.com"/)
    },
  )

  test('throws at an IP address, which no passkey can belong to', async ({ page, authsignal, shop }) => {
    await page.goto(shop.numericUrl)
    const expected = { name: 'SecurityError', code: 'ERROR_INVALID_DOMAIN', isWebAuthnError: true }
    expect(await thrownBy(page, 'client.passkey.signIn()')).toMatchObject(expected)
    const token = await shop.track(await authsignal.user('jane'))
    expect(await thrownBy(page, `client.passkey.signUp({ token: '${token}' })`)).toMatchObject(expected)
    await page.getByRole('button').click()
    expect(
      await thrownBy(page, 'client.passkey.signIn({ preferImmediatelyAvailableCredentials: true })'),
    ).toMatchObject(expected)
  })

  test('resolves unknown_credential for a removed passkey, and removes it from the authenticator', async ({
    page,
    authsignal,
    backend,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const { userId } = user
    const device = await shop.open(page)
    const { credentialId, userAuthenticatorId } = await shop.signUp(page, user)
    expect(await knownHere(page)).toEqual({ [userId]: [credentialId] })
    await backend.deleteAuthenticator({ userId, userAuthenticatorId })
    await page.reload()

    const result = await call(page, 'client.passkey.signIn()')

    expect(result).toMatchObject({ errorCode: 'unknown_credential' })
    expect(result.token).toBeUndefined()
    expect(await page.evaluate('signals')).toEqual([
      { name: 'signalUnknownCredential', rpId: 'localhost', credentialId },
    ])
    expect(await knownHere(page)).toEqual({ [userId]: [] })
    // The browser has taken it away, so it is not offered again.
    await expect.poll(() => device.credentialIds(), { timeout: PATIENCE }).toEqual([])
  })

  test('leaves a passkey that was removed alone with syncCredentials: false', async ({
    page,
    authsignal,
    backend,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const { userId } = user
    const device = await shop.open(page)
    const { credentialId, userAuthenticatorId } = await shop.signUp(page, user)
    await backend.deleteAuthenticator({ userId, userAuthenticatorId })
    await page.reload()

    const result = await call(page, 'client.passkey.signIn({ syncCredentials: false })')

    expect(result).toMatchObject({ errorCode: 'unknown_credential' })
    expect(await page.evaluate('signals')).toEqual([])
    expect(await knownHere(page)).toEqual({ [userId]: [credentialId] })
    expect(await device.credentialIds()).toEqual([credentialId])
  })

  test('resolves invalid_credential for the passkey of another user, and keeps that passkey', async ({
    page,
    authsignal,
    shop,
  }) => {
    const owner = await authsignal.user('jane')
    const other = await authsignal.user('joe')
    const device = await shop.open(page)
    const { credentialId } = await shop.signUp(page, owner)
    await page.reload()

    const result = await call(page, `client.passkey.signIn({ token: '${await shop.track(other)}' })`)

    expect(result).toMatchObject({ errorCode: 'invalid_credential' })
    expect(await page.evaluate('signals')).toEqual([])
    expect(await device.credentialIds()).toEqual([credentialId])
  })

  test('throws before any request where options exclude each other', async ({ page, shop }) => {
    await shop.open(page)
    const sent: string[] = []
    page.on('request', request => sent.push(request.url()))
    for (const [input, message] of [
      [`{ token: 'x', autofill: true }`, '"autofill" is not supported when providing a token'],
      [`{ token: 'x', action: 'pay' }`, '"action" is not supported when providing a token'],
      [`{ token: 'x', idempotencyKey: 'k' }`, '"idempotencyKey" is not supported when providing a token'],
      [
        '{ autofill: true, preferImmediatelyAvailableCredentials: true }',
        '"autofill" is not supported when using immediate UI mode',
      ],
    ])
      expect(await thrownBy(page, `client.passkey.signIn(${input})`)).toMatchObject({ message })
    expect(sent).toEqual([])
    expect(await ceremonies(page)).toEqual([])
  })

  test('does not use the token of an earlier call, nor of another client', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    await shop.signUp(page, user)
    const callers: (string | undefined)[] = []
    page.on('request', request => {
      if (request.method() === 'POST') callers.push(request.headers().authorization)
    })

    await call(page, 'client.passkey.signIn({ syncCredentials: false })')
    await call(page, 'newClient().passkey.signIn({ syncCredentials: false })')

    const tenant = `Basic ${Buffer.from(authsignal.settings.tenantId).toString('base64')}`
    expect(callers).toEqual([tenant, tenant, tenant, tenant])
  })

  test('gives the new token to no other client', async ({ page, authsignal, shop }) => {
    await shop.open(page)
    await shop.signUp(page, await authsignal.user('jane'))
    const result = await call(
      page,
      `(async () => {
        const other = newClient()
        await client.passkey.signIn()
        return other.totp.enroll()
      })()`,
    )
    expect(result).toMatchObject({ errorCode: 'token_not_set' })
  })
})

describe('what this browser remembers', () => {
  test('is read by isAvailableOnDevice(), by user', async ({ page, authsignal, backend, shop }) => {
    const user = await authsignal.user('jane')
    const other = await authsignal.user('joe')
    const { userId } = user
    await shop.open(page)
    const { credentialId, userAuthenticatorId } = await shop.signUp(page, user)
    await page.reload()
    const isAvailable = (userId: string) =>
      page.evaluate(`client.passkey.isAvailableOnDevice({ userId: '${userId}' })`)

    expect(await knownHere(page)).toEqual({ [userId]: [credentialId] })
    expect(await isAvailable(userId)).toBe(true)
    expect(await isAvailable(other.userId)).toBe(false)
    await backend.deleteAuthenticator({ userId, userAuthenticatorId })
    expect(await isAvailable(userId)).toBe(false)
  })

  test('grows once by a sign-in with a passkey from another device', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    const { credentialId } = await shop.signUp(page, user)
    await page.evaluate('localStorage.clear()')
    await call(page, 'client.passkey.signIn()')
    await call(page, 'client.passkey.signIn()')
    expect(await knownHere(page)).toEqual({ [user.userId]: [credentialId] })
  })

  test('counts as unavailable when the API is unreachable', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    await shop.signUp(page, user)
    await page.route('**/passkey?*', route => route.fulfill({ status: 503, body: 'down' }))
    expect(await page.evaluate(`client.passkey.isAvailableOnDevice({ userId: '${user.userId}' })`)).toBe(
      false,
    )
  })

  test('needs a user, or isAvailableOnDevice() throws', async ({ page, shop }) => {
    await shop.open(page)
    for (const input of ['', '{}', `{ userId: '' }`])
      expect(await thrownBy(page, `client.passkey.isAvailableOnDevice(${input})`)).toMatchObject({
        message: '"userId" is required',
      })
  })

  const storages: Record<string, string> = {
    blocked: `Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('denied', 'SecurityError') },
    })`,
    missing: `Object.defineProperty(window, 'localStorage', { value: null })`,
    full: `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`,
    'no map': `localStorage.setItem('as_user_passkey_map', '["x"]')`,
    'no JSON': `localStorage.setItem('as_user_passkey_map', '{')`,
    null: `localStorage.setItem('as_user_passkey_map', 'null')`,
  }
  for (const [state, script] of Object.entries(storages)) {
    test(`never fails a sign-up or sign-in, with a storage that is ${state}`, async ({
      page,
      authsignal,
      backend,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      const { userId } = user
      await page.addInitScript(script)
      await shop.open(page)
      const { userAuthenticatorId } = await shop.signUp(page, user)

      const result = await call(page, 'client.passkey.signIn()')
      expect(result).toMatchObject({ isVerified: true, userId })

      await backend.deleteAuthenticator({ userId, userAuthenticatorId })
      expect(await call(page, 'client.passkey.signIn()')).toMatchObject({ errorCode: 'unknown_credential' })
      expect(await page.evaluate(`client.passkey.isAvailableOnDevice({ userId: 'unknown' })`)).toBe(false)
    })
  }
})

describe('the password manager', () => {
  /** The accepted passkeys that were signalled to it. */
  const signalled = (page: Page) =>
    page.evaluate<{ name: string; rpId: string; userId: string; allAcceptedCredentialIds: string[] }[]>(
      'signals',
    )

  test('receives all passkeys of the user after a sign-up and after a sign-in', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const device = await shop.open(page)
    const first = await shop.signUp(page, user)
    await expect.poll(() => signalled(page), { timeout: PATIENCE }).toHaveLength(1)
    // A second passkey, on a key.
    await plugIn(page, 'key')
    const second = await page.evaluate<string>(
      `client.passkey.signUp({ authenticatorAttachment: 'cross-platform' }).then(({ credentialId }) => credentialId)`,
    )
    await expect.poll(() => signalled(page), { timeout: PATIENCE }).toHaveLength(2)
    await device.unplug()
    await call(page, 'client.passkey.signIn()')
    await expect.poll(() => signalled(page), { timeout: PATIENCE }).toHaveLength(3)

    const signals = await signalled(page)
    expect(signals.map(({ allAcceptedCredentialIds }) => [...allAcceptedCredentialIds].sort())).toEqual([
      [first.credentialId],
      [first.credentialId, second].sort(),
      [first.credentialId, second].sort(),
    ])
    const userId = signals[0]?.userId
    expect(signals).toMatchObject(
      Array(3).fill({ name: 'signalAllAcceptedCredentials', rpId: 'localhost', userId }),
    )
  })

  test('removes the passkeys that the server no longer knows', async ({
    page,
    authsignal,
    backend,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    const { userId } = user
    const device = await shop.open(page)
    const removed = await shop.signUp(page, user)
    const key = await plugIn(page, 'key')
    await call(page, `client.passkey.signUp({ authenticatorAttachment: 'cross-platform' })`)
    await expect.poll(() => signalled(page), { timeout: PATIENCE }).toHaveLength(2)
    await backend.deleteAuthenticator({
      userId,
      userAuthenticatorId: removed.userAuthenticatorId,
    })
    expect(await device.credentialIds()).toEqual([removed.credentialId])

    // Only the key is left to step up with.
    expect(await call(page, `client.passkey.signIn({ token: '${await shop.track(user)}' })`)).toMatchObject({
      userId,
    })

    await expect.poll(() => device.credentialIds(), { timeout: PATIENCE }).toEqual([])
    expect(await key.credentialIds()).toHaveLength(1)
  })

  test('receives nothing with syncCredentials: false', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    const listed: string[] = []
    page.on('request', request => {
      if (request.method() === 'GET') listed.push(request.url())
    })
    const token = await shop.track(user)
    await call(page, `client.passkey.signUp({ token: '${token}', syncCredentials: false })`)
    await call(page, 'client.passkey.signIn({ syncCredentials: false })')
    // A third call, which does signal: any signal of the first two would have arrived before it.
    await call(page, 'client.passkey.signIn()')
    await expect.poll(() => signalled(page), { timeout: PATIENCE }).toHaveLength(1)
    expect(listed).toHaveLength(1)
  })

  for (const [kind, stub] of [
    ['is missing', 'undefined'],
    ['refuses', `() => Promise.reject(new DOMException('no', 'SecurityError'))`],
    ['throws', `() => { throw new Error('an extension') }`],
    ['returns nothing', '() => undefined'],
  ] as const) {
    test(`does not fail a sign-in when it ${kind}`, async ({ page, authsignal, backend, shop }) => {
      const user = await authsignal.user('jane')
      const { userId } = user
      await shop.open(page)
      await page.evaluate(`
        PublicKeyCredential.signalUnknownCredential = ${stub}
        PublicKeyCredential.signalAllAcceptedCredentials = ${stub}
        undefined`)
      const { userAuthenticatorId } = await shop.signUp(page, user)
      expect(await call(page, 'client.passkey.signIn()')).toMatchObject({ userId })
      await backend.deleteAuthenticator({ userId, userAuthenticatorId })
      expect(await call(page, 'client.passkey.signIn()')).toMatchObject({ errorCode: 'unknown_credential' })
    })
  }

  test('does not fail a sign-in when the list of passkeys is unavailable', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane')
    await shop.open(page)
    await page.route('**/client/user-authenticators', route => route.fulfill({ status: 500, body: 'down' }))
    await shop.signUp(page, user)
    expect(await call(page, 'client.passkey.signIn()')).toMatchObject({ userId: user.userId })
    expect(await signalled(page)).toEqual([])
  })
})
