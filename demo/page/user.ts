/**
 * The demo's user, and what that user can be challenged with.
 *
 * @module
 */
import { get, post } from './backend.js'
import type { Channel } from './channels.js'
import { shared } from './shared.js'

export interface Authenticator {
  readonly userAuthenticatorId: string
  readonly verificationMethod: string
  /** Absent until the enrolment has been completed. */
  readonly verifiedAt?: string
  /** What a passkey, or a phone that gets push requests, calls itself. */
  readonly displayName?: string
  readonly webauthnCredential?: { readonly name: string }
  readonly phoneNumber?: string
  readonly email?: string
}

interface User {
  readonly userId: string
  readonly authenticators: readonly Authenticator[]
}

export const user = shared<User>('user', { userId: '', authenticators: [] })

/**
 * Call it after anything that may have changed the user.
 *
 * @param options.logged Whether it is part of what the scenario shows. Default `false`.
 */
export async function refreshUser(options = { logged: false }): Promise<User> {
  const { userId, authenticators } = await get<User>('user', options)
  user.value = { userId, authenticators: authenticators.filter(({ verifiedAt }) => verifiedAt) }
  return user.value
}

export function authenticatorOf(
  method: Pick<Authenticator, 'verificationMethod'>,
): Authenticator | undefined {
  return user.value.authenticators.find(
    ({ verificationMethod }) => verificationMethod === method.verificationMethod,
  )
}

/** What identifies an authenticator: a number, an address or a name; empty when there is none. */
export function addressOf(authenticator: Authenticator): string {
  const { phoneNumber, email, webauthnCredential, displayName } = authenticator
  return phoneNumber ?? email ?? webauthnCredential?.name ?? displayName ?? ''
}

/** The backend vouches for the address; the user need not prove it. */
export async function enrolVerified(
  channel: Channel['id'] | 'magic-link',
  address: string,
): Promise<Authenticator> {
  const { authenticator } = await post<{ authenticator: Authenticator }>('enrolment/verified', {
    channel,
    address,
  })
  await refreshUser()
  return authenticator
}

/** Deletes the user and all state of the service, and reloads the page. */
export async function startOver(): Promise<void> {
  await post('user/start-over')
  location.assign('/')
}
