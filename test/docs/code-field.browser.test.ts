/** The guide of the code field: each of its fields, as it is written, reports a code and shows an error. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { block, CACHE, runBlock, scriptOf } from '../support/documentation.js'
import { PHONE, wrongCode } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { html, type Site, serve } from '../support/site.js'

let site: Site

beforeAll(async () => {
  const style = { type: 'text/css', body: block('code-field/style').code }
  site = await serve({
    '/': html(
      `<title>Code</title><link rel="stylesheet" href="/style.css">${block('code-field/html').code}<div id="app"></div>`,
    ),
    '/style.css': style,
    '/app': html('<title>Code</title><div id="app"></div>'),
    '/confirm': html('<title>Confirmed</title>'),
  })
})
afterAll(() => site.close())

const field = (page: Page) => page.getByLabel('Code')

test('the form of the guide is sent with the code, once it is complete', async ({ page }) => {
  await page.goto(site.url)
  await page.addScriptTag({ content: await scriptOf('code-field/script') })
  const request = page.waitForRequest(/\/confirm$/)
  await field(page).fill('Your code is 123 456.')
  expect((await request).postData()).toBe('code=123456')
})

test('the style of the guide applies to the field', async ({ page }) => {
  await page.goto(site.url)
  await page.addScriptTag({ content: await scriptOf('code-field/script') })
  const style = () =>
    field(page).evaluate(input => {
      const { fontSize, borderRadius } = getComputedStyle(input)
      return { fontSize, borderRadius }
    })
  expect(await style()).toEqual({ fontSize: '24px', borderRadius: '8px' })
  await page.evaluate("document.querySelector('authsignal-code').toggleAttribute('cells')")
  expect(await style()).toEqual({ fontSize: '24px', borderRadius: '8px' })
})

test('the field verifies codes by WhatsApp: a wrong one becomes an error, the right one a token', async ({
  page,
  authsignal,
  backend,
}) => {
  const jane = await authsignal.user('jane', { whatsapp: PHONE })
  const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
  await page.goto(site.url)
  await page.addScriptTag({
    content: await scriptOf('code-field/verify', {
      emulatorUrl: authsignal.url,
      more: "\nimport 'authsignal-channels/elements/code'",
    }),
  })
  await page.evaluate(`
    guide.client.setToken(${JSON.stringify(token)})
    guide.verifyBy(document.querySelector('authsignal-code'), verified => { window.verified = verified })
    guide.client.whatsapp.challenge()`)
  const code = await jane.whatsapp.code()
  await field(page).focus()
  await page.keyboard.type(wrongCode(code))
  await page
    .getByRole('alert')
    .filter({ hasText: /wrong|not right|expired/ })
    .waitFor()
  await page.keyboard.type(code)
  await page.waitForFunction('window.verified')
  const verified = await page.evaluate<string>('window.verified')
  expect(await backend.validateChallenge({ token: verified, action: 'pay' })).toMatchObject({
    isValid: true,
  })
})

/** The app calls `verify` with the code, and accepts one. */
const VERIFY = `
  window.verified = []
  const verify = async code => {
    verified.push(code)
    return code === '654321' ? undefined : 'That code is wrong.'
  }`

/** The field of a framework reports, shows and clears, and knows what is in its input. */
async function expectToWork(page: Page) {
  const verified = () => page.evaluate<string[]>('window.verified')
  await field(page).focus()
  await page.keyboard.insertText('Your code is 123 456.')
  await expect.poll(verified, { timeout: PATIENCE }).toEqual(['123456'])
  expect(await field(page).inputValue()).toBe('123456')
  const alert = page.getByRole('alert')
  await alert.filter({ hasText: 'That code is wrong.' }).waitFor()
  // A second wrong code is announced, too.
  await page.keyboard.type('1')
  expect(await alert.textContent()).toBe('')
  await page.keyboard.type('23457')
  await alert.filter({ hasText: 'That code is wrong.' }).waitFor()
  await page.keyboard.type('654321')
  await expect.poll(verified, { timeout: PATIENCE }).toEqual(['123456', '123457', '654321'])
  expect(await field(page).inputValue()).toBe('654321')
  expect(await alert.textContent()).toBe('')
}

test('the field works in React, where the state holds the value', async ({ page }) => {
  const more = `
    import { createElement, StrictMode } from 'react'
    import { createRoot } from 'react-dom/client'
    ${VERIFY}
    createRoot(document.querySelector('#app'))
      .render(createElement(StrictMode, null, createElement(CodeField, { verify })))`
  await page.goto(`${site.url}/app`)
  await page.addScriptTag({ content: await scriptOf('code-field/react', { more }) })
  await expectToWork(page)
})

test('the field works in Vue, with v-model', async ({ page }) => {
  const folder = resolve(CACHE, 'code-field')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'code-field.vue'), block('code-field/vue').code)
  writeFileSync(
    join(folder, 'main.js'),
    `import { createApp } from 'vue'
    import CodeField from './code-field.vue'
    ${VERIFY}
    createApp(CodeField, { verify }).mount('#app')`,
  )
  const { default: config } = await runBlock<{ default: object }>('code-field/vite')
  const { build } = await import('vite')
  await build({
    ...config,
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'dist'),
      rolldownOptions: { input: join(folder, 'main.js'), output: { entryFileNames: 'main.js' } },
    },
  })
  await page.goto(`${site.url}/app`)
  await page.addScriptTag({ content: readFileSync(join(folder, 'dist/main.js'), 'utf8'), type: 'module' })
  await expectToWork(page)
})
