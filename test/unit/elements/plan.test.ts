// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { plan } from '../../../src/elements/challenge/flows/plan.js'
import type { Session } from '../../../src/elements/challenge/session.js'
import { OFFER } from './harness.js'
import { authenticator, EVERYTHING, enrolled, notEnrolled, SMS } from './sessions.js'

const scopes = ['read:authenticators', 'add:authenticators']
const authenticators = [SMS]
const state = 'CHALLENGE_SUCCEEDED'

describe('plan()', () => {
  test.each<[string, Session, boolean, object]>([
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
      'enrols after a success when the app requests it',
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
    expect(plan(options, OFFER, forceEnrollment)).toEqual(expected)
  })
})
