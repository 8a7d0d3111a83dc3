// @vitest-environment node
import { expect, test } from 'vitest'
import {
  challengeChoices,
  enrolmentChoices,
  nameOf,
} from '../../../src/elements/challenge/methods/choices.js'
import {
  additionChoices,
  ownedAuthenticators,
  unavailableMethods,
} from '../../../src/elements/challenge/methods/owned.js'
import type { Session } from '../../../src/elements/challenge/session.js'
import { OFFER } from './harness.js'
import { authenticator, EMAIL, EVERYTHING, enrolled, notEnrolled, SMS } from './sessions.js'

test('challengeChoices() puts the default first and shows where codes go', () => {
  const options = enrolled({ defaultVerificationMethod: 'EMAIL_OTP' })
  const shown = challengeChoices(options, OFFER).map(({ method, destination }) => [method.id, destination])
  expect(shown).toEqual([
    ['EMAIL_OTP', 'j***@example.com'],
    ['SMS', '+44*****123'],
  ])
})

test('enrolmentChoices() leaves out what the user has', () => {
  const options = enrolled({ authenticators: [SMS] })
  expect(enrolmentChoices(options, OFFER).map(({ method }) => method.id)).toEqual([
    'EMAIL_OTP',
    'EMAIL_MAGIC_LINK',
    'AUTHENTICATOR_APP',
    'PASSKEY',
    'SECURITY_KEY',
  ])
})

test('enrolmentChoices() offers WhatsApp only for a number that the app named', () => {
  const ids = (options: Session) => enrolmentChoices(options, OFFER).map(({ method }) => method.id)
  expect(ids(notEnrolled())).toEqual(['SMS', 'EMAIL_OTP'])
  expect(ids(notEnrolled({ user: { phoneNumber: '+447700900123' } }))).toEqual([
    'SMS',
    'WHATSAPP',
    'EMAIL_OTP',
  ])
})

test('challengeChoices() puts what the device is ready for first, then what was used last', () => {
  const used = (method: 'SMS' | 'EMAIL_OTP' | 'PASSKEY', lastVerifiedAt: string) =>
    authenticator(method, { lastVerifiedAt })
  const session = enrolled({
    verificationMethods: ['SMS', 'EMAIL_OTP', 'PASSKEY'],
    defaultVerificationMethod: 'SMS',
    authenticators: [
      used('SMS', '2030-01-01T00:00:00Z'),
      used('EMAIL_OTP', '2030-01-03T00:00:00Z'),
      used('PASSKEY', '2030-01-02T00:00:00Z'),
    ],
  })
  const ids = (differences: object = {}) =>
    challengeChoices(session, { ...OFFER, ...differences }).map(({ method }) => method.id)
  expect(ids()).toEqual(['EMAIL_OTP', 'PASSKEY', 'SMS'])
  const here = OFFER.methods.find(({ id }) => id === 'PASSKEY')
  expect(ids({ here })).toEqual(['PASSKEY', 'EMAIL_OTP', 'SMS'])
  expect(ids({ here, isOrdered: true })).toEqual(['SMS', 'EMAIL_OTP', 'PASSKEY'])
})

test('unavailableMethods() is WhatsApp for a new user whose number the app has not named', () => {
  const ids = (options: Session) => unavailableMethods(options, OFFER).map(({ id }) => id)
  expect(ids(notEnrolled())).toEqual(['WHATSAPP'])
  expect(ids(notEnrolled({ user: { phoneNumber: '+447700900123' } }))).toEqual([])
  expect(ids(enrolled())).toEqual([])
})

test('additionChoices() are what one can have several of, and what is missing', () => {
  const ids = (options: Session) => additionChoices(options, OFFER).map(({ method }) => method.id)
  expect(ids(enrolled({ authenticators: EVERYTHING }))).toEqual(['PASSKEY', 'SECURITY_KEY'])
  expect(ids(enrolled({ authenticators: EVERYTHING.slice(1) }))).toEqual(['SMS', 'PASSKEY', 'SECURITY_KEY'])
})

test('challengeChoices() names a passkey only when there is one', () => {
  const passkeyOf = (name: string) => authenticator('PASSKEY', { webauthnCredential: { name } as never })
  const named = (...authenticators: ReturnType<typeof passkeyOf>[]) =>
    challengeChoices(enrolled({ verificationMethods: ['PASSKEY'], authenticators }), OFFER).map(
      each => each.destination,
    )
  expect(named(passkeyOf('Keychain'))).toEqual(['Keychain'])
  expect(named(passkeyOf('Keychain'), passkeyOf('Vault'))).toEqual([undefined])
})

test('challengeChoices() names the number that messages go to: the default one', () => {
  const other = authenticator('SMS', { phoneNumber: '+64*****999', isDefault: true })
  const [choice] = challengeChoices(enrolled({ authenticators: [SMS, other] }), OFFER)
  expect(choice?.destination).toBe('+64*****999')
})

test('ownedAuthenticators() begin with the default, and leave out what this page does not know', () => {
  const passkey = authenticator('PASSKEY', { isDefault: true })
  const owned = ownedAuthenticators(
    enrolled({ authenticators: [SMS, authenticator('VERIFF'), passkey] }),
    OFFER,
  )
  expect(owned.map(({ method }) => method.id)).toEqual(['PASSKEY', 'SMS'])
})

test('nameOf() is the name that the user knows', () => {
  const passkey = { displayName: 'Jo', webauthnCredential: { name: 'Keychain' } as never }
  expect(nameOf(SMS)).toBe('+44*****123')
  expect(nameOf(EMAIL)).toBe('j***@example.com')
  expect(nameOf(authenticator('PASSKEY', passkey))).toBe('Keychain')
  expect(nameOf(authenticator('PUSH', { displayName: 'Pixel' }))).toBe('Pixel')
  expect(nameOf(authenticator('AUTHENTICATOR_APP'))).toBeUndefined()
})
