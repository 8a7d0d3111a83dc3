/**
 * The screens of the challenge in a page of an app, one after the other, as a user gets to them.
 *
 * @module
 */
import type { Page } from 'playwright-core'
import { wrongCode } from './jane.js'
import { PATIENCE } from './patience.js'
import type { Service } from './service.js'
import type { Site } from './site.js'

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export const BRAND = { brand: { name: 'Acme', logo: PIXEL }, action: 'Send payment to Acme, $120' }

/** The service, and a site with a page of `challenge-page.ts`. */
export interface Place {
  readonly service: Service
  readonly site: Site
}

export interface Visit {
  readonly methods?: readonly string[]
  readonly attributes?: object
  readonly appearance?: object
  readonly path?: string
  /** Default `"560px"`. */
  readonly width?: string
}

/** What happens on each screen. */
export type Stop = (screen: string) => Promise<void>

let visits = 0

/** Opens the page with a challenge for a new user. */
export async function openChallenge(page: Page, { service, site }: Place, visit: Visit = {}) {
  const { methods = ['SMS'], attributes, appearance = {}, path = '/', width = '560px' } = visit
  const number = String(++visits).padStart(4, '0')
  const userId = `visitor-${number}`
  const phoneNumber = `+6421200${number}`
  for (const verificationMethod of methods) {
    const contact = verificationMethod.startsWith('EMAIL')
      ? { email: `visitor-${number}@example.com` }
      : { phoneNumber }
    await service.backend.enrollVerifiedAuthenticator({
      userId,
      attributes: { verificationMethod, ...contact } as never,
    })
  }
  const { token } = await service.backend.track({ userId, action: 'pay', attributes: { ...attributes } })
  await page.goto(`${site.url}${path}`)
  const settings = { tenantId: service.tenantId, baseUrl: service.baseUrl, token, appearance, width }
  await page.evaluate(
    `(({ appearance, width, ...options }) => {
      const node = document.querySelector('#node')
      for (const [name, value] of Object.entries({ all: 'initial', position: 'absolute', top: '0px', left: '0px', width, display: 'block', 'color-scheme': 'inherit' }))
        node.style.setProperty(name, value)
      Object.assign(node, options, appearance)
    })(${JSON.stringify(settings)})`,
  )
  await page.locator('[data-screen]').waitFor()
  return {
    userId,
    phoneNumber,
    nextCode: () => service.emulator.messages.nextCode({ to: phoneNumber, timeout: PATIENCE }),
  }
}

const buttonOn = (page: Page) => (name: string | RegExp) => page.getByRole('button', { name }).first()

/** Every kind of screen but notices and the end, in its states. Not the removal of a method. */
export async function goThroughScreens(page: Page, place: Place, stop: Stop, always: Visit = {}) {
  const button = buttonOn(page)
  const visit = (input?: Visit) => openChallenge(page, place, { ...always, ...input })

  await visit({ methods: ['SMS', 'EMAIL_MAGIC_LINK'], appearance: BRAND })
  await page.getByRole('heading').waitFor()
  await stop('choose a method')
  await button(/link/i).click()
  await page.getByText(/Waiting/).waitFor()
  await stop('wait')

  await visit({ appearance: { methods: 'qrCode sms' } })
  await button(/^QR code/).click()
  await page.locator('[data-authsignal=qr] path[d]').waitFor()
  await stop('scan a QR code')

  const user = await visit({ methods: ['SMS', 'EMAIL_OTP'], attributes: { redirectToSettings: true } })
  await button(/^Text message/).click()
  await page.getByText('We sent').waitFor()
  await stop('enter a code')
  const code = await user.nextCode()
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
export async function goThroughEnds(page: Page, place: Place, stop: Stop, always: Visit = {}) {
  const button = buttonOn(page)
  const { faults } = place.service.emulator
  const visit = (input?: Visit) => openChallenge(page, place, { ...always, ...input })
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor()

  let user = await visit()
  await user.nextCode()
  await page.route('**/verify/**', () => {})
  await page.getByRole('textbox').fill('000000')
  await button('Checking').waitFor()
  await stop('busy')
  await page.unroute('**/verify/**')

  user = await visit({ methods: ['SMS', 'EMAIL_OTP'] })
  await button(/^Text message/).click()
  await user.nextCode()
  faults.add({ path: '/v1/client/verify/sms', fault: '429-no-retry-after', times: 1 })
  await page.getByRole('textbox').fill('000000')
  await button(/^Try again in/).waitFor()
  await stop('a limit')

  user = await visit({ attributes: { redirectToSettings: true } })
  await page.getByRole('textbox').fill(await user.nextCode())
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

  faults.add({ path: '/v1/client/init', fault: '503', times: 1 })
  await visit()
  await button('Try again').waitFor()
  await stop('a notice')
}
