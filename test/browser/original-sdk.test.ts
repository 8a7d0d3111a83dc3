/**
 * The hosted page and an expired token with two SDKs, by changing the one line that loads the SDK: `@authsignal/browser`
 * as it is on npm, and ours. Both work against the emulator, and the real server SDK agrees.
 *
 * Every method of the original, `launch` in a popup among them, is `original-sdk-channels.test.ts`.
 */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { EMAIL, PHONE } from '../support/jane.js'
import { SDKS, testWith } from './sdks.js'

/** Starts `launch` without waiting for it. */
const launch = (page: Page, url: string, options = '') =>
  page.evaluate(`outcome = client.launch(${JSON.stringify(url)}${options}); undefined`)

/** The token of the outcome of `launch`. */
const launchedToken = (page: Page) => page.evaluate<string | undefined>('outcome.then(({ token }) => token)')

const popup = (page: Page) => page.frameLocator('#__authsignal-popup-iframe')

for (const { name, file } of SDKS) {
  // Opens the page, whose client gets the token of an action of jane. Returns the address of the hosted page.
  const test = testWith(file).extend('open', ({ actions, app, page }) => async (attributes = {}) => {
    const { token, url } = await actions.track('pay', attributes)
    await page.goto(app.url)
    await page.evaluate(`client.setToken(${JSON.stringify(token)})`)
    return url
  })
  const isOurs = name === 'authsignal-channels'

  describe(`${name}, from a script tag`, () => {
    test('resolves expired_token when the token has expired', async ({ page, authsignal, open }) => {
      await authsignal.user('jane', { sms: PHONE })
      await open()
      await authsignal.advance('601 seconds')
      expect(await page.evaluate('client.sms.challenge()')).toMatchObject({ errorCode: 'expired_token' })
    })

    // Without a mode the original goes to the hosted page, and ours opens a popup.
    if (isOurs)
      test('completes launch(url) on the hosted page', async ({ page, authsignal, actions, open }) => {
        const jane = await authsignal.user('jane', { sms: PHONE })
        await launch(page, await open())
        await popup(page)
          .getByLabel('6-digit code')
          .fill(await jane.sms.code())
        await actions.expectValid(await launchedToken(page))
        await page.locator('#__authsignal-popup-container').waitFor({ state: 'detached' })
      })

    for (const options of isOurs ? ['', `, { mode: 'popup' }`] : [`, { mode: 'popup' }`])
      test(`resolves launch(url${options}) without a token when the user cancels on the hosted page`, async ({
        page,
        authsignal,
        open,
      }) => {
        await authsignal.user('jane', { sms: PHONE })
        await launch(page, await open(), options)
        await popup(page).getByRole('button', { name: 'Cancel' }).click()
        expect(await launchedToken(page)).toBeUndefined()
      })

    test(`completes launch(url, { mode: 'window' }) on the hosted page`, async ({
      page,
      authsignal,
      actions,
      open,
    }) => {
      const jane = await authsignal.user('jane', { email: EMAIL })
      const url = await open()
      const [hosted] = await Promise.all([
        page.waitForEvent('popup'),
        launch(page, url, `, { mode: 'window' }`),
      ])
      await hosted.getByLabel('6-digit code').fill(await jane.email.code())
      await actions.expectValid(await launchedToken(page))
    })

    test(`completes launch(url, { mode: 'redirect' }), and returns with the token`, async ({
      page,
      app,
      authsignal,
      actions,
      open,
    }) => {
      const jane = await authsignal.user('jane', { sms: PHONE })
      await launch(page, await open({ redirectUrl: `${app.url}/?order=7` }), `, { mode: 'redirect' }`)

      await page.getByLabel('6-digit code').fill(await jane.sms.code())

      await page.waitForURL(address => address.origin === app.url)
      const { searchParams } = new URL(page.url())
      expect(searchParams.get('order')).toBe('7')
      await actions.expectValid(searchParams.get('token'))
    })
  })
}
