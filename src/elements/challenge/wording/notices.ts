/**
 * The notices: screens that only inform, because the session cannot start or cannot continue.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { ALERT, BLOCKED, CLOCK, LINK, METHOD, OFFLINE, REVIEW } from '../icons/common.js'
import type { Icon } from '../screens/icon.js'
import { type Message, message } from './catalogue.js'
import { explain } from './problems.js'

export interface Notice {
  readonly icon: Icon
  readonly title: Message
  readonly lead: Message
}

const notice = (icon: Icon, name: Name): Notice => ({
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
  incomplete: notice(LINK, 'incomplete'),
  invalid: notice(LINK, 'invalid'),
  expired: notice(CLOCK, 'expired'),
  blocked: notice(BLOCKED, 'blocked'),
  in_review: notice(REVIEW, 'inReview'),
  rejected: notice(BLOCKED, 'rejected'),
  no_method: notice(METHOD, 'noMethod'),
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
    ? notice(OFFLINE, 'offline')
    : { icon: ALERT, title: message('notice.failed.title'), lead: explain(failure) }
}
