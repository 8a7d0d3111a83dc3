/**
 * The same page with two SDKs, by changing the one line that loads it: `@authsignal/browser` as it is on
 * npm, and ours. Both work against the emulator and its hosted page, and the real server SDK agrees.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/jane.js'
import { type Method, type Service, startService, type User } from '../support/service.js'
import { html, type Site, serve } from '../support/site.js'
import { SDKS } from './sdks.js'

const CHANNELS: readonly { readonly channel: 'sms' | 'whatsapp' | 'email'; readonly method: Method }[] = [
  { channel: 'sms', method: 'SMS' },
  { channel: 'whatsapp', method: 'WHATSAPP' },
  { channel: 'email', method: 'EMAIL_OTP' },
]

/** The response of both SDKs. */
interface Result {
  readonly data?: { readonly challengeId?: string; readonly isVerified?: boolean; readonly token?: string }
  readonly errorCode?: string
}

let service: Service

beforeAll(async () => {
  service = await startService()
})

afterAll(() => service.close())

for (const sdk of SDKS) {
  describe(`${sdk.name}, from a script tag`, () => {
    let app: Site

    beforeAll(async () => {
      const settings = JSON.stringify({ tenantId: service.tenantId, baseUrl: service.baseUrl })
      app = await serve({
        '/': html(`
          <title>App</title>
          <h1>App</h1>
          <script src="/sdk.js"></script>
          <script>window.client = new authsignal.Authsignal(${settings})</script>`),
        '/sdk.js': { type: 'text/javascript', body: readFileSync(sdk.file, 'utf8') },
      })
    })

    afterAll(() => app.close())

    async function track(user: User, page: Page) {
      const { userId } = user
      const { token, url, state } = await service.backend.track({ userId, action: 'pay', attributes: {} })
      expect(state).toBe('CHALLENGE_REQUIRED')
      await page.goto(app.url)
      await page.evaluate(`client.setToken(${JSON.stringify(token)})`)
      return { token, url }
    }

    async function expectValid(user: User, token: unknown) {
      expect(token).toEqual(expect.any(String))
      const { userId } = user
      const validation = await service.backend.validateChallenge({
        token: token as string,
        action: 'pay',
        userId,
      })
      expect(validation).toMatchObject({ isValid: true, state: 'CHALLENGE_SUCCEEDED', userId })
    }

    for (const { channel, method } of CHANNELS) {
      const challenge = (page: Page) => page.evaluate<Result>(`client.${channel}.challenge()`)
      const verify = (page: Page, code: string) =>
        page.evaluate<Result>(`client.${channel}.verify({ code: '${code}' })`)

      test(`completes a challenge by ${channel} after a wrong code and a resend`, async ({ page }) => {
        const user = await service.newUser(method)
        await track(user, page)

        const first = await challenge(page)
        expect(first.data?.challengeId).toEqual(expect.any(String))
        const firstCode = await user.nextCode(method)
        const refused = await verify(page, wrongCode(firstCode))
        expect(refused.data).toMatchObject({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })

        await challenge(page)
        const { data } = await verify(page, await user.nextCode(method))

        expect(data?.isVerified).toBe(true)
        await expectValid(user, data?.token)
      })
    }

    for (const { channel, enrol, method } of [
      { channel: 'sms', method: 'SMS', enrol: (user: User) => ({ phoneNumber: user.phoneNumber }) },
      { channel: 'email', method: 'EMAIL_OTP', enrol: (user: User) => ({ email: user.email }) },
    ] as const) {
      test(`enrols by ${channel} a user who has nothing yet`, async ({ page }) => {
        const user = await service.newUser()
        const { userId } = user
        const { token } = await service.backend.track({ userId, action: 'pay', attributes: {} })
        await page.goto(app.url)
        await page.evaluate(`client.setToken(${JSON.stringify(token)})`)

        await page.evaluate(`client.${channel}.enroll(${JSON.stringify(enrol(user))})`)
        const code = await user.nextCode(method)
        const { data } = await page.evaluate<Result>(`client.${channel}.verify({ code: '${code}' })`)

        expect(data?.isVerified).toBe(true)
        await expectValid(user, data?.token)
        expect(await service.backend.getAuthenticators({ userId })).toMatchObject([
          { verificationMethod: method },
        ])
      })
    }

    test('resolves expired_token when the token has expired', async ({ page }) => {
      const user = await service.newUser('SMS')
      await track(user, page)
      service.emulator.clock.advance(601)
      try {
        expect(await page.evaluate<Result>('client.sms.challenge()')).toMatchObject({
          errorCode: 'expired_token',
        })
      } finally {
        service.emulator.clock.reset()
      }
    })

    const options = [
      { name: "launch(url, { mode: 'popup' })", argument: `, { mode: 'popup' }` },
      ...(sdk.name === 'authsignal-channels' ? [{ name: 'launch(url)', argument: '' }] : []),
    ]
    for (const { name, argument } of options) {
      test(`completes ${name} on the hosted page`, async ({ page }) => {
        const user = await service.newUser('SMS')
        const { url } = await track(user, page)
        await page.evaluate(`outcome = client.launch(${JSON.stringify(url)}${argument}); undefined`)

        const hosted = page.frameLocator('#__authsignal-popup-iframe')
        await hosted.getByLabel('6-digit code').fill(await user.nextCode('SMS'))

        const { token } = await page.evaluate<{ token?: string }>('outcome')
        await expectValid(user, token)
        await page.locator('#__authsignal-popup-container').waitFor({ state: 'detached' })
      })

      test(`resolves ${name} without a token when the user cancels on the hosted page`, async ({ page }) => {
        const user = await service.newUser('SMS')
        const { url } = await track(user, page)
        await page.evaluate(`outcome = client.launch(${JSON.stringify(url)}${argument}); undefined`)

        const hosted = page.frameLocator('#__authsignal-popup-iframe')
        await hosted.getByRole('button', { name: 'Cancel' }).click()

        const { token } = await page.evaluate<{ token?: string }>('outcome')
        expect(token).toBeUndefined()
      })
    }

    test(`completes launch(url, { mode: 'window' }) on the hosted page`, async ({ page }) => {
      const user = await service.newUser('EMAIL_OTP')
      const { url } = await track(user, page)
      const [hosted] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate(`outcome = client.launch(${JSON.stringify(url)}, { mode: 'window' }); undefined`),
      ])

      await hosted.getByLabel('6-digit code').fill(await user.nextCode('EMAIL_OTP'))

      const { token } = await page.evaluate<{ token?: string }>('outcome')
      await expectValid(user, token)
    })

    test(`completes launch(url, { mode: 'redirect' }), and returns with the token`, async ({ page }) => {
      const user = await service.newUser('SMS')
      const { userId } = user
      const { url } = await service.backend.track({
        userId,
        action: 'pay',
        attributes: { redirectUrl: `${app.url}/?order=7` },
      })
      await page.goto(app.url)
      await page.evaluate(`client.launch(${JSON.stringify(url)}, { mode: 'redirect' }); undefined`)

      await page.getByLabel('6-digit code').fill(await user.nextCode('SMS'))

      await page.waitForURL(address => address.origin === app.url)
      const { searchParams } = new URL(page.url())
      expect(searchParams.get('order')).toBe('7')
      await expectValid(user, searchParams.get('token'))
    })
  })
}
