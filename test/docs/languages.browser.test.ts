/** The guide of the languages: its page, its list of languages, its own texts, and the language that it adds. */
import { expect } from 'vitest'
import { test as base } from '../support/browser.js'
import { block, scriptOf } from '../support/documentation.js'
import { PHONE } from '../support/jane.js'
import { serve } from '../support/site.js'

const test = base
  .extend('site', async ({ authsignal }, { onCleanup }) => {
    const page = block('languages/html').code.replace('http://localhost:4010', authsignal.url)
    const site = await serve({ '/': { type: 'text/html; charset=utf-8', body: `<!doctype html>${page}` } })
    onCleanup(site.close)
    return site
  })
  // Opens the page of the guide, with the elements and code of the guide, after a track call.
  .extend('open', ({ authsignal, backend, page, site }) => async (name: string, more = '') => {
    await authsignal.user('jane', { sms: PHONE })
    const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
    await page.goto(site.url)
    const registration = "\nimport 'authsignal-channels/elements'"
    await page.addScriptTag({ content: await scriptOf(name, { more: registration + more }) })
    await page.evaluate(`document.querySelector('authsignal-challenge').token = ${JSON.stringify(token)}`)
  })

test('the page of the guide is in German, and its list changes the language', async ({ page, open }) => {
  await open('languages/select')
  await page.getByRole('heading', { name: 'Code eingeben' }).waitFor()
  await page.evaluate('document.body.append(guide.languageSelect())')
  const options = await page.getByRole('option').allTextContents()
  expect(options).toContain('Deutsch')
  expect(options).toContain('العربية')
  await page.getByRole('combobox').selectOption('ar')
  await page.getByRole('heading', { name: 'أدخل الرمز' }).waitFor()
  await page.getByRole('combobox').selectOption('en')
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
})

test('the own texts of the guide replace those of the language', async ({ page, open }) => {
  await open('languages/own')
  await page.getByRole('heading', { name: 'Code eingeben' }).waitFor()
  await page.evaluate("guide.setTexts(document.querySelector('authsignal-challenge'))")
  await page.getByRole('heading', { name: 'Zahlungscode eingeben' }).waitFor()
})

test('the plural forms of the guide are those of Polish', async ({ page, open }) => {
  const add =
    "\nimport { addLanguage } from 'authsignal-channels/elements'\naddLanguage('pl', async () => ({ default: polish }))"
  await open('languages/plural', add)
  await page.evaluate("document.documentElement.lang = 'pl'")
  await page.getByLabel('Kod z 6 cyfr').waitFor()
})

test('the language that the guide adds is chosen by its tag, and completed by English', async ({
  page,
  open,
}) => {
  await open('languages/add')
  await page.evaluate("document.documentElement.lang = 'pl-PL'")
  await page.getByRole('heading', { name: 'Wpisz kod' }).waitFor()
  await page.getByRole('button', { name: 'Dalej' }).waitFor()
  await page.getByRole('button', { name: 'Resend code' }).waitFor()
})
