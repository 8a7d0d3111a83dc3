/**
 * The flow of every scenario with a code that is sent: begin, enter the code, result.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import type { Channel } from '../channels.js'
import { messages } from '../messages.js'
import { CodeForm, type Verdict } from './code-form.js'
import type { Decided } from './decided.js'
import { Flow } from './flow.js'
import type { Call } from './steps.js'

export interface OtpPlan<Started, Done> {
  readonly begin: {
    readonly title: string
    readonly button: string
    readonly calls: readonly Call[]
    /** The initial value of the field. Without it there is no field, and `run` gets an empty string. */
    readonly address?: string
    readonly addressLabel?: string
    run(address: string): Promise<Started | Decided>
  }
  readonly check: {
    readonly calls: readonly Call[]
    resend(started: Started): Promise<Started>
    verify(started: Started, code: string): Promise<Verdict<Done>>
  }
  readonly result: {
    readonly title: string
    readonly calls: readonly Call[]
    show(done: Done): ComponentChildren
  }
}

interface OtpFlowProps<Started, Done> {
  readonly channel: Channel
  readonly plan: OtpPlan<Started, Done>
  /** The number of its first step. */
  readonly firstStep?: number
}

export function OtpFlow<Started, Done>({
  channel,
  plan: { begin, check, result },
  firstStep = 1,
}: OtpFlowProps<Started, Done>) {
  const { title, button, calls, address, addressLabel = channel.addressLabel, run } = begin
  return (
    <Flow
      firstStep={firstStep}
      plan={{
        begin: {
          title,
          button,
          calls,
          run,
          field: address === undefined ? undefined : { ...channel, addressLabel, address },
        },
        proof: {
          title: 'Enter the code',
          calls: check.calls,
          show: ({ started, replace, finish, startAgain }) => (
            <CodeForm
              label={`Code sent by ${channel.by}`}
              codeOnPhone={codeOnPhone(channel)}
              whenRefused="Check the latest message, or send a new code."
              verify={code => check.verify(started, code)}
              onVerified={finish}
              onResend={async () => replace(await check.resend(started))}
              onStartAgain={startAgain}
            />
          ),
        },
        result,
      }}
    />
  )
}

function codeOnPhone({ messageChannel }: Channel): string | undefined {
  return messages.value.find(
    ({ code, channel, state }) => code && channel === messageChannel && state === 'valid',
  )?.code
}
