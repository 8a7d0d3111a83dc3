/** What an app that imports one name has in its bundle, by each bundler: nothing of another channel. */
import * as sdk from 'authsignal-channels'
import { describe, expect, test } from 'vitest'
import { bundlers } from '../support/bundlers.js'
import { bundle, importing } from './bundle.js'

const named = (method: string) => new RegExp(`["'\`]${method}["'\`]`)

/** Words that only the code of this export holds, whatever quotes a bundler writes. */
const WORDS: Readonly<Record<string, readonly RegExp[]>> = {
  sms: [named('sms')],
  whatsapp: [named('whatsapp')],
  email: [/email-otp/],
  emailML: [/email-magic-link/],
  totp: [/user-authenticators\/totp/],
  passkey: [/as_user_passkey_map/, /signalAllAcceptedCredentials/],
  securityKey: [/user-authenticators\/security-key/],
  push: [/challenge\/push/],
  qrCode: [/ws-v1-challenge/, /CREATE_CHALLENGE/],
  notp: [/E066103/, /pending-session/],
  launch: [/showModal/, /@starting-style/],
  handleRedirect: [/replaceState/],
  poll: [/visibilitychange/],
  userMessage: [/Too many wrong codes/, /RelativeTimeFormat/],
  AuthsignalWindowMessage: [/AUTHSIGNAL_READY/],
  ErrorCode: [/expired_token:\s*["'`]expired_token/],
  WebAuthnError: [/class.+extends Error.+Object\.defineProperty\(this,\s*["'`]code["'`]/s],
}

/** The exports that another one needs. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  emailML: ['poll'],
  launch: ['AuthsignalWindowMessage'],
  notp: ['poll'],
  push: ['poll'],
  qrCode: ['poll'],
  passkey: ['WebAuthnError'],
  securityKey: ['WebAuthnError'],
}

/** What is left of the ceremonies and the style when it is not needed. */
const WEBAUTHN = /navigator\.credentials|WebAuthn|existing .* API call/
const STYLE = /::backdrop|@keyframes/

/** Code of the elements. */
const ELEMENTS = /authsignal-code|customElements/

const parts = Object.keys(WORDS)

/**
 * Rollup and webpack take a second for each: one with code of its own. What they leave in the others shows in their size.
 * With `BUNDLERS=all`, every import is tried with all of them.
 */
const partsFor = (bundler: string) =>
  ['Vite', 'esbuild'].includes(bundler) || process.env.BUNDLERS === 'all' ? parts : ['passkey']

test('each export is looked at, but for those that hold a channel by what they are', () => {
  expect([...parts, 'Authsignal', 'Whatsapp', 'createClient', 'extendClient'].sort()).toEqual(
    Object.keys(sdk).sort(),
  )
})

describe.each(Object.keys(bundlers))('%s', bundler => {
  test.each(partsFor(bundler))(
    'an app that imports %s bundles no other channel, nor its style, nor the elements',
    async part => {
      const code = await bundle(importing(['createClient', part]), bundler)
      const needed = [part, ...(NEEDED[part] ?? [])]
      for (const word of WORDS[part]!) expect(code).toMatch(word)
      for (const other of parts.filter(other => !needed.includes(other))) {
        for (const word of WORDS[other]!) expect(code).not.toMatch(word)
      }
      if (!needed.includes('WebAuthnError')) expect(code).not.toMatch(WEBAUTHN)
      if (part !== 'launch') expect(code).not.toMatch(STYLE)
      expect(code).not.toMatch(ELEMENTS)
    },
  )

  test('an import that is not used leaves nothing', async () => {
    const code = await bundle(
      `import { Authsignal, createClient, ErrorCode } from 'authsignal-channels'`,
      bundler,
    )
    expect(code.trim()).toBe('')
  })
})

test('nothing in the SDK writes HTML, evaluates text, or makes a global', async () => {
  const all = "import * as sdk from 'authsignal-channels'\nfor (const name in sdk) console.log(sdk[name])"
  const code = await bundle(all, 'esbuild')
  expect(code).toContain('showModal')
  expect(code).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|(window|globalThis)\.\w+=[^=]/,
  )
})
