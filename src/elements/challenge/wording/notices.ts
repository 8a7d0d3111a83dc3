/**
 * The notices: screens that only inform, because the session cannot start or cannot continue.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { explain } from './problems.js'

export interface Notice {
  readonly icon: 'link' | 'clock' | 'offline' | 'alert' | 'blocked' | 'review' | 'method'
  readonly title: string
  readonly lead: string
}

export const NOTICES = {
  incomplete: {
    icon: 'link',
    title: 'This link is incomplete',
    lead: 'Part of the address is missing. Go back to the app and start again.',
  },
  invalid: {
    icon: 'link',
    title: 'This link does not work',
    lead: 'It may have been cut off when it was copied. Go back to the app and start again.',
  },
  expired: {
    icon: 'clock',
    title: 'Your session expired',
    lead: 'Sessions are short to keep your account safe. Go back to the app and start again.',
  },
  blocked: {
    icon: 'blocked',
    title: 'This request was declined',
    lead: 'It cannot continue. If you think this is a mistake, contact the support of the app you came from.',
  },
  in_review: {
    icon: 'review',
    title: 'This request is in review',
    lead: 'You do not need to do anything now. The app you came from will tell you the result.',
  },
  rejected: {
    icon: 'blocked',
    title: 'You rejected this request',
    lead: 'It cannot continue. If you did not start it, contact the support of the app you came from.',
  },
  no_method: {
    icon: 'method',
    title: 'We cannot verify you yet',
    lead: 'Your account has no method that works here. Contact the support of the app you came from.',
  },
} as const satisfies Record<string, Notice>

/** The notice for a failure that means that the token can no longer be used. */
export function endOfSession({ errorCode }: Failure): Notice | undefined {
  if (errorCode === 'expired_token') return NOTICES.expired
  return errorCode === 'invalid_token' || errorCode === 'unauthorized' ? NOTICES.invalid : undefined
}

/** The notice for a session that could not be loaded, where trying again may help. */
export function noticeFor(failure: Failure): Notice {
  const offline = failure.errorCode === 'network_error' || failure.errorCode === 'timeout'
  return {
    icon: offline ? 'offline' : 'alert',
    title: offline ? 'No connection' : 'This page could not be loaded',
    lead: offline ? 'Check your network, then try again.' : explain(failure),
  }
}
