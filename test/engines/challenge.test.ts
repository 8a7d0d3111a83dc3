/** `<authsignal-challenge>` in every engine: each method that needs no authenticator of the browser, and a language. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Authsignal as Backend } from '@authsignal/node'
import type { TestAuthsignal, TestUser, UserOptions } from 'authsignal-channels/testing/vitest'
import { expect, onTestFinished } from 'vitest'
import { elementFiles, elementPage } from '../support/element-page.js'
import { EMAIL, PHONE } from '../support/jane.js'
import { serve } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'

interface Settings {
  readonly lang?: string
  readonly methods?: string
}

/** Opens a page of the app for the user jane, with the challenge for an action of hers. */
async function open(
  page: EnginePage,
  authsignal: TestAuthsignal,
  options: UserOptions = {},
  { lang = 'en', methods = '' }: Settings = {},
) {
  const { tenantId, baseUrl } = authsignal.settings
  const jane = await authsignal.user('jane', options)
  const { token } = await backendOf(authsignal).track({ userId: 'jane', action: 'pay', attributes: {} })
  const element = `<authsignal-challenge tenant-id="${tenantId}" base-url="${baseUrl}"></authsignal-challenge>`
  const site = await serve({ '/': elementPage(authsignal.url, element), ...elementFiles() })
  onTestFinished(site.close)
  await page.goto(site.url)
  await expect.poll(() => page.evaluate('window.isReady === true')).toBe(true)
  await page.evaluate(
    (token, lang, methods) => {
      const element = document.querySelector('authsignal-challenge')!
      element.lang = lang
      element.methods = methods
      element.token = token
    },
    token,
    lang,
    methods,
  )
  return jane
}

const backendOf = ({ settings }: TestAuthsignal) => new Backend(settings)

/** The heading, once it is this one. */
const untilTitle = (page: EnginePage, title: string) =>
  expect.poll(() => page.evaluate(() => document.querySelector('h1')?.textContent ?? '')).toBe(title)

async function enter(page: EnginePage, code: string) {
  await page.click('authsignal-challenge input')
  await page.type(code)
}

/** What the backend says of the token that the page got. */
async function verdict(page: EnginePage, authsignal: TestAuthsignal) {
  const token = () =>
    page.evaluate(() => window.events.find(([type]) => type === 'success')?.[1]?.token ?? '')
  await expect.poll(token).not.toBe('')
  return backendOf(authsignal).validateChallenge({ token: await token(), action: 'pay', userId: 'jane' })
}

/** Follows a link in an e-mail, and confirms. */
async function follow(link: string) {
  const form = await (await fetch(link)).text()
  const [, action = ''] = form.match(/<form[^>]+action="([^"]*)"/) ?? []
  await fetch(new URL(action.replaceAll('&amp;', '&'), link), { method: 'POST' })
}

/** How a user gets a code, by the method that the backend is told. */
const CODES: Readonly<Record<string, readonly [UserOptions, (user: TestUser) => Promise<string>]>> = {
  SMS: [{ sms: PHONE }, ({ sms }) => sms.code()],
  WHATSAPP: [{ whatsapp: PHONE }, ({ whatsapp }) => whatsapp.code()],
  EMAIL_OTP: [{ email: EMAIL }, ({ email }) => email.code()],
  AUTHENTICATOR_APP: [{ totp: true }, ({ totp }) => totp.code()],
}

inEachEngine(test => {
  for (const [verificationMethod, [options, codeOf]] of Object.entries(CODES))
    test(`a user is verified by ${verificationMethod}`, async ({ authsignal, sharedPage: page }) => {
      const jane = await open(page, authsignal, options)
      await untilTitle(page, 'Enter the code')
      await enter(page, await codeOf(jane))
      expect(await verdict(page, authsignal)).toMatchObject({ isValid: true, verificationMethod })
      await untilTitle(page, 'Verified')
    })

  test('a user is verified by a link', async ({ authsignal, sharedPage: page }) => {
    const jane = await open(page, authsignal, { magicLink: EMAIL })
    await untilTitle(page, 'Check your email')
    await follow(await jane.email.link())
    expect(await verdict(page, authsignal)).toMatchObject({ isValid: true })
  })

  test('a user is verified by a push notification', async ({ authsignal, sharedPage: page }) => {
    const jane = await open(page, authsignal, { push: true })
    await jane.push.approve()
    expect(await verdict(page, authsignal)).toMatchObject({ isValid: true })
  })

  test('a user is verified by a QR code that the phone scans', async ({ authsignal, sharedPage: page }) => {
    const jane = await open(page, authsignal, { sms: PHONE }, { methods: 'qrCode' })
    const folder = await mkdtemp(join(tmpdir(), 'qr-code-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await jane.scanQr({
      async screenshot() {
        const file = join(folder, 'page.png')
        await page.screenshot(file)
        return readFile(file)
      },
    })
    expect(await verdict(page, authsignal)).toMatchObject({ isValid: true, verificationMethod: 'DEVICE' })
  })

  test('a new user adds a number, in Arabic', async ({ authsignal, sharedPage: page }) => {
    const jane = await open(page, authsignal, {}, { lang: 'ar' })
    await expect
      .poll(() =>
        page.evaluate(() => document.querySelector('[data-authsignal=challenge]')?.getAttribute('dir')),
      )
      .toBe('rtl')
    await page.click('[data-authsignal=method]')
    await expect.poll(() => page.evaluate(() => document.querySelector('input')?.name)).toBe('tel')
    await enter(page, PHONE)
    await page.press('Enter')
    await page.click('authsignal-challenge [type=checkbox]')
    await page.click('[data-authsignal=submit]')
    await expect.poll(() => page.evaluate(() => document.querySelector('input')?.name)).toBe('code')
    await enter(page, await jane.sms.code())
    expect(await verdict(page, authsignal)).toMatchObject({ isValid: true })
  })
})
