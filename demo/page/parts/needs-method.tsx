/**
 * The note of scenarios that need an enrolled user, with a link to the enrolment.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import type { Channel } from '../channels.js'
import { labelOf } from '../methods.js'
import { addressOf, authenticatorOf, enrolVerified } from '../user.js'
import { Note } from './note.js'
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

interface NeedsMethodProps {
  readonly verificationMethod: string
  /** What the user cannot do yet. */
  readonly explanation: ComponentChildren
  /** A button that enrols the user; without it the user enrols in another scenario. */
  readonly remedy?: { readonly button: string; run(): Promise<unknown> } | undefined
  readonly children: ComponentChildren
}

export function NeedsMethod({ verificationMethod, explanation, remedy, children }: NeedsMethodProps) {
  const task = useTask()
  const authenticator = authenticatorOf({ verificationMethod })
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
  return (
    <Note>
      <p>{explanation}</p>
      {remedy && (
        <button
          type="button"
          class="primary"
          aria-busy={task.busy}
          onClick={() => task.run(async () => void (await remedy.run()))}
        >
          {remedy.button}
        </button>
      )}
      <ProblemNote problem={task.problem} />
    </Note>
  )
}

interface NeedsChannelProps {
  readonly channel: Channel
  readonly children: ComponentChildren
}

/** The same for a channel that codes are sent by: the backend vouches for the address. */
export function NeedsChannel({ channel, children }: NeedsChannelProps) {
  const { by, address, verificationMethod } = channel
  return (
    <NeedsMethod
      verificationMethod={verificationMethod}
      explanation={`This scenario challenges a user who can already get codes by ${by}, and this one cannot yet.`}
      remedy={{ button: `Enrol ${address}`, run: () => enrolVerified(channel, address) }}
    >
      {children}
    </NeedsMethod>
  )
}
