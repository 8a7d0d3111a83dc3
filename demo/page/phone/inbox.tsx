/**
 * The phone's messages. Where they come from is `../messages.ts`.
 *
 * @module
 */
import { Empty } from '../../../src/emulator/inspector/parts/empty.js'
import { MessageList } from '../../../src/emulator/inspector/phone/message-list.js'
import { messages } from '../messages.js'

export function Inbox() {
  return (
    <>
      {messages.value.length === 0 && (
        <Empty title="No messages yet">Codes and links arrive here as soon as a scenario sends one.</Empty>
      )}
      <MessageList messages={messages.value} />
    </>
  )
}
