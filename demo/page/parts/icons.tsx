/**
 * The few pictures of the page.
 *
 * @module
 */
import type { Message } from '../messages.js'

const shapes: Record<Message['channel'], string> = {
  SMS: 'M4 4h16v12H9l-5 4z',
  WHATSAPP:
    'M12 3a9 9 0 0 0-7.7 13.6L3 21l4.5-1.2A9 9 0 1 0 12 3zM8.6 8.2c.3 4 3 6.700 7 7.200l.800-2-2.200-1-1 .800a6 6 0 0 1-2.600-2.600l.800-1-1-2.200z',
  EMAIL: 'M3 5h18v14H3zM3 6l9 7 9-7',
}

export function ChannelIcon({ channel }: { readonly channel: Message['channel'] }) {
  return (
    <svg class={`channel-icon channel-icon-${channel.toLowerCase()}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[channel]} />
    </svg>
  )
}
