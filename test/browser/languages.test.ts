/** The hosted page in other languages: which one it takes, and how it is laid out. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { axeViolations } from '../support/axe.js'
import { test } from '../support/browser.js'
import { type Method, type Service, startService } from '../support/service.js'
import { built, type Site, serve } from '../support/site.js'

let service: Service

beforeAll(async () => {
  service = await startService()
})

afterAll(() => service.close())

/** The address of the page for a user with these methods. */
async function track(
  methods: readonly Method[],
  attributes: { locale?: string; redirectToSettings?: boolean } = {},
) {
  const { userId } = await service.newUser(...methods)
  const { url } = await service.backend.track({ userId, action: 'pay', attributes })
  return url
}

const inLanguage = (url: string, lang: string) => `${url}&lang=${lang}`

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

/** The language that a text of the page is in. */
const languageOf = (page: Page) =>
  page.evaluate<string[]>(`[document.documentElement.lang, document.documentElement.dir, document.title]`)

describe('the hosted page', () => {
  test('is in the language that its address names', async ({ page }) => {
    await page.goto(inLanguage(await track(['SMS']), 'pt-BR'))
    await heading(page, 'Digite o código')
    expect(await languageOf(page)).toEqual(['pt-BR', 'ltr', 'Digite o código'])
  })

  test('is in the language of the track call', async ({ page }) => {
    await page.goto(await track(['SMS'], { locale: 'nl' }))
    await heading(page, 'Vul de code in')
  })

  test('is otherwise in the first language of the browser that there are texts for', async ({ browser }) => {
    const context = await browser.newContext({ locale: 'fr-CA' })
    const page = await context.newPage()
    await page.goto(await track(['SMS']))
    await heading(page, 'Saisissez le code')
    expect(await languageOf(page)).toEqual(['fr-CA', 'ltr', 'Saisissez le code'])
    await context.close()
  })

  test('is in English for other languages, and loads no texts for it', async ({ page }) => {
    const loaded: string[] = []
    page.on('request', request => loaded.push(new URL(request.url()).pathname))
    await page.goto(inLanguage(await track(['SMS']), 'xx'))
    await heading(page, 'Enter the code')
    expect(await languageOf(page)).toEqual(['en', 'ltr', 'Enter the code'])
    expect(loaded.filter(path => /\/\w\w\.js$/.test(path))).toEqual([])
  })

  test('is in English when the texts cannot be loaded', async ({ page }) => {
    await page.route(/\/hosted-ui\/de\.js/, route => route.abort())
    await page.goto(inLanguage(await track(['SMS']), 'de'))
    await heading(page, 'Enter the code')
    expect(await languageOf(page)).toEqual(['en', 'ltr', 'Enter the code'])
  })

  test('is written from right to left in Arabic, but codes, numbers and addresses are not', async ({
    page,
  }) => {
    await page.goto(inLanguage(await track(['SMS', 'EMAIL_OTP']), 'ar'))
    await heading(page, 'تأكيد هويتك')
    expect((await languageOf(page)).slice(0, 2)).toEqual(['ar', 'rtl'])
    const directions = (selector: string) =>
      page.locator(selector).evaluateAll(all => all.map(each => getComputedStyle(each).direction))
    expect(await directions('[data-authsignal=destination]')).toEqual(['ltr', 'ltr'])
    expect(await directions('[data-authsignal=title]')).toEqual(['rtl'])
    // The icon is where a line begins.
    const [icon, label] = await page
      .locator('[data-authsignal=method]')
      .first()
      .evaluate(method =>
        ['icon', 'method-label'].map(
          hook => method.querySelector(`[data-authsignal=${hook}]`)!.getBoundingClientRect().left,
        ),
      )
    expect(icon).toBeGreaterThan(label!)
    await page.getByRole('button', { name: 'رسالة نصية' }).click()
    await heading(page, 'أدخل الرمز')
    expect(await directions('input')).toEqual(['ltr'])
    expect(await directions('[data-authsignal=destination]')).toEqual(['ltr'])
  })
})

describe('a page with the script tag', () => {
  let site: Site

  beforeAll(async () => {
    const locales = 'elements/challenge/wording/locales'
    const elements = ['ar', 'de']
      .map(
        lang => `<authsignal-challenge lang="${lang}" tenant-id="demo-tenant" base-url="${service.url}/v1">`,
      )
      .join('</authsignal-challenge>')
    site = await serve({
      // Not beside the script: its files are found from its own address.
      '/shop/pay': {
        type: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': `script-src 'self'; connect-src ${service.url}` },
        body: `<!doctype html><title>Pay</title><script src="/scripts/authsignal.js"></script>${elements}`,
      },
      '/scripts/authsignal.js': built('authsignal-elements.umd.min.js'),
      [`/scripts/${locales}/ar.js`]: built(`${locales}/ar.js`),
      [`/scripts/${locales}/de.js`]: built(`${locales}/de.js`),
    })
  })

  afterAll(() => site.close())

  test('loads the texts from beside the script, for each challenge its own language', async ({ page }) => {
    await page.goto(`${site.url}/shop/pay`)
    for (const [index] of ['ar', 'de'].entries()) {
      const { userId } = await service.newUser('SMS')
      const { token } = await service.backend.track({ userId, action: 'pay', attributes: {} })
      await page
        .locator('authsignal-challenge')
        .nth(index)
        .evaluate((element, value) => Object.assign(element, { token: value }), token)
    }
    await heading(page, 'أدخل الرمز')
    await heading(page, 'Code eingeben')
    // A language whose file is not there.
    await page
      .locator('authsignal-challenge')
      .last()
      .evaluate(element => element.setAttribute('lang', 'fr'))
    await heading(page, 'Enter the code')
    await heading(page, 'أدخل الرمز')
  })
})

const LANGUAGES = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']

test.for([
  ['choosing a method', ['SMS', 'EMAIL_OTP'], 'method', () => {}],
  [
    'a code that is too short',
    ['SMS'],
    'field-error',
    (page: Page) => page.getByRole('textbox').press('Enter'),
  ],
  ['adding a method', [], 'method', () => {}],
] as const)(
  'fits, and passes axe, in each language at 320 px: %s',
  async ([, methods, piece, go], { page }) => {
    await page.setViewportSize({ width: 320, height: 700 })
    await page.goto(await track(methods))
    await page.getByRole('heading').waitFor()
    await go(page)
    for (const lang of LANGUAGES) {
      await page.locator('authsignal-challenge').evaluate((element, value) => {
        ;(element as HTMLElement).lang = value
      }, lang)
      await page.locator(`html[lang=${lang}]`).waitFor()
      await page.locator(`[data-authsignal~=${piece}]`).first().waitFor()
      expect(await page.evaluate(`document.documentElement.scrollWidth`), lang).toBe(320)
      expect(await axeViolations(page), lang).toEqual([])
    }
  },
)
