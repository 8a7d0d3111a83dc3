/** The hosted page of a tenant with a brand, colours and a language of its own. */
import { expect } from 'vitest'
import { test as base } from '../support/hosted-page.js'
import { EMAIL, PHONE } from '../support/jane.js'

const LOGO =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="90" height="30"%3E%3Crect width="90" height="30"/%3E%3C/svg%3E'

const test = base.extend({
  authsignalTenant: {
    hostedUi: {
      brand: { name: 'Acme', logo: LOGO },
      accent: '#e11d48',
      theme: 'dark',
      lang: 'es',
      methods: ['whatsapp', 'sms'],
      actions: { pay: 'Send payment to Acme, $120' },
    },
  },
})

test('the page shows the brand and the action, in the colours and the language of the tenant', async ({
  page,
  hosted,
}) => {
  await hosted.visit({ sms: PHONE })

  await page.getByText('Send payment to Acme, $120').waitFor()
  const logo = page.getByRole('img', { name: 'Acme' })
  expect(await logo.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(90)
  expect(await page.locator('html').getAttribute('lang')).toBe('es')
  const colors = await page.evaluate(`({
    page: getComputedStyle(document.documentElement).backgroundColor,
    card: getComputedStyle(document.querySelector('[data-authsignal=challenge]')).backgroundColor,
    accent: document.documentElement.style.getPropertyValue('--authsignal-accent'),
  })`)
  expect(colors).toEqual({ page: 'rgb(15, 18, 24)', card: 'rgb(24, 28, 36)', accent: '#e11d48' })
})

test('the methods are those of the tenant, in its order', async ({ page, hosted }) => {
  const url = await hosted.track({ sms: PHONE, whatsapp: PHONE, email: EMAIL })
  await page.goto(`${url}&lang=en`)
  await page.getByRole('button', { name: /^WhatsApp/ }).waitFor()
  expect(await page.locator('[data-authsignal=method-label]').allInnerTexts()).toEqual([
    'WhatsApp',
    'Text message',
  ])
})

test('an address with a language goes before that of the tenant', async ({ page, hosted }) => {
  const url = await hosted.track({ sms: PHONE })
  await page.goto(`${url}&lang=en`)
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
})

test('without its settings, the page is as it is by default', async ({ page, hosted }) => {
  await page.route('**/hosted-ui/settings', route => route.abort())
  await hosted.visit({ sms: PHONE })
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
  expect(await page.getByText('Send payment').count()).toBe(0)
})
