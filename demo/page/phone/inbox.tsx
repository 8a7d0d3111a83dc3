/**
 * The phone's messages. Where they come from is `../messages.ts`.
 *
 * @module
 */
import { type Message, messages, readableText } from '../messages.js'
import { CopyButton } from '../parts/copy-button.js'
import { Empty } from '../parts/empty.js'
import { Icon } from '../parts/icons.js'

export function Inbox() {
  return (
    <>
      {messages.value.length === 0 && (
        <Empty title="No messages yet">Codes and links arrive here as soon as a scenario sends one.</Empty>
      )}
      <ul class="messages" aria-label="Messages">
        {messages.value.map(message => (
          <MessageBubble key={message.id} message={message} />
        ))}
      </ul>
    </>
  )
}

const names: Record<Message['channel'], string> = { SMS: 'SMS', WHATSAPP: 'WhatsApp', EMAIL: 'E-mail' }

function MessageBubble({ message }: { readonly message: Message }) {
  const { channel, to, url, code, createdAt } = message
  return (
    <li class="message">
      <p class="message-head">
        <Icon name={channel} />
        <strong>{names[channel]}</strong>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>
      </p>
      <p class="message-to">To {to}</p>
      <p class="message-body">{readableText(message)}</p>
      {code && (
        <p class="message-code">
          <code>{code}</code>
          <CopyButton text={code} what="code" />
        </p>
      )}
      {url && (
        <p class="message-link">
          <a class="secondary" href={url} target="_blank" rel="noreferrer">
            Open link
          </a>
          <CopyButton text={url} what="link" />
        </p>
      )}
    </li>
  )
}
