/**
 * Makes sure that the user of a scenario is enrolled for its method. With the emulator this happens by itself, and
 * the log says so; otherwise a note says what is missing.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { logPreparation } from '../calls.js'
import type { Channel } from '../channels.js'
import { labelOf } from '../methods.js'
import { config } from '../sdk.js'
import { addressOf, authenticatorOf, enrolVerified } from '../user.js'
import { AddressForm } from './address-form.js'
import { Note } from './note.js'
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

/** Enrols the user without any click. */
export interface Preparation {
  /** What it does, for the log. */
  readonly note: string
  run(): Promise<unknown>
}

interface NeedsMethodProps {
  readonly verificationMethod: string
  /** Only the emulator is prepared: a user of a real tenant has a phone and an address of their own. */
  readonly preparation?: Preparation | undefined
  /** Shown when the user is not enrolled and nothing prepares that. */
  readonly otherwise: ComponentChildren
  readonly children: ComponentChildren
}

export function NeedsMethod({ verificationMethod, preparation, otherwise, children }: NeedsMethodProps) {
  const authenticator = authenticatorOf({ verificationMethod })
  const { problem, prepare } = usePreparation(authenticator === undefined, preparation)
  if (authenticator) {
    return (
      <>
        <p class="enrolled">
          Enrolled for {labelOf(verificationMethod)}
          {addressOf(authenticator) && ': '}
          <strong>{addressOf(authenticator)}</strong>
        </p>
        {children}
      </>
    )
  }
  if (!prepare) return <Note>{otherwise}</Note>
  return (
    <div class="preparing">
      <p role="status">{!problem && 'Preparing the user…'}</p>
      <ProblemNote problem={problem} />
      {problem && (
        <button type="button" class="secondary" onClick={prepare}>
          Try again
        </button>
      )}
    </div>
  )
}

/** Prepares the user as soon as something is missing. */
export function usePreparation(isMissing: boolean, preparation: Preparation | undefined) {
  const { run, problem } = useTask()
  const prepare =
    preparation &&
    config.service === 'emulator' &&
    (() => run(() => logPreparation(preparation.note, preparation.run)))
  useEffect(() => {
    if (isMissing && prepare) prepare()
  }, [isMissing])
  return { problem, prepare: prepare || undefined }
}

interface NeedsChannelProps {
  readonly channel: Channel
  readonly children: ComponentChildren
}

/** The same for a channel that codes are sent by: the backend vouches for the address. */
export function NeedsChannel({ channel, children }: NeedsChannelProps) {
  const { verificationMethod } = channel
  return (
    <NeedsMethod
      key={channel.id}
      verificationMethod={verificationMethod}
      preparation={preparationOf(channel)}
      otherwise={<EnrolForm channel={channel} />}
    >
      {children}
    </NeedsMethod>
  )
}

/** Enrols the demo's address of a channel by the backend. */
export const preparationOf = (channel: Channel): Preparation => ({
  note: `This scenario needs a user who gets codes by ${channel.by}: the backend enrols ${channel.address}.`,
  run: () => enrolVerified(channel.id, channel.address),
})

function EnrolForm({ channel }: { readonly channel: Channel }) {
  const task = useTask()
  return (
    <>
      <p>This scenario needs a user who gets codes by {channel.by}. Enrol an address that you can read.</p>
      <AddressForm
        field={channel}
        button="Enrol"
        task={task}
        onSubmit={async address => void (await enrolVerified(channel.id, address))}
      />
      <ProblemNote problem={task.problem} />
    </>
  )
}
