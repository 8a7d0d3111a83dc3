/**
 * What the scenarios share in which the browser adds a method: the token for it, its check, and the result.
 *
 * @module
 */
import { authsignal } from '../sdk.js'
import { type Authenticator, user } from '../user.js'
import { type Changed, ChangedOutcome, changedSince, listCall } from './changed.js'
import { ENROLMENT, setTokenCall, trackCall, trackEnrolment, validate, validateCall } from './step-up.js'

/** The calls of `allowAdding()`. */
export const allowCalls = [trackCall, setTokenCall]

/** Gives the client a token that may add a method. Returns the methods that the user has before. */
export async function allowAdding(): Promise<readonly Authenticator[]> {
  authsignal.setToken(await trackEnrolment())
  return user.value.authenticators
}

/** Validates the token that the browser got for the new method. */
export const added = async (before: readonly Authenticator[], token: string): Promise<Changed> =>
  changedSince(before, await validate(ENROLMENT, token))

/** The last step. */
export const addedStep = (title: string) => ({
  title: 'Enrolled',
  calls: [validateCall, listCall],
  show: (changed: Changed) => <ChangedOutcome title={title} changed={changed} />,
})

/** The backend's half. */
export const addBackendCode = `
const { token } = await authsignal.track({
  userId,
  action: 'add-method',
  attributes: { scope: 'add:authenticators' },
})`
