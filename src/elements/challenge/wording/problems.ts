/**
 * What failures, endings and waiting times are called on screen.
 *
 * The texts of a method are in `methods.ts`, those of a screen in its own file.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'

/** A screen that only tells something. */
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
    lead: 'To keep your account safe, this page works for a short time only. Go back to the app and start again.',
  },
  blocked: {
    icon: 'blocked',
    title: 'This request was declined',
    lead: 'It cannot go ahead. If that seems wrong, contact the support of the app you came from.',
  },
  in_review: {
    icon: 'review',
    title: 'This request is in review',
    lead: 'There is nothing to do for now. The app you came from will tell you how it goes on.',
  },
  rejected: {
    icon: 'blocked',
    title: 'You rejected this request',
    lead: 'So it does not go ahead. If it was not you who asked for it, tell the support of the app you came from.',
  },
  no_method: {
    icon: 'method',
    title: 'There is no way to verify you yet',
    lead: 'Your account has no method that works here. Contact the support of the app you came from.',
  },
} as const satisfies Record<string, Notice>

/** What to show when the failure means that nothing more can be done with this token. */
export function endOfSession({ errorCode }: Failure): Notice | undefined {
  if (errorCode === 'expired_token') return NOTICES.expired
  return errorCode === 'invalid_token' || errorCode === 'unauthorized' ? NOTICES.invalid : undefined
}

/** What to show when the session could not be loaded, and trying again may help. */
export function noticeFor(failure: Failure): Notice {
  const offline = failure.errorCode === 'network_error' || failure.errorCode === 'timeout'
  return {
    icon: offline ? 'offline' : 'alert',
    title: offline ? 'No connection' : 'This page could not be loaded',
    lead: offline ? 'Check your network, then try again.' : explain(failure),
  }
}

/** Why a call did not work and what helps, for the failures that any call can have. */
export function explain({ errorCode, retryAfter }: Failure): string {
  switch (errorCode) {
    case 'network_error':
    case 'timeout':
      return 'No connection. Check your network, then try again.'
    case 'too_many_requests':
      return retryAfter === undefined
        ? 'Too many tries. Wait a few minutes, then try again.'
        : `Too many tries. Try again in ${duration(retryAfter)}.`
    case 'forbidden':
      return 'This session does not allow that. Go back to the app and start again.'
    default:
      return 'Something went wrong. Try again in a moment.'
  }
}

/** The same for codes, or other messages, of which none could be sent. */
export function explainNotSent(failure: Failure, messages = 'codes'): string {
  if (failure.errorCode !== 'too_many_requests') return explain(failure)
  const next =
    failure.retryAfter === undefined
      ? 'Wait a few minutes before you ask for a new one.'
      : `You can ask for a new one in ${duration(failure.retryAfter)}.`
  return `Too many ${messages} were sent. ${next}`
}

/** Why there is no answer to what was sent, and what helps. */
export function explainNoAnswer(failure: Failure, message: string): string {
  return isUnanswered(failure) ? `There was no answer in time. Send ${message} again.` : explain(failure)
}

/** Whether no answer can come any more, so that asking on is of no use. */
export function isUnanswered({ errorCode }: Failure): boolean {
  return errorCode === 'timeout' || errorCode === 'invalid_request' || errorCode === 'not_found'
}

/** For a line that ticks: `0:05`, `2:31`. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** For a sentence, rounded up: `45 seconds`, `3 minutes`. */
export function duration(seconds: number): string {
  const [count, unit] = seconds < 60 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
