/**
 * Times and dates.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'

/** For a countdown: `0:05`, `2:31`. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** For a sentence, rounded up: `45 seconds`, `3 minutes`. */
export function duration(seconds: number): string {
  const [count, unit] = seconds < 60 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

// A fixed locale, because the texts are English: 1/2/2030 would be read as two different days.
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** As in "Added 31 Jan 2030, used 2 Feb 2030". */
export function history({ createdAt, verifiedAt = createdAt, lastVerifiedAt }: Authenticator): string {
  const added = DATE.format(new Date(verifiedAt))
  const used = DATE.format(new Date(lastVerifiedAt ?? verifiedAt))
  return used === added ? `Added ${added}` : `Added ${added}, used ${used}`
}
