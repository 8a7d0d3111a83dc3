/** The hosted page in other languages: which one it takes, and how it is laid out. */
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { axeViolations } from '../support/axe.js'
import { test } from '../support/hosted-page.js'
import { EMAIL, PHONE } from '../support/jane.js'
import { built, html, serve } from '../support/site.js'

const inLanguage = (url: string, lang: string) => `${url}&lang=${lang}`

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

/** The language that a text of the page is in. */
const languageOf = (page: Page) =>
  page.evaluate<string[]>(`[document.documentElement.lang, document.documentElement.dir, document.title]`)

describe('the hosted page', () => {
  test('is in the language that its address names', async ({ page, hosted }) => {
    await page.goto(inLanguage(await hosted.track({ sms: PHONE }), 'pt-BR'))
    await heading(page, 'Digite o código')
    expect(await languageOf(page)).toEqual(['pt-BR', 'ltr', 'Digite o código'])
  })

  test('is in the language of the track call', async ({ page, hosted }) => {
    await page.goto(await hosted.track({ sms: PHONE }, { locale: 'nl' }))
    await heading(page, 'Vul de code in')
  })

  test('is otherwise in the first language of the browser that there are texts for', async ({
    browser,
    hosted,
  }) => {
    const context = await browser.newContext({ locale: 'fr-CA' })
    const page = await context.newPage()
    await page.goto(await hosted.track({ sms: PHONE }))
    await heading(page, 'Saisissez le code')
    expect(await languageOf(page)).toEqual(['fr-CA', 'ltr', 'Saisissez le code'])
    await context.close()
  })

  test('is in English for other languages, and loads no texts for it', async ({ page, hosted }) => {
    const loaded: string[] = []
    page.on('request', request => loaded.push(new URL(request.url()).pathname))
    await page.goto(inLanguage(await hosted.track({ sms: PHONE }), 'xx'))
    await heading(page, 'Enter the code')
    expect(await languageOf(page)).toEqual(['en', 'ltr', 'Enter the code'])
    expect(loaded.filter(path => /\/\w\w\.js$/.test(path))).toEqual([])
  })

  test('is in English when the texts cannot be loaded', async ({ page, hosted }) => {
    await page.route(/\/hosted-ui\/de\.js/, route => route.abort())
    await page.goto(inLanguage(await hosted.track({ sms: PHONE }), 'de'))
    await heading(page, 'Enter the code')
    expect(await languageOf(page)).toEqual(['en', 'ltr', 'Enter the code'])
  })

  test('is written from right to left in Arabic, but codes, numbers and addresses are not', async ({
    page,
    hosted,
  }) => {
    await page.goto(inLanguage(await hosted.track({ sms: PHONE, email: EMAIL }), 'ar'))
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

test('the script tag loads the texts from beside it, for each challenge its own language', async ({
  page,
  authsignal,
  backend,
}) => {
  const { tenantId, baseUrl } = authsignal.settings
  const challengeIn = (lang: string) =>
    `<authsignal-challenge lang="${lang}" tenant-id="${tenantId}" base-url="${baseUrl}"></authsignal-challenge>`
  const locales = 'elements/challenge/wording/locales'
  const site = await serve({
    // Not beside the script: its files are found from its own address.
    '/shop/pay': html(
      `<title>Pay</title><script src="/scripts/authsignal.js"></script>${challengeIn('ar')}${challengeIn('de')}`,
      { 'content-security-policy': `script-src 'self'; connect-src ${authsignal.url}` },
    ),
    '/scripts/authsignal.js': built('authsignal-elements.umd.min.js'),
    [`/scripts/${locales}/ar.js`]: built(`${locales}/ar.js`),
    [`/scripts/${locales}/de.js`]: built(`${locales}/de.js`),
  })
  onTestFinished(site.close)
  await authsignal.user('jane', { sms: PHONE })
  await page.goto(`${site.url}/shop/pay`)
  const challenges = page.locator('authsignal-challenge')
  for (const challenge of [challenges.first(), challenges.last()]) {
    const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
    await challenge.evaluate((element, value) => Object.assign(element, { token: value }), token)
  }
  await heading(page, 'أدخل الرمز')
  await heading(page, 'Code eingeben')
  // A language whose file is not there.
  await challenges.last().evaluate(element => element.setAttribute('lang', 'fr'))
  await heading(page, 'Enter the code')
  await heading(page, 'أدخل الرمز')
})

const LANGUAGES = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']

test.for([
  ['choosing a method', { sms: PHONE, email: EMAIL }, 'method', () => {}],
  [
    'a code that is too short',
    { sms: PHONE },
    'field-error',
    (page: Page) => page.getByRole('textbox').press('Enter'),
  ],
  ['adding a method', {}, 'method', () => {}],
] as const)(
  'fits, and passes axe, in each language at 320 px: %s',
  async ([, options, piece, go], { page, hosted }) => {
    await page.setViewportSize({ width: 320, height: 700 })
    await hosted.visit(options)
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
