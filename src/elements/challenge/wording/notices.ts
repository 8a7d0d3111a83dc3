/**
 * The notices: screens that only inform, because the session cannot start or cannot continue.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { type Message, message } from './catalogue.js'
import { explain } from './problems.js'

export interface Notice {
  readonly icon: 'link' | 'clock' | 'offline' | 'alert' | 'blocked' | 'review' | 'method'
  readonly title: Message
  readonly lead: Message
}

const notice = (icon: Notice['icon'], name: Name): Notice => ({
  icon,
  title: message(`notice.${name}.title`),
  lead: message(`notice.${name}.lead`),
})

type Name =
  | 'incomplete'
  | 'invalid'
  | 'expired'
  | 'blocked'
  | 'inReview'
  | 'rejected'
  | 'noMethod'
  | 'offline'

export const NOTICES = {
  incomplete: notice('link', 'incomplete'),
  invalid: notice('link', 'invalid'),
  expired: notice('clock', 'expired'),
  blocked: notice('blocked', 'blocked'),
  in_review: notice('review', 'inReview'),
  rejected: notice('blocked', 'rejected'),
  no_method: notice('method', 'noMethod'),
} satisfies Record<string, Notice>

/** The notice for a failure that means that the token can no longer be used. */
export function endOfSession({ errorCode }: Failure): Notice | undefined {
  if (errorCode === 'expired_token') return NOTICES.expired
  return errorCode === 'invalid_token' || errorCode === 'unauthorized' ? NOTICES.invalid : undefined
}

/** The notice for a session that could not be loaded, where trying again may help. */
export function noticeFor(failure: Failure): Notice {
  const isOffline = failure.errorCode === 'network_error' || failure.errorCode === 'timeout'
  return isOffline
    ? notice('offline', 'offline')
    : { icon: 'alert', title: message('notice.failed.title'), lead: explain(failure) }
}
