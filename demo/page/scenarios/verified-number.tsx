/**
 * Verified numbers: one that was proven elsewhere is enrolled without a code, and works at once.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { type Channel, channels } from '../channels.js'
import { AddressForm } from '../parts/address-form.js'
import { ChannelSwitch } from '../parts/channel-switch.js'
import { Code } from '../parts/code.js'
import { OtpFlow } from '../parts/otp-flow.js'
import { ProblemNote } from '../parts/problem-note.js'
import { stepUpPlan } from '../parts/step-up.js'
import { Step, Steps } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { type Authenticator, addressOf, enrolVerified } from '../user.js'
import type { Scenario } from './scenario.js'

export const verifiedNumber: Scenario = {
  id: 'verified-number',
  title: 'Verified numbers',
  summary:
    'The number was verified elsewhere: at the counter, by a courier, in an earlier system. The backend enrols it as verified, and the user can be challenged there immediately.',
  Panel,
}

function Panel() {
  const channel = useSignal(channels[1])
  return (
    <>
      <ChannelSwitch selected={channel} />
      <Flow key={channel.value.id} channel={channel.value} />
      <Code backend={backendCode(channel.value)} browser={browserCode(channel.value)} />
    </>
  )
}

function Flow({ channel }: { readonly channel: Channel }) {
  const enrolled = useSignal<Authenticator | undefined>(undefined)
  const task = useTask()
  const enrol = async (address: string) => {
    enrolled.value = await enrolVerified(channel.id, address)
  }
  return (
    <>
      <Steps>
        <Step
          title="Enrol the address as verified"
          calls={[{ side: 'Backend', method: 'authsignal.enrollVerifiedAuthenticator' }]}
          state={enrolled.value ? 'done' : 'current'}
        >
          {enrolled.value ? (
            <p class="step-summary">Enrolled {addressOf(enrolled.value)}, without a code</p>
          ) : (
            <>
              <AddressForm field={channel} button="Enrol as verified" task={task} onSubmit={enrol} />
              <ProblemNote problem={task.problem} />
            </>
          )}
        </Step>
      </Steps>
      {enrolled.value && <OtpFlow channel={channel} firstStep={2} plan={stepUpPlan(channel)} />}
    </>
  )
}

const backendCode = ({ verificationMethod, addressField }: Channel) => `
await authsignal.enrollVerifiedAuthenticator({
  userId,
  attributes: { verificationMethod: '${verificationMethod}', ${addressField} },
})`

const browserCode = ({ id }: Channel) => `
authsignal.setToken(token) // of the next track call
await authsignal.${id}.challenge()`
