/**
 * Messages as the user gets them. Where they come from is `../state/messages.ts`.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { CopyButton } from '../parts/copy-button.js'
import { Icon } from '../parts/icons.js'
import { readableText } from '../state/messages.js'
import type { Message, MessageDelivery } from '../types.js'

interface MessageListProps {
  readonly messages: readonly Message[]
  /** Added to each message, such as the user it is for. */
  readonly details?: (message: Message) => ComponentChildren
}

export function MessageList({ messages, details }: MessageListProps) {
  return (
    <ul class="messages" aria-label="Messages">
      {messages.map(message => (
        <MessageBubble key={message.id} message={message}>
          {details?.(message)}
        </MessageBubble>
      ))}
    </ul>
  )
}

export const channelNames: Record<Message['channel'], string> = {
  SMS: 'SMS',
  WHATSAPP: 'WhatsApp',
  EMAIL: 'E-mail',
}

/** Why a code or link no longer works. */
const reasons = { used: 'Used', replaced: 'Replaced by a new one', expired: 'Expired' }

/** The provider, and what has become of the message there. */
function deliveryText({ provider, state, problem }: MessageDelivery): string {
  if (state === 'failed') return `Not sent by ${provider}: ${problem?.replaceAll('_', ' ')}`
  return state === 'sent' ? `Sent by ${provider}` : `Is being sent by ${provider}`
}

interface MessageBubbleProps {
  readonly message: Message
  readonly children?: ComponentChildren
}

function MessageBubble({ message, children }: MessageBubbleProps) {
  const { channel, to, url, code, createdAt, state, delivery } = message
  const isValid = state === 'valid'
  return (
    <li class={`message ${isValid ? '' : 'message-over'}`} data-stop tabIndex={-1}>
      <p class="message-head">
        <Icon name={channel} />
        <strong>{channelNames[channel]}</strong>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleTimeString()}</time>
      </p>
      <p class="message-to">
        To {to}
        {delivery && (
          <span class={`message-delivery message-delivery-${delivery.state}`}>{deliveryText(delivery)}</span>
        )}
      </p>
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
      {children}
    </li>
  )
}
