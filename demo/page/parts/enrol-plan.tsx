/**
 * Proving a new number or address, for adding or for changing it: from the backend, or from the browser.
 *
 * The panel around it is `enrol-panel.tsx`.
 *
 * @module
 */
import { post } from '../backend.js'
import type { Channel } from '../channels.js'
import { unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
import { type Authenticator, user } from '../user.js'
import { type Changed, ChangedOutcome, changedSince, listCall } from './changed.js'
import type { Verdict } from './code-form.js'
import type { OtpPlan } from './otp-flow.js'
import { trackCall, trackEnrolment, validateCall, verifyAndValidate } from './step-up.js'
import type { Side } from './steps.js'

export interface Enrolment {
  readonly channel: Channel
  readonly side: Side
  readonly action: EnrolAction
}

/** The action's name, in the log and in the tenant. */
export type EnrolAction = 'add-method' | 'change-method'

export function enrolPlan(enrolment: Enrolment): OtpPlan<Pending, Changed> {
  return enrolment.side === 'Backend' ? backendPlan(enrolment) : browserPlan(enrolment)
}

/** From the backend there is a challenge to refer to; from the browser the token does. */
interface Pending {
  readonly before: readonly Authenticator[]
  readonly challengeId?: string
  readonly address: string
}

function backendPlan({ channel, action }: Enrolment): OtpPlan<Pending, Changed> {
  const route = action === 'add-method' ? 'enrolment/start' : 'enrolment/change'
  return {
    begin: {
      ...addressStep(channel, action),
      calls: [{ side: 'Backend', method: 'authsignal.challenge' }],
      async run(to) {
        const { challengeId } = await post<{ challengeId: string }>(route, {
          channel: channel.id,
          address: to,
        })
        return { before: user.value.authenticators, challengeId, address: to }
      },
    },
    check: {
      calls: [{ side: 'Backend', method: 'authsignal.verify' }],
      async resend(pending) {
        await post('enrolment/resend', { challengeId: pending.challengeId })
        return pending
      },
      async verify({ challengeId, before }, code): Promise<Verdict<Changed>> {
        const { isVerified, failureReason } = await post<{ isVerified: boolean; failureReason?: string }>(
          'enrolment/verify',
          { challengeId, code },
        )
        return isVerified ? { isVerified, done: await changedSince(before) } : { isVerified, failureReason }
      },
    },
    result: { title: resultTitle[action], calls: [listCall], show: showChanged(action) },
  }
}

function browserPlan({ channel, action }: Enrolment): OtpPlan<Pending, Changed> {
  const enrol = async (to: string) =>
    channel.id === 'email'
      ? unwrap(await authsignal.email.enroll({ email: to }))
      : unwrap(await authsignal.sms.enroll({ phoneNumber: to.replace(/[^+\d]/g, '') }))
  return {
    begin: {
      ...addressStep(channel, action),
      calls: [
        trackCall,
        { side: 'Browser', method: 'authsignal.setToken' },
        { side: 'Browser', method: `authsignal.${channel.id}.enroll` },
      ],
      async run(to) {
        authsignal.setToken(await trackEnrolment(action, scopes[action]))
        await enrol(to)
        return { before: user.value.authenticators, address: to }
      },
    },
    check: {
      calls: [{ side: 'Browser', method: `authsignal.${channel.id}.verify` }],
      async resend(pending) {
        await enrol(pending.address)
        return pending
      },
      async verify({ before }, code): Promise<Verdict<Changed>> {
        const verdict = await verifyAndValidate(channel.id, action, code)
        if (!verdict.isVerified) return verdict
        return { isVerified: true, done: await changedSince(before, verdict.done) }
      },
    },
    result: { title: resultTitle[action], calls: [validateCall, listCall], show: showChanged(action) },
  }
}

/** What each action's token has to allow. */
export const scopes = {
  'add-method': 'add:authenticators',
  'change-method': 'update:authenticators',
} as const

const resultTitle = { 'add-method': 'Enrolled', 'change-method': 'Changed' }

function addressStep({ addressLabel, address, newAddress }: Channel, action: EnrolAction) {
  return action === 'add-method'
    ? { title: 'Send a code there', button: 'Send code', address, addressLabel }
    : {
        title: 'Send a code to the new one',
        button: 'Send code',
        address: newAddress,
        addressLabel: `New ${addressLabel.toLowerCase()}`,
      }
}

function showChanged(action: EnrolAction) {
  const title =
    action === 'add-method' ? 'The user can now get codes there' : 'The new one has replaced the old one'
  return (changed: Changed) => <ChangedOutcome title={title} changed={changed} />
}
