/**
 * The panel of the scenarios that add or change a number or address: on which channel, and from which side.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { type Channel, channels } from '../channels.js'
import { ChannelSwitch } from './channel-switch.js'
import { Choice } from './choice.js'
import { Code } from './code.js'
import { type EnrolAction, enrolPlan, scopes } from './enrol-plan.js'
import { NeedsChannel } from './needs-method.js'
import { OtpFlow } from './otp-flow.js'
import type { Side } from './steps.js'

export function EnrolPanel({ action }: { readonly action: EnrolAction }) {
  // The user of the first scenario has WhatsApp already, and adds another one.
  const channel = useSignal(action === 'add-method' ? channels[1] : channels[0])
  const wanted = useSignal<Side>('Backend')
  const onlyBackend = channel.value.id === 'whatsapp'
  const side = onlyBackend ? 'Backend' : wanted.value
  const flow = (
    <OtpFlow
      key={channel.value.id + side}
      channel={channel.value}
      plan={enrolPlan({ channel: channel.value, side, action })}
    />
  )
  return (
    <>
      <div class="controls">
        <ChannelSwitch selected={channel} />
        <Choice<Side>
          label="Run from"
          options={[
            { value: 'Backend', label: 'Backend' },
            {
              value: 'Browser',
              label: 'Browser',
              unavailable:
                onlyBackend && 'The Client API cannot enrol WhatsApp numbers; the backend does it.',
            },
          ]}
          value={side}
          onChange={chosen => {
            wanted.value = chosen
          }}
        />
      </div>
      {action === 'add-method' ? flow : <NeedsChannel channel={channel.value}>{flow}</NeedsChannel>}
      <Code
        {...(side === 'Backend' ? fromBackend(channel.value, action) : fromBrowser(channel.value, action))}
      />
    </>
  )
}

const fromBackend = ({ verificationMethod, addressField }: Channel, action: EnrolAction) => ({
  backend: `
const { challengeId } = await authsignal.challenge({
  action: '${action}',
  userId,
  scope: '${scopes[action]}',
  verificationMethod: '${verificationMethod}',
  ${addressField},
})
const { isVerified } = await authsignal.verify({ challengeId, verificationCode })`,
})

const fromBrowser = ({ id, addressField }: Channel, action: EnrolAction) => ({
  backend: `
const { token } = await authsignal.track({
  userId,
  action: '${action}',
  attributes: { scope: '${scopes[action]}' },
})`,
  browser: `
authsignal.setToken(token)
await authsignal.${id}.enroll({ ${addressField} })
const response = await authsignal.${id}.verify({ code })`,
})
