import { expect, test } from 'vitest'
import { bundle } from './bundle.js'

/** Words that only this part's code holds. */
const WORDS = {
  sms: ['"sms"'],
  whatsapp: ['"whatsapp"'],
  email: ['email-otp'],
  emailML: ['email-magic-link'],
  totp: ['user-authenticators/totp'],
  passkey: ['as_user_passkey_map', 'signalAllAcceptedCredentials'],
  securityKey: ['user-authenticators/security-key'],
  push: ['challenge/push'],
  qrCode: ['ws-v1-challenge', 'CREATE_CHALLENGE'],
  notp: ['E066103', 'pending-session'],
  launch: ['showModal', 'AUTHSIGNAL_READY', 'popup_blocked'],
  handleRedirect: ['replaceState'],
}
const parts = Object.keys(WORDS) as (keyof typeof WORDS)[]

test.each(parts)('an app that imports %s bundles no other channel', async part => {
  const code = await bundle(`import { createClient, ${part} } from 'authsignal-channels'
    export default createClient({ tenantId: 'acme', channels: { part: ${part} } })`)
  for (const word of WORDS[part]) expect(code).toContain(word)
  for (const other of parts.filter(other => other !== part)) {
    for (const word of WORDS[other]) expect(code).not.toContain(word)
  }
})

test.each(parts.filter(part => part !== 'passkey' && part !== 'securityKey'))(
  'an app that imports %s bundles nothing of WebAuthn',
  async part => {
    expect(await bundle(`export { createClient, ${part} } from 'authsignal-channels'`)).not.toMatch(
      /navigator\.credentials|WebAuthn/,
    )
  },
)

test('an import that is not used leaves nothing', async () => {
  const code = await bundle(`import { Authsignal, createClient, ErrorCode } from 'authsignal-channels'`)
  expect(code.trim()).toBe('')
})

test('nothing in the SDK writes HTML, evaluates text, or makes a global', async () => {
  const code = await bundle(`export * from 'authsignal-channels'`)
  expect(code).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|(window|globalThis)\.\w+=[^=]/,
  )
})
