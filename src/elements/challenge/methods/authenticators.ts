/**
 * The user's authenticators in words: which one it is, and how long it has been theirs.
 *
 * @module
 */

import type { Authenticator } from 'authsignal-channels'

/** What tells it from others: a masked number or address, or what a passkey or phone is called. */
export function nameOf(authenticator: Authenticator): string | undefined {
  const { phoneNumber, email, webauthnCredential, displayName } = authenticator
  return phoneNumber ?? email ?? webauthnCredential?.name ?? displayName
}

// One order for everybody: the page speaks English, and 1/2/2030 would be two days.
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** As in "Added 31 Jan 2030, used 2 Feb 2030". */
export function history({ createdAt, verifiedAt = createdAt, lastVerifiedAt }: Authenticator): string {
  const added = DATE.format(new Date(verifiedAt))
  const used = DATE.format(new Date(lastVerifiedAt ?? verifiedAt))
  return used === added ? `Added ${added}` : `Added ${added}, used ${used}`
}
