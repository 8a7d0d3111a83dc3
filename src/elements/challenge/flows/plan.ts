/**
 * Where a session starts: with a challenge, an enrolment, the result, or a notice.
 *
 * @module
 */

import { challengeChoices, enrolmentChoices, mayEnrol, type Offer } from '../methods/choices.js'
import type { Session } from '../session.js'

export type Plan =
  | { readonly start: 'challenge'; readonly thenEnrol: boolean }
  | { readonly start: 'enrol' }
  /** The user was verified before: only the result is to be reported. */
  | { readonly start: 'finish' }
  | { readonly start: 'stop'; readonly because: 'blocked' | 'in_review' | 'no_method' }

export function plan(session: Session, offer: Offer, forceEnrollment = false): Plan {
  const canEnrol = enrolmentChoices(session, offer).length > 0
  const wantsEnrolment = canEnrol && (forceEnrollment || !session.isEnrolled)

  switch (session.state) {
    // A verified challenge does not change these states, so none is started.
    case 'BLOCK':
    case 'CHALLENGE_FAILED':
    case 'REVIEW_FAILED':
      return { start: 'stop', because: 'blocked' }
    case 'REVIEW_REQUIRED':
      return { start: 'stop', because: 'in_review' }
    case 'CHALLENGE_SUCCEEDED':
    case 'REVIEW_SUCCEEDED':
      return wantsEnrolment && mayEnrol(session) ? { start: 'enrol' } : { start: 'finish' }
  }

  if (wantsEnrolment && mayEnrol(session)) return { start: 'enrol' }
  if (challengeChoices(session, offer).length > 0) return { start: 'challenge', thenEnrol: wantsEnrolment }
  return { start: 'stop', because: 'no_method' }
}
