import { expect, test } from 'vitest'
import { history, nameOf } from '../../../src/elements/challenge/methods/authenticators.js'
import { authenticator, EMAIL, SMS } from './sessions.js'

test('nameOf() is what the user would know it by', () => {
  const passkey = { displayName: 'Jo', webauthnCredential: { name: 'Keychain' } as never }
  expect(nameOf(SMS)).toBe('+44*****123')
  expect(nameOf(EMAIL)).toBe('j***@example.com')
  expect(nameOf(authenticator('PASSKEY', passkey))).toBe('Keychain')
  expect(nameOf(authenticator('PUSH', { displayName: 'Pixel' }))).toBe('Pixel')
  expect(nameOf(authenticator('AUTHENTICATOR_APP'))).toBeUndefined()
})

test('history() mentions the last use when it was on another day', () => {
  const verifiedAt = '2030-01-31T12:00:00.000Z'
  const used = (lastVerifiedAt: string) => history(authenticator('SMS', { verifiedAt, lastVerifiedAt }))
  expect(history(SMS)).toBe('Added 31 Jan 2030')
  expect(used('2030-01-31T12:05:00.000Z')).toBe('Added 31 Jan 2030')
  expect(used('2030-02-02T12:00:00.000Z')).toBe('Added 31 Jan 2030, used 2 Feb 2030')
})
