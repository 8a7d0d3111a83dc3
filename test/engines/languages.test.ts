/** The languages of `<authsignal-challenge>` in every engine: each is loaded, and formatted by the engine's Intl. */
import { expect, onTestFinished } from 'vitest'
import { PHONE } from '../support/jane.js'
import { pageFile } from '../support/launch-pages.js'
import { built, builtModules, html, serve } from '../support/site.js'
import { inEachEngine } from './each-engine.js'

/** The heading of the screen for a code. */
const TITLES = {
  ar: 'أدخل الرمز',
  de: 'Code eingeben',
  en: 'Enter the code',
  es: 'Introduzca el código',
  fr: 'Saisissez le code',
  it: 'Inserisci il codice',
  ja: 'コードの入力',
  nl: 'Vul de code in',
  pt: 'Digite o código',
  zh: '输入验证码',
}

inEachEngine(test => {
  test('each language is shown when the attribute names it, and what was entered stays', async ({
    sharedPage: page,
    authsignal,
    backend,
  }) => {
    const { tenantId, baseUrl } = authsignal.settings
    const site = await serve({
      '/': html(`
        <script src="/collect-errors.js"></script>
        <title>Pay</title>
        <script src="/authsignal.js"></script>
        <authsignal-challenge tenant-id="${tenantId}" base-url="${baseUrl}"></authsignal-challenge>`),
      '/authsignal.js': built('authsignal-elements.umd.min.js'),
      ...builtModules('elements/challenge/wording/locales'),
      '/collect-errors.js': pageFile('collect-errors.js'),
    })
    onTestFinished(site.close)
    await authsignal.user('jane', { sms: PHONE })
    const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
    await page.goto(site.url)
    await page.evaluate(value => {
      document.querySelector('authsignal-challenge')!.token = value
    }, token)
    await page.click('input')
    await page.type('123')

    for (const [lang, title] of Object.entries(TITLES)) {
      await page.evaluate(tag => {
        document.querySelector('authsignal-challenge')!.lang = tag
      }, lang)
      await expect.poll(() => page.evaluate(() => document.querySelector('h1')?.textContent)).toBe(title)
      const shown = await page.evaluate(() => {
        const root = document.querySelector<HTMLElement>('[data-authsignal=challenge]')!
        const input = root.querySelector('input')!
        return {
          lang: root.lang,
          direction: getComputedStyle(root).direction,
          entered: input.value,
          ofInput: getComputedStyle(input).direction,
          isFocused: document.activeElement === input,
          resend: root.querySelector('[data-authsignal=resend] button')!.textContent,
        }
      })
      expect(shown).toMatchObject({
        lang,
        direction: lang === 'ar' ? 'rtl' : 'ltr',
        entered: '123',
        ofInput: 'ltr',
        isFocused: true,
      })
      // A countdown in the digits of the language.
      expect(shown.resend).toMatch(/[\d٠-٩]:[\d٠-٩]{2}/)
    }
  })
})
