/**
 * The result of a sign-in in which the token identifies the user: the backend validates it, the page shows it.
 *
 * @module
 */
import { post } from '../backend.js'
import { refreshUser } from '../user.js'
import { Outcome } from './outcome.js'
import type { Validated } from './step-up.js'

/** The action of signing in, in the log and in the tenant. */
export const SIGN_IN = 'sign-in'

export async function finishSignIn(token: string): Promise<Validated> {
  const validated = await post<Validated>('sign-in/finish', { token })
  await refreshUser()
  return validated
}

export function showSignedIn({ isValid, state, userId, verificationMethod, error }: Validated) {
  return (
    <Outcome
      title={isValid ? `Signed in as ${userId}` : 'Not signed in'}
      good={isValid}
      facts={{ state, verificationMethod, error }}
    />
  )
}
