/** Security keys in Chromium, those of today and those of before passkeys: real ceremonies, checked by the emulator. */
import type { TestUser } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { plugIn } from '../support/authenticators.js'
import { call, ceremonies, expectCeremonies, type Shop, test, thrownBy } from './passkey-page.js'

const setToken = async (page: Page, shop: Shop, user: TestUser, action?: string) =>
  page.evaluate(`client.setToken('${await shop.track(user, action)}')`)

/** Gives the user the key that is plugged in. */
async function enroll(page: Page, shop: Shop, user: TestUser) {
  await setToken(page, shop, user)
  expect(await call(page, 'client.securityKey.enroll()')).toMatchObject({ isVerified: true })
}

for (const [kind, name] of [
  ['key', 'a CTAP2 key'],
  ['u2fKey', 'a U2F key'],
] as const) {
  describe(`with ${name}`, () => {
    test('enroll() adds it to the user, and the client uses the new token', async ({
      page,
      authsignal,
      backend,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      const { userId } = user
      await shop.open(page, kind)
      await setToken(page, shop, user)

      const result = await page.evaluate<{ token: string; registrationResponse: { id: string } }>(
        `client.securityKey.enroll({ hints: ['security-key'] })`,
      )

      await shop.expectValid(user, result.token, 'pay')
      expect(await backend.getAuthenticators({ userId })).toMatchObject([
        {
          verificationMethod: 'SECURITY_KEY',
          webauthnCredential: { credentialId: result.registrationResponse.id },
        },
      ])
      expect(await ceremonies(page)).toMatchObject([
        { method: 'create', hints: ['security-key'], attachment: 'cross-platform' },
      ])
      expect(await call(page, 'client.totp.enroll()')).toMatchObject({ userId })
    })

    test('verify() steps the user up, and the client uses the new token', async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      await shop.open(page, kind)
      await enroll(page, shop, user)
      await page.reload()
      await setToken(page, shop, user, 'withdraw')

      const result = await page.evaluate<{
        isVerified: boolean
        token: string
        authenticationResponse: { type: string }
      }>('client.securityKey.verify()')

      expect(result).toMatchObject({ isVerified: true, authenticationResponse: { type: 'public-key' } })
      await shop.expectValid(user, result.token, 'withdraw')
      expect(await ceremonies(page)).toMatchObject([{ method: 'get', allowed: 1 }])
      expect(await call(page, 'client.totp.enroll()')).toMatchObject({ userId: user.userId })
    })

    test('verify() throws for a key that is not the user’s, and works with the one that is', async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      const key = await shop.open(page, kind)
      await enroll(page, shop, user)
      await key.setPresence(false)
      const wrong = await plugIn(page, kind)

      expect(await thrownBy(page, 'client.securityKey.verify()')).toMatchObject({
        name: 'NotAllowedError',
        isWebAuthnError: true,
      })

      await wrong.unplug()
      await key.setPresence(true)
      expect(await call(page, 'client.securityKey.verify()')).toMatchObject({ isVerified: true })
    })

    test('verify() resolves invalid_credential for a clone, whose counter is behind', async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      const key = await shop.open(page, kind)
      await enroll(page, shop, user)
      for (let times = 0; times < 2; times++) await call(page, 'client.securityKey.verify()')
      const clone = await plugIn(page, kind)
      await key.copyTo(clone)
      await key.unplug()
      await setToken(page, shop, user)

      const result = await call(page, 'client.securityKey.verify()')

      expect(result).toMatchObject({ errorCode: 'invalid_credential' })
      expect(result.token).toBeUndefined()
    })

    test('enroll() throws for a key that the user has enrolled already', async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      await shop.open(page, kind)
      await enroll(page, shop, user)
      expect(await thrownBy(page, 'client.securityKey.enroll()')).toMatchObject({
        code: 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED',
        isWebAuthnError: true,
      })
    })
  })
}

for (const method of ['enroll', 'verify']) {
  describe(`${method}()`, () => {
    test('ends when its signal aborts before a touch of the key, and can be called again', async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      const key = await shop.open(page, 'key')
      if (method === 'verify') await enroll(page, shop, user)
      await page.reload()
      await setToken(page, shop, user)
      await key.setPresence(false)
      await page.evaluate(`
        controller = new AbortController()
        outcome = client.securityKey.${method}({ signal: controller.signal })
        undefined`)
      await expectCeremonies(page, 1)

      await page.evaluate('controller.abort()')

      expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'aborted' })
      await key.setPresence(true)
      expect(await call(page, `client.securityKey.${method}()`)).toMatchObject({ isVerified: true })
    })

    test('ends when a later sign-in with a passkey starts', async ({ page, authsignal, shop }) => {
      const user = await authsignal.user('jane')
      const key = await shop.open(page, 'key')
      if (method === 'verify') await enroll(page, shop, user)
      await page.reload()
      await setToken(page, shop, user)
      await key.setPresence(false)
      await page.evaluate(`outcome = client.securityKey.${method}().catch(describeError); undefined`)
      await expectCeremonies(page, 1)

      const device = await plugIn(page, 'device')
      await shop.signUp(page, await authsignal.user('joe'))

      expect(await device.credentialIds()).toHaveLength(1)
      expect(await page.evaluate('outcome')).toMatchObject({ code: 'ERROR_CEREMONY_ABORTED' })
    })

    test('resolves token_not_set without a token, and does not call the browser', async ({ page, shop }) => {
      await shop.open(page, 'key')
      expect(await call(page, `client.securityKey.${method}()`)).toMatchObject({ errorCode: 'token_not_set' })
      expect(await ceremonies(page)).toEqual([])
    })
  })
}

test('enroll() resolves forbidden when the token does not allow another authenticator', async ({
  page,
  authsignal,
  shop,
}) => {
  const user = await authsignal.user('jane', { sms: '+64211000001' })
  await shop.open(page, 'key')
  await setToken(page, shop, user)
  expect(await call(page, 'client.securityKey.enroll()')).toMatchObject({ errorCode: 'forbidden' })
  expect(await ceremonies(page)).toEqual([])
})
