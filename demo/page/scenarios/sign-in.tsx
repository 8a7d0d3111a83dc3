/**
 * Sign-in with a code and nothing else. The page only talks to its backend, which does everything.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { post } from '../backend.js'
import { type Channel, channels } from '../channels.js'
import { expectMessagesOf } from '../messages.js'
import { ChannelSwitch } from '../parts/channel-switch.js'
import { Code } from '../parts/code.js'
import { OtpFlow, type OtpPlan } from '../parts/otp-flow.js'
import { Outcome } from '../parts/outcome.js'
import { refreshUser } from '../user.js'
import type { Scenario } from './scenario.js'

export const signIn: Scenario = {
  id: 'sign-in',
  title: 'Sign-in',
  summary:
    'The number is the user name and the code is the password. The backend sends the code, checks it, and only then looks up whose account it is.',
  Panel,
}

function Panel() {
  const channel = useSignal(channels[0])
  return (
    <>
      <ChannelSwitch selected={channel} />
      <OtpFlow key={channel.value.id} channel={channel.value} plan={plan(channel.value)} />
      <Code backend={backendCode(channel.value)} />
    </>
  )
}

interface Started {
  readonly challengeId: string
}

type Verified =
  | { readonly isVerified: false; readonly failureReason?: string }
  | {
      readonly isVerified: true
      readonly userId: string
      readonly state: string
      readonly verificationMethod: string
    }

function plan(channel: Channel): OtpPlan<Started, Verified & { isVerified: true }> {
  return {
    begin: {
      title: 'Request a code',
      button: 'Send code',
      calls: [{ side: 'Backend', method: 'authsignal.challenge' }],
      address: channel.address,
      async run(address) {
        const started = await post<Started>('sign-in/start', { channel: channel.id, address })
        expectMessagesOf(started)
        return started
      },
    },
    check: {
      calls: [{ side: 'Backend', method: 'authsignal.verify' }],
      resend: ({ challengeId }) => post('sign-in/resend', { challengeId }),
      async verify({ challengeId }, code) {
        const verified = await post<Verified>('sign-in/verify', { challengeId, code })
        if (!verified.isVerified) return verified
        await refreshUser()
        return { isVerified: true, done: verified }
      },
    },
    result: {
      title: 'Signed in',
      calls: [
        { side: 'Backend', method: 'authsignal.claimChallenge' },
        { side: 'Backend', method: 'authsignal.validateChallenge' },
      ],
      show: ({ userId, state, verificationMethod }) => (
        <Outcome
          title={`Signed in as ${userId}`}
          good={state === 'CHALLENGE_SUCCEEDED'}
          facts={{ state, verificationMethod }}
        />
      ),
    },
  }
}

const backendCode = (channel: Channel) => `
const { challengeId } = await authsignal.challenge({
  action: 'sign-in',
  verificationMethod: '${channel.verificationMethod}',
  ${channel.addressField},
})

const { isVerified } = await authsignal.verify({ challengeId, verificationCode })
if (isVerified) await authsignal.claimChallenge({ challengeId, userId })`
