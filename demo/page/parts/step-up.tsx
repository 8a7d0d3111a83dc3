/**
 * Adaptive MFA with the app's own form: track, challenge, verify, validate.
 *
 * @module
 */
import { post } from '../backend.js'
import type { Channel } from '../channels.js'
import { Problem, unwrap } from '../problem.js'
import { applyRule } from '../rules.js'
import { authsignal } from '../sdk.js'
import type { Verdict } from './code-form.js'
import { Decided } from './decided.js'
import type { OtpPlan } from './otp-flow.js'
import { Outcome } from './outcome.js'
import type { Call } from './steps.js'

/** What the backend passes on. Only when the user has something to prove is there a token. */
export interface Tracked {
  readonly state: string
  readonly token?: string
  /** The address of the hosted page. */
  readonly url?: string
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

/** The action of adding a method, in the log and in the tenant. */
export const ENROLMENT = 'add-method'

/** The action that every step-up with the app's own form confirms. */
export const PAYMENT = 'send-payment'

/**
 * The first step of every step-up: the backend tracks the action.
 *
 * @param calls The calls that `challenge` makes.
 * @param challenge Runs only when the action needs a challenge.
 */
export function trackStep<Started>(calls: readonly Call[], challenge: (token: string) => Promise<Started>) {
  return {
    title: 'Check what the action needs',
    button: 'Send the payment',
    calls: [trackCall, ...calls],
    async run() {
      const { state, token } = await track(PAYMENT)
      return token === undefined ? new Decided(state) : challenge(token)
    },
  }
}

export async function track(action: string, options: TrackOptions = {}): Promise<Tracked> {
  await applyRule(action)
  return post('track', { action, ...options })
}

/** A token that lets the browser add or change a method. */
export async function trackEnrolment(
  action = ENROLMENT,
  scope: NonNullable<TrackOptions['scope']> = 'add:authenticators',
): Promise<string> {
  const { state, token } = await track(action, { scope })
  if (token === undefined) throw new Problem(state, 'Your rules do not allow this user to do that.')
  return token
}

export function validate(action: string, token: string): Promise<Validated> {
  return post('validate', { action, token })
}

/** The last step of every step-up. */
export const validateStep = {
  title: 'Validate in the backend',
  calls: [validateCall],
  show: showValidated,
}

export function stepUpPlan(channel: Channel): OtpPlan<void, Validated> {
  return {
    begin: trackStep(
      [setTokenCall, { side: 'Browser', method: `authsignal.${channel.id}.challenge` }],
      async token => {
        authsignal.setToken(token)
        unwrap(await authsignal[channel.id].challenge())
      },
    ),
    check: {
      calls: [{ side: 'Browser', method: `authsignal.${channel.id}.verify` }],
      async resend() {
        unwrap(await authsignal[channel.id].challenge())
      },
      verify: (_, code) => verifyAndValidate(channel.id, PAYMENT, code),
    },
    result: validateStep,
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

/** The backend's half of every step-up. `proof` is what the browser got the second token for. */
export const stepUpBackendCode = (proof: string) => `
const action = 'send-payment'
const { state, token } = await authsignal.track({ userId, action })
if (state === 'ALLOW') return sendPayment()
if (state === 'REVIEW_REQUIRED') return holdPayment()
if (state !== 'CHALLENGE_REQUIRED') return refusePayment() // BLOCK
return { token } // to the browser
// later, with the token that the browser got ${proof}
const { isValid } = await authsignal.validateChallenge({ token, action, userId })
if (isValid) return sendPayment()`
