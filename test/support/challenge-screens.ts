/**
 * The screens of the challenge in a page of an app, one after the other, as a user gets to them.
 *
 * @module
 */
import type { TestAuthsignal, TestUser } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import { test as base } from './browser.js'
import { challengePage, challengeScript } from './challenge-page.js'
import { wrongCode } from './jane.js'
import { serve } from './site.js'

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export const BRAND = { brand: { name: 'Acme', logo: PIXEL }, action: 'Send payment to Acme, $120' }

export interface Visit {
  /** What the user has. Default `['sms']`. */
  readonly methods?: readonly ('sms' | 'email' | 'magicLink')[]
  readonly attributes?: object
  readonly appearance?: object
  /** `/`, `/both` for a page that is light or dark as the system is, or `/strict` for one with a policy. */
  readonly path?: string
  /** Default `"560px"`. */
  readonly width?: string
}

/** The strictest policy: only the script, the service and pictures without an address. */
const policyFor = (service: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src ${service}`,
    'img-src data:',
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

export const test = base
  .extend('app', async ({ authsignal }, { onCleanup }) => {
    const app = await serve({
      '/': challengePage(),
      '/both': challengePage('<meta name="color-scheme" content="light dark">'),
      '/strict': challengePage('', { 'content-security-policy': policyFor(authsignal.url) }),
      '/challenge.js': await challengeScript(),
    })
    onCleanup(app.close)
    return app
  })
  // What every visit of a file has in common.
  .extend('usual', {} as Visit)
  // Opens the page with a challenge for a new user.
  .extend('visit', ({ app, authsignal, backend, page, usual }) => {
    let visits = 0
    return async (visit: Visit = {}): Promise<TestUser> => {
      const {
        methods = ['sms'],
        attributes = {},
        appearance,
        path = '/',
        width = '560px',
      } = { ...usual, ...visit }
      const userId = `visitor-${++visits}`
      const addresses = {
        sms: `+6421200${1000 + visits}`,
        email: `${userId}@example.com`,
        magicLink: `${userId}@example.com`,
      }
      const user = await authsignal.user(
        userId,
        Object.fromEntries(methods.map(method => [method, addresses[method]])),
      )
      const { token } = await backend.track({ userId, action: 'pay', attributes })
      await page.goto(app.url + path)
      await page.evaluate(
        `(({ width, ...properties }) => {
          const node = document.querySelector('#node')
          for (const [name, value] of Object.entries({ all: 'initial', position: 'absolute', top: '0px', left: '0px', width, display: 'block', 'color-scheme': 'inherit' }))
            node.style.setProperty(name, value)
          Object.assign(node, properties)
        })(${JSON.stringify({ width, ...authsignal.pageSettings, token, ...appearance })})`,
      )
      await page.locator('[data-screen]').waitFor()
      return user
    }
  })

/** What a walk through the screens needs of its test. */
export interface Walker {
  readonly page: Page
  readonly authsignal: TestAuthsignal
  readonly visit: (visit?: Visit) => Promise<TestUser>
}

/** What happens on each screen. */
export type Stop = (screen: string) => Promise<void>

const buttonOn = (page: Page) => (name: string | RegExp) => page.getByRole('button', { name }).first()

/** Every kind of screen but notices and the end, in its states. Not the removal of a method. */
export async function goThroughScreens({ page, visit }: Pick<Walker, 'page' | 'visit'>, stop: Stop) {
  const button = buttonOn(page)

  await visit({ methods: ['sms', 'magicLink'], appearance: BRAND })
  await page.getByRole('heading').waitFor()
  await stop('choose a method')
  await button(/link/i).click()
  await page.getByText(/Waiting/).waitFor()
  await stop('wait')

  await visit({ appearance: { methods: 'qrCode sms' } })
  await button(/^QR code/).click()
  await page.locator('[data-authsignal=qr] path[d]').waitFor()
  await stop('scan a QR code')

  const user = await visit({ methods: ['sms', 'email'], attributes: { redirectToSettings: true } })
  await button(/^Text message/).click()
  await page.getByText('We sent').waitFor()
  await stop('enter a code')
  const code = await user.sms.code()
  await page.getByRole('textbox').fill(wrongCode(code))
  await page.getByText(/wrong or has expired/).waitFor()
  await stop('a wrong code')
  await page.route('**/verify/**', route => route.abort())
  await page.getByRole('textbox').fill(code)
  await button('Try again').waitFor()
  await stop('a problem')
  await page.unroute('**/verify/**')
  await page.getByRole('textbox').fill('')
  await page.getByRole('textbox').fill(code)
  await page.getByRole('heading', { name: 'Your methods' }).waitFor()
  await stop('settings')
  await button('Add').click()
  await stop('add a method')
  await visit({ methods: [] })
  await page.getByRole('heading').waitFor()
  await stop('enrol')
  await button(/^Text message/).click()
  await stop('enter a number')
  await page.getByRole('textbox').fill('12')
  await button('Send code').click()
  await stop('a wrong number')
  await button('Back').click()
  await button(/app/).click()
  await button('Copy').waitFor()
  await stop('set up an app')
  await button('Back').click()
  await button(/passkey/i).click()
  await stop('a ceremony')

  await page.route('**/client/init', () => {})
  await visit()
  await stop('loading')
  await page.unroute('**/client/init')
}

/** The other screens and states: busy, a limit, a removal, notices and the end. */
export async function goThroughEnds({ page, authsignal, visit }: Walker, stop: Stop) {
  const button = buttonOn(page)
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor()

  let user = await visit()
  await user.sms.code()
  await page.route('**/verify/**', () => {})
  await page.getByRole('textbox').fill('000000')
  await button('Checking').waitFor()
  await stop('busy')
  await page.unroute('**/verify/**')

  user = await visit({ methods: ['sms', 'email'] })
  await button(/^Text message/).click()
  await user.sms.code()
  await authsignal.fail('/v1/client/verify/sms', '429-no-retry-after')
  await page.getByRole('textbox').fill('000000')
  await button(/^Try again in/).waitFor()
  await stop('a limit')

  user = await visit({ attributes: { redirectToSettings: true } })
  await page.getByRole('textbox').fill(await user.sms.code())
  await heading('Your methods')
  await button(/^Remove/).click()
  await heading('Remove this phone number?')
  await stop('removal')
  await button('Remove').click()
  await page.getByText('Text message removed.').waitFor()
  await stop('settings without a method')
  await button('Done').click()
  await heading('Verified')
  await stop('the end')

  await visit()
  await button('Cancel').click()
  await heading('Cancelled')
  await stop('cancelled')

  await authsignal.fail('/v1/client/init', '503')
  await visit()
  await button('Try again').waitFor()
  await stop('a notice')
}
