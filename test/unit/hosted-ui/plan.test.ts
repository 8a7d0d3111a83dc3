import { describe, expect, test } from 'vitest'
import { challengeChoices, enrolmentChoices, plan } from '../../../demo/hosted-ui/plan.js'
import type { ChallengeOptions } from '../../../demo/hosted-ui/session.js'
import { authenticator, enrolled, notEnrolled, SMS } from './sessions.js'

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
    ['only challenges a user who has everything', enrolled(), true, { start: 'challenge', thenEnrol: false }],
    ['finishes what is verified already', enrolled({ state }), false, { start: 'finish' }],
    [
      'enrols after a success when the app asks for it',
      enrolled({ state, authenticators, scopes }),
      true,
      { start: 'enrol' },
    ],
    ['finishes when there is nothing to enrol then', enrolled({ state, scopes }), true, { start: 'finish' }],
    ['stops at a block', enrolled({ state: 'BLOCK' }), false, { start: 'stop', because: 'blocked' }],
    [
      'stops at a review',
      enrolled({ state: 'REVIEW_REQUIRED' }),
      false,
      { start: 'stop', because: 'in_review' },
    ],
    [
      'stops when the only methods are unknown here',
      enrolled({ verificationMethods: ['PUSH'], authenticators: [authenticator('PUSH')] }),
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
  expect(enrolmentChoices(options).map(({ method }) => method.id)).toEqual(['EMAIL_OTP'])
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
