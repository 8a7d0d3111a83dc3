import { describe, expect, test } from 'vitest'
import {
  additionChoices,
  challengeChoices,
  enrolmentChoices,
  ownedAuthenticators,
  plan,
} from '../../../src/elements/challenge/flows/plan.js'
import type { ChallengeOptions } from '../../../src/elements/challenge/session.js'
import { authenticator, EVERYTHING, enrolled, notEnrolled, SMS } from './sessions.js'

const scopes = ['read:authenticators', 'add:authenticators']
const authenticators = [SMS]
const state = 'CHALLENGE_SUCCEEDED'

describe('plan()', () => {
  test.each<[string, ChallengeOptions, boolean, object]>([
    ['challenges an enrolled user', enrolled(), false, { start: 'challenge', thenEnrol: false }],
    ['lets a new user enrol', notEnrolled(), false, { start: 'enrol' }],
    [
      'challenges before a forced enrolment',
      enrolled({ authenticators }),
      true,
      { start: 'challenge', thenEnrol: true },
    ],
    ['skips that with the scope to add', enrolled({ authenticators, scopes }), true, { start: 'enrol' }],
    [
      'only challenges a user who has everything',
      enrolled({ authenticators: EVERYTHING }),
      true,
      { start: 'challenge', thenEnrol: false },
    ],
    ['finishes what is verified already', enrolled({ state }), false, { start: 'finish' }],
    [
      'enrols after a success when the app asks for it',
      enrolled({ state, authenticators, scopes }),
      true,
      { start: 'enrol' },
    ],
    [
      'finishes when there is nothing to enrol then',
      enrolled({ state, authenticators: EVERYTHING, scopes }),
      true,
      { start: 'finish' },
    ],
    ['stops at a block', enrolled({ state: 'BLOCK' }), false, { start: 'stop', because: 'blocked' }],
    [
      'stops at a review',
      enrolled({ state: 'REVIEW_REQUIRED' }),
      false,
      { start: 'stop', because: 'in_review' },
    ],
    [
      'stops when the only methods are unknown here',
      enrolled({ verificationMethods: ['VERIFF'], authenticators: [authenticator('VERIFF')] }),
      false,
      { start: 'stop', because: 'no_method' },
    ],
  ])('%s', (_name, options, forceEnrollment, expected) => {
    expect(plan(options, forceEnrollment)).toEqual(expected)
  })
})

test('challengeChoices() puts the default first and shows where codes go', () => {
  const options = enrolled({ defaultVerificationMethod: 'EMAIL_OTP' })
  const shown = challengeChoices(options).map(({ method, destination }) => [method.id, destination])
  expect(shown).toEqual([
    ['EMAIL_OTP', 'j***@example.com'],
    ['SMS', '+44*****123'],
  ])
})

test('enrolmentChoices() leaves out what the user has', () => {
  const options = enrolled({ authenticators })
  expect(enrolmentChoices(options).map(({ method }) => method.id)).toEqual([
    'EMAIL_OTP',
    'EMAIL_MAGIC_LINK',
    'AUTHENTICATOR_APP',
    'PASSKEY',
    'SECURITY_KEY',
  ])
})

test('enrolmentChoices() offers WhatsApp only for a number that the app named', () => {
  const ids = (options: ChallengeOptions) => enrolmentChoices(options).map(({ method }) => method.id)
  expect(ids(notEnrolled())).toEqual(['SMS', 'EMAIL_OTP'])
  expect(ids(notEnrolled({ user: { phoneNumber: '+447700900123' } }))).toEqual([
    'SMS',
    'WHATSAPP',
    'EMAIL_OTP',
  ])
})

test('additionChoices() are what one can have several of, and what is missing', () => {
  const ids = (options: ChallengeOptions) => additionChoices(options).map(({ method }) => method.id)
  expect(ids(enrolled({ authenticators: EVERYTHING }))).toEqual(['PASSKEY', 'SECURITY_KEY'])
  expect(ids(enrolled({ authenticators: EVERYTHING.slice(1) }))).toEqual(['SMS', 'PASSKEY', 'SECURITY_KEY'])
})

test('challengeChoices() names a passkey only while there is no doubt which', () => {
  const passkeyOf = (name: string) => authenticator('PASSKEY', { webauthnCredential: { name } as never })
  const named = (...authenticators: ReturnType<typeof passkeyOf>[]) =>
    challengeChoices(enrolled({ verificationMethods: ['PASSKEY'], authenticators })).map(
      each => each.destination,
    )
  expect(named(passkeyOf('Keychain'))).toEqual(['Keychain'])
  expect(named(passkeyOf('Keychain'), passkeyOf('Vault'))).toEqual([undefined])
})

test('challengeChoices() names the number that messages go to: the default one', () => {
  const other = authenticator('SMS', { phoneNumber: '+64*****999', isDefault: true })
  const [choice] = challengeChoices(enrolled({ authenticators: [SMS, other] }))
  expect(choice?.destination).toBe('+64*****999')
})

test('ownedAuthenticators() begin with the default, and leave out what this page does not know', () => {
  const passkey = authenticator('PASSKEY', { isDefault: true })
  const owned = ownedAuthenticators(enrolled({ authenticators: [SMS, authenticator('VERIFF'), passkey] }))
  expect(owned.map(({ method }) => method.id)).toEqual(['PASSKEY', 'SMS'])
})
