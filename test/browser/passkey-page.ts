/**
 * What the tests of passkeys and security keys share: a shop whose page records its calls to the browser and to its
 * password manager, and passes them on. It works with the service of the test, on another origin.
 *
 * @module
 */
import type { TestUser } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type AuthenticatorKind, plugIn, type VirtualAuthenticator } from '../support/authenticators.js'
import { test as base } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { built, html, serve } from '../support/site.js'

/** The fields of a response that the tests read. */
export interface Result {
  readonly errorCode?: string
  readonly isVerified?: boolean
  readonly token?: string
  readonly userId?: string
}

export interface Thrown {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly isWebAuthnError: boolean
}

/** The page's calls to the browser. */
export interface Ceremony {
  readonly method: 'create' | 'get'
  readonly mediation?: string
  readonly uiMode?: string
  readonly hints?: string[]
  readonly attachment?: string
  readonly allowed?: number
}

export interface Shop {
  /** The page at an IP address, which no passkey can belong to. */
  readonly numericUrl: string
  /** Opens the page. */
  visit(page: Page): Promise<unknown>
  /** Opens the page in a browser with an authenticator: by default a device that stores passkeys. */
  open(page: Page, kind?: AuthenticatorKind): Promise<VirtualAuthenticator>
  /** The token of an action of the user. */
  track(user: TestUser, action?: string): Promise<string>
  /** Gives the user a passkey on the page's device. */
  signUp(page: Page, user: TestUser): Promise<{ credentialId: string; userAuthenticatorId: string }>
  /** The token proves to a backend that the user has completed the action. */
  expectValid(user: TestUser, token: string | undefined, action: string): Promise<{ idempotencyKey?: string }>
}

const SCRIPT = `
  const ceremonies = [], signals = []
  for (const method of ['create', 'get']) {
    const original = navigator.credentials[method]
    navigator.credentials[method] = function (options) {
      const { publicKey, mediation, uiMode } = options
      ceremonies.push({
        method, mediation, uiMode, hints: publicKey.hints, allowed: publicKey.allowCredentials?.length,
        attachment: publicKey.authenticatorSelection?.authenticatorAttachment,
      })
      return original.call(this, options)
    }
  }
  for (const name of ['signalUnknownCredential', 'signalAllAcceptedCredentials']) {
    const original = PublicKeyCredential[name]
    PublicKeyCredential[name] = function (details) {
      signals.push({ name, ...details })
      return original.call(this, details)
    }
  }
  const describeError = error => ({
    name: error.name, message: error.message, code: error.code,
    isWebAuthnError: error instanceof authsignal.WebAuthnError,
  })`

/** The address of the page has the settings of its client. */
const PAGE = html(`
  <title>Shop</title>
  <label>E-mail <input autocomplete="username webauthn"></label>
  <button type="button">Sign in</button>
  <script>${SCRIPT}</script>
  <script src="/sdk.js"></script>
  <script>
    const settings = Object.fromEntries(new URLSearchParams(location.search))
    const newClient = () => new authsignal.Authsignal(settings)
    const client = newClient()
  </script>`)

export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used.
  .extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
    const site = await serve({ '/': PAGE, '/sdk.js': built('authsignal.umd.min.js') })
    onCleanup(site.close)
    return site
  })
  .extend('shop', ({ site, authsignal, backend }): Shop => {
    const search = `?${new URLSearchParams({ ...authsignal.pageSettings })}`

    async function track({ userId }: TestUser, action = 'pay') {
      const { token } = await backend.track({ userId, action, attributes: {} })
      return token
    }

    const visit = (page: Page) => page.goto(`${site.url}/${search}`)

    return {
      numericUrl: site.otherUrl + search,
      visit,
      async open(page, kind = 'device') {
        await visit(page)
        return plugIn(page, kind)
      },
      track,
      async signUp(page, user) {
        const { isVerified, userAuthenticator } = await page.evaluate<{
          isVerified: boolean
          userAuthenticator: { userAuthenticatorId: string; webauthnCredential: { credentialId: string } }
        }>(`client.passkey.signUp({ token: '${await track(user)}', username: '${user.userId}' })`)
        expect(isVerified).toBe(true)
        const { userAuthenticatorId, webauthnCredential } = userAuthenticator
        return { userAuthenticatorId, credentialId: webauthnCredential.credentialId }
      },
      async expectValid({ userId }, token, action) {
        expect(token).toEqual(expect.any(String))
        const validation = await backend.validateChallenge({ token: token!, action, userId })
        expect(validation).toMatchObject({ isValid: true, state: 'CHALLENGE_SUCCEEDED', userId })
        return validation
      },
    }
  })

/** The passkeys of the service belong to another domain than the page. */
export const testOfOtherDomain = test.extend({ authsignalTenant: { rpId: 'example.com' } })

export const call = (page: Page, expression: string) => page.evaluate<Result>(expression)

export const thrownBy = (page: Page, expression: string) =>
  page.evaluate<Thrown>(
    `(async () => ${expression})().then(result => ({ name: 'nothing was thrown', result }), describeError)`,
  )

export const ceremonies = (page: Page) => page.evaluate<Ceremony[]>('ceremonies')

/** Waits until the browser was called that many times. */
export const expectCeremonies = (page: Page, count: number) =>
  expect.poll(() => ceremonies(page), { timeout: PATIENCE }).toHaveLength(count)
