/** `<authsignal-challenge>` in every engine: each method that needs no authenticator of the browser, and a language. */
import { type EnrollVerifiedAuthenticatorRequest, VerificationMethod } from '@authsignal/node'
import { afterAll, beforeAll, expect } from 'vitest'
import { elementFiles, elementPage } from '../support/element-page.js'
import { PATIENCE } from '../support/patience.js'
import { base32, totpCode } from '../support/rfc-6238.js'
import { type Service, startService } from '../support/service.js'
import { type Site, serve } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

let service: Service
let site: Site

beforeAll(async () => {
  service = await startService()
  const element = `<authsignal-challenge tenant-id="${service.tenantId}" base-url="${service.baseUrl}"></authsignal-challenge>`
  site = await serve({ '/': elementPage(service.url, element), ...elementFiles() })
})

afterAll(() => Promise.all([service.close(), site.close()]))

async function open(page: EnginePage, userId: string, lang = 'en') {
  const { token } = await service.backend.track({ userId, action: 'pay', attributes: {} })
  await page.goto(site.url)
  await expect.poll(() => page.evaluate('window.isReady === true')).toBe(true)
  await page.evaluate(
    (token, lang) => {
      const element = document.querySelector('authsignal-challenge')!
      element.lang = lang
      element.token = token
    },
    token,
    lang,
  )
}

/** The heading, once it is this one. */
const untilTitle = (page: EnginePage, title: string) =>
  expect.poll(() => page.evaluate(() => document.querySelector('h1')?.textContent ?? '')).toBe(title)

async function enter(page: EnginePage, code: string) {
  await page.click('authsignal-challenge input')
  await page.type(code)
}

/** What the backend says of the token that the page got. */
async function verdict(page: EnginePage, userId: string) {
  const token = () =>
    page.evaluate(() => window.events.find(([type]) => type === 'success')?.[1]?.token ?? '')
  await expect.poll(token).not.toBe('')
  return service.backend.validateChallenge({ token: await token(), action: 'pay', userId })
}

/** Calls a control route of the emulator, the phone of the user. */
async function phone(path: string, body?: object) {
  const response = await service.emulator.fetch(`${service.url}/emulator/push/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  })
  return response.json()
}

inEachEngine(test => {
  for (const method of ['SMS', 'WHATSAPP', 'EMAIL_OTP'] as const)
    test(`a user is verified by ${method}`, async ({ sharedPage: page }) => {
      const user = await service.newUser(method)
      await open(page, user.userId)
      await untilTitle(page, 'Enter the code')
      await enter(page, await user.nextCode(method))
      expect(await verdict(page, user.userId)).toMatchObject({ isValid: true, verificationMethod: method })
      await untilTitle(page, 'Verified')
    })

  test('a user is verified by an authenticator app', async ({ sharedPage: page }) => {
    const { userId } = await service.newUser()
    await service.backend.enrollVerifiedAuthenticator({
      userId,
      attributes: {
        verificationMethod: VerificationMethod.AUTHENTICATOR_APP,
        otpUri: `otpauth://totp/Shop:jo?secret=${SECRET}&issuer=Shop`,
      } as EnrollVerifiedAuthenticatorRequest['attributes'],
    })
    await open(page, userId)
    await untilTitle(page, 'Enter the code')
    await enter(page, await totpCode(base32(SECRET), service.emulator.clock.now()))
    expect(await verdict(page, userId)).toMatchObject({ isValid: true })
  })

  test('a user is verified by a link', async ({ sharedPage: page }) => {
    const { userId, email } = await service.newUser()
    await service.backend.enrollVerifiedAuthenticator({
      userId,
      attributes: { verificationMethod: VerificationMethod.EMAIL_MAGIC_LINK, email },
    })
    await open(page, userId)
    await untilTitle(page, 'Check your email')
    const link = () => service.emulator.messages.list({ channel: 'EMAIL', to: email })[0]?.url
    await expect.poll(link, { timeout: PATIENCE }).toBeDefined()
    const form = await (await fetch(link()!)).text()
    const [, action = ''] = form.match(/<form[^>]+action="([^"]*)"/) ?? []
    await fetch(new URL(action.replaceAll('&amp;', '&'), link()), { method: 'POST' })
    expect(await verdict(page, userId)).toMatchObject({ isValid: true })
  })

  test('a user is verified by a push notification', async ({ sharedPage: page }) => {
    const { userId } = await service.newUser()
    await phone('enroll', { userId, deviceName: 'Pixel of Jo' })
    await open(page, userId)
    const pending = async () => (await phone(`pending?userId=${userId}`)).challenges
    await expect.poll(pending, { timeout: PATIENCE }).not.toEqual([])
    await phone('respond', { challengeId: (await pending()).at(-1).challengeId, approved: true })
    expect(await verdict(page, userId)).toMatchObject({ isValid: true })
  })

  test('a new user adds a number, in Arabic', async ({ sharedPage: page }) => {
    const user = await service.newUser()
    await open(page, user.userId, 'ar')
    await expect
      .poll(() =>
        page.evaluate(() => document.querySelector('[data-authsignal=challenge]')?.getAttribute('dir')),
      )
      .toBe('rtl')
    await page.click('[data-authsignal=method]')
    await expect.poll(() => page.evaluate(() => document.querySelector('input')?.name)).toBe('tel')
    await enter(page, user.phoneNumber)
    await page.press('Enter')
    await page.click('authsignal-challenge [type=checkbox]')
    await page.click('[data-authsignal=submit]')
    await expect.poll(() => page.evaluate(() => document.querySelector('input')?.name)).toBe('code')
    await enter(page, await user.nextCode('SMS'))
    expect(await verdict(page, user.userId)).toMatchObject({ isValid: true })
  })
})
