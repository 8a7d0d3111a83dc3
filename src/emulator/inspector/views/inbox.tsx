/**
 * What phones and mailboxes have received.
 *
 * @module
 */

import { Empty } from '../parts/empty.js'
import { ChallengeLink, UserLink } from '../parts/links.js'
import { MessageList } from '../phone/message-list.js'
import { inbox } from '../state/emulator.js'
import { isSearching } from '../state/search.js'
import type { Message } from '../types.js'
import { found } from './found.js'

export const foundMessages = found(() => inbox.items.value)

export function Inbox() {
  const messages = foundMessages.value
  return (
    <div class="list inbox">
      {messages.length === 0 && (
        <Empty title={isSearching.value ? 'Nothing found' : 'No messages yet'}>
          {isSearching.value
            ? 'No message has this text.'
            : 'Codes and links arrive here as soon as your app sends one. Nothing leaves this machine.'}
        </Empty>
      )}
      <MessageList messages={messages} details={context} />
    </div>
  )
}

const context = ({ userId, actionCode, challengeId }: Message) => (
  <p class="message-context">
    {userId === undefined ? 'Sign-in' : <UserLink userId={userId} />}
    {actionCode && <> · {actionCode}</>} · <ChallengeLink challengeId={challengeId} />
  </p>
)
