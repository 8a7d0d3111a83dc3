/**
 * Adaptive MFA with the app's own form: track, challenge, verify, validate.
 *
 * @module
 */
import { post } from '../backend.js'
import type { Channel } from '../channels.js'
import { Problem, unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
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
export const validateCall: Call = { side: 'Backend', method: 'authsignal.validateChallenge' }

export function track(action: string, options: TrackOptions = {}): Promise<Tracked> {
  return post('track', { action, ...options })
}

export function validate(action: string, token: string): Promise<Validated> {
  return post('validate', { action, token })
}

export function stepUpPlan(channel: Channel, action: string, button: string): OtpPlan<void, Validated> {
  return {
    begin: {
      title: 'Ask what the action needs',
      button,
      calls: [
        trackCall,
        { side: 'Browser', method: 'authsignal.setToken' },
        { side: 'Browser', method: `authsignal.${channel.id}.challenge` },
      ],
      async run() {
        const { state, token } = await track(action)
        if (state !== 'CHALLENGE_REQUIRED') {
          throw new Problem(
            state,
            'The service does not ask for a challenge here, so there is no code to send.',
          )
        }
        authsignal.setToken(token)
        unwrap(await authsignal[channel.id].challenge())
      },
    },
    check: {
      calls: [{ side: 'Browser', method: `authsignal.${channel.id}.verify` }],
      async resend() {
        unwrap(await authsignal[channel.id].challenge())
      },
      verify: (_, code) => verifyAndValidate(channel, action, code),
    },
    result: { title: 'Let the backend check', calls: [validateCall], show: showValidated },
  }
}

/** The browser's word is not enough: the token of a good code goes to the backend, which asks the service. */
export async function verifyAndValidate(channel: Channel, action: string, code: string) {
  const { isVerified, token, failureReason } = unwrap(await authsignal[channel.id].verify({ code }))
  if (!isVerified || !token) return { isVerified: false, failureReason } as const
  return { isVerified: true, done: await validate(action, token) } as const
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
