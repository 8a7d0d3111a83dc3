/**
 * Scenarios that challenge an enrolled user say so here, and enrol the user in one click.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import type { Channel } from '../channels.js'
import { addressOf, authenticatorOf, enrolVerified } from '../user.js'
import { Note } from './note.js'
import { ProblemNote } from './problem-note.js'
import { useTask } from './task.js'

export function NeedsMethod({
  channel,
  children,
}: {
  readonly channel: Channel
  readonly children: ComponentChildren
}) {
  const task = useTask()
  const authenticator = authenticatorOf(channel)
  if (authenticator) {
    return (
      <>
        <p class="enrolled">
          Enrolled for {channel.label}: <strong>{addressOf(authenticator)}</strong>
        </p>
        {children}
      </>
    )
  }
  return (
    <Note>
      <p>
        This scenario challenges a user who can already get codes by {channel.by}, and this one cannot yet.
      </p>
      <button
        type="button"
        class="primary"
        aria-busy={task.busy}
        onClick={() => task.run(async () => void (await enrolVerified(channel, channel.address)))}
      >
        Enrol {channel.address}
      </button>
      <ProblemNote problem={task.problem} />
    </Note>
  )
}
