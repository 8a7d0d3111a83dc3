/**
 * Adaptive MFA with the app's own form: the service decides, and the browser SDK sends and verifies the code.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { type Channel, channels } from '../channels.js'
import { ChannelSwitch } from '../parts/channel-switch.js'
import { Code } from '../parts/code.js'
import { NeedsChannel } from '../parts/needs-method.js'
import { OtpFlow } from '../parts/otp-flow.js'
import { RuleChoice } from '../parts/rule-choice.js'
import { stepUpBackendCode, stepUpPlan } from '../parts/step-up.js'
import { rule } from '../rules.js'
import type { Scenario } from './scenario.js'

export const ownForm: Scenario = {
  id: 'own-form',
  title: 'Step-up, own form',
  summary:
    'A signed-in user does something that needs protection. The backend checks whether it needs a challenge. Your own form sends and verifies the code, directly from the browser.',
  Panel,
}

function Panel() {
  const channel = useSignal(channels[0])
  return (
    <>
      <div class="controls">
        <ChannelSwitch selected={channel} />
        <RuleChoice />
      </div>
      <NeedsChannel channel={channel.value}>
        <OtpFlow key={rule.value} channel={channel.value} plan={stepUpPlan(channel.value)} />
      </NeedsChannel>
      <Code backend={backendCode} browser={browserCode(channel.value)} />
    </>
  )
}

const backendCode = stepUpBackendCode('for the right code')

const browserCode = ({ id }: Channel) => `
authsignal.setToken(token)
await authsignal.${id}.challenge() // again: send a new code
const response = await authsignal.${id}.verify({ code })
if (response.token) await confirmPayment(response.token)`
