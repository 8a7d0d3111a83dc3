/**
 * The demo's user, and what that user can be challenged with.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { get, post } from './backend.js'
import type { Channel } from './channels.js'

export interface Authenticator {
  readonly userAuthenticatorId: string
  readonly verificationMethod: string
  readonly phoneNumber?: string
  readonly email?: string
}

interface User {
  readonly userId: string
  readonly authenticators: readonly Authenticator[]
}

export const user = signal<User>({ userId: '', authenticators: [] })

/**
 * Call it after anything that may have changed the user.
 *
 * @param options.logged Whether it is part of what the scenario shows. Default `false`.
 */
export async function refreshUser(options = { logged: false }): Promise<User> {
  user.value = await get<User>('user', options)
  return user.value
}

export function authenticatorOf(channel: Channel): Authenticator | undefined {
  return user.value.authenticators.find(
    ({ verificationMethod }) => verificationMethod === channel.verificationMethod,
  )
}

export function addressOf(authenticator: Authenticator): string {
  return authenticator.phoneNumber ?? authenticator.email ?? ''
}

/** The backend vouches for the address; the user need not prove it. */
export async function enrolVerified(channel: Channel, address: string): Promise<Authenticator> {
  const { authenticator } = await post<{ authenticator: Authenticator }>('enrolment/verified', {
    channel: channel.id,
    address,
  })
  await refreshUser()
  return authenticator
}

/** Forgets the user and all that the service knows, and loads the page afresh. */
export async function startOver(): Promise<void> {
  await post('user/start-over')
  location.assign('/')
}
