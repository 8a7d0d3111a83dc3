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

/** Why a code or link no longer works. */
const reasons = { used: 'Used', replaced: 'Replaced by a new one', expired: 'Expired' }

function MessageBubble({ message }: { readonly message: Message }) {
  const { channel, to, url, code, createdAt, state } = message
  const isValid = state === 'valid'
  return (
    <li class={`message ${isValid ? '' : 'message-over'}`}>
      <p class="message-head">
        <Icon name={channel} />
        <strong>{names[channel]}</strong>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>
      </p>
      <p class="message-to">To {to}</p>
      <p class="message-body">{readableText(message)}</p>
      {code && (
        <p class="message-code">
          {isValid ? (
            <code>{code}</code>
          ) : (
            <s>
              <code>{code}</code>
            </s>
          )}
          {isValid ? <CopyButton text={code} what={`code ${code}`} /> : <span>{reasons[state]}</span>}
        </p>
      )}
      {url && !isValid && <p class="message-link">{reasons[state]}</p>}
      {url && isValid && (
        <p class="message-link">
          <a class="secondary" href={url} target="_blank" rel="noreferrer">
            Open link
          </a>
          <CopyButton text={url} what="the link" />
        </p>
      )}
    </li>
  )
}
