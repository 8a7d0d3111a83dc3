/**
 * Adaptive MFA with the app's own form: track, challenge, verify, validate.
 *
 * @module
 */
import { post } from '../backend.js'
import type { Channel } from '../channels.js'
import { Problem, unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
import type { Verdict } from './code-form.js'
import type { OtpPlan } from './otp-flow.js'
import { Outcome } from './outcome.js'
import type { Call } from './steps.js'

export interface Tracked {
  readonly state: string
  readonly token: string
  readonly url: string
}

export interface Validated {
  readonly isValid: boolean
  readonly state?: string
  readonly userId?: string
  readonly verificationMethod?: string
  readonly error?: string
}

export interface TrackOptions {
  readonly scope?: 'add:authenticators' | 'update:authenticators'
  readonly returnTo?: string
}

export const trackCall: Call = { side: 'Backend', method: 'authsignal.track' }
export const setTokenCall: Call = { side: 'Browser', method: 'authsignal.setToken' }
export const validateCall: Call = { side: 'Backend', method: 'authsignal.validateChallenge' }

/** The first step of every step-up: the backend tracks the action. */
export const trackStep = { title: 'Check what the action needs', button: 'Send the payment' }

/** The action of adding a method, in the log and in the tenant. */
export const ENROLMENT = 'add-method'

/** The action that every step-up with the app's own form confirms. */
export const PAYMENT = 'send-payment'

export function track(action: string, options: TrackOptions = {}): Promise<Tracked> {
  return post('track', { action, ...options })
}

/** The token of an action that has to be confirmed. Fails for an action that needs no confirmation. */
export async function trackForChallenge(action: string): Promise<string> {
  const { state, token } = await track(action)
  if (state !== 'CHALLENGE_REQUIRED') {
    throw new Problem(state, 'The service does not require a challenge here, so there is nothing to confirm.')
  }
  return token
}

/** A token that lets the browser add a method. */
export async function trackEnrolment(): Promise<string> {
  const { token } = await track(ENROLMENT, { scope: 'add:authenticators' })
  return token
}

export function validate(action: string, token: string): Promise<Validated> {
  return post('validate', { action, token })
}

export function stepUpPlan(channel: Channel): OtpPlan<void, Validated> {
  return {
    begin: {
      ...trackStep,
      calls: [trackCall, setTokenCall, { side: 'Browser', method: `authsignal.${channel.id}.challenge` }],
      async run() {
        authsignal.setToken(await trackForChallenge(PAYMENT))
        unwrap(await authsignal[channel.id].challenge())
      },
    },
    check: {
      calls: [{ side: 'Browser', method: `authsignal.${channel.id}.verify` }],
      async resend() {
        unwrap(await authsignal[channel.id].challenge())
      },
      verify: (_, code) => verifyAndValidate(channel.id, PAYMENT, code),
    },
    result: { title: 'Validate in the backend', calls: [validateCall], show: showValidated },
  }
}

/** The browser cannot be trusted: the backend validates the token of the verified code with the service. */
export async function verifyAndValidate(
  channel: Channel['id'] | 'totp',
  action: string,
  code: string,
): Promise<Verdict<Validated>> {
  const { isVerified, token, failureReason } = unwrap(await authsignal[channel].verify({ code }))
  if (!isVerified || !token) return { isVerified: false, failureReason }
  return { isVerified: true, done: await validate(action, token) }
}

export function showValidated({ isValid, state, userId, verificationMethod, error }: Validated) {
  return (
    <Outcome
      title={isValid ? 'Confirmed: the action may go ahead' : 'Not confirmed: the action must not go ahead'}
      good={isValid}
      facts={{ state, userId, verificationMethod, error }}
    />
  )
}
