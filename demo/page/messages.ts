/**
 * The messages on the user's phone, as the emulator delivers them.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { announce, forgetNews } from './news.js'

export interface Message {
  readonly id: string
  readonly channel: 'SMS' | 'WHATSAPP' | 'EMAIL'
  readonly to: string
  readonly code?: string
  readonly url?: string
  readonly body: string
  readonly createdAt: string
}

/** Newest first. */
export const messages = signal<readonly Message[]>([])

/** Whether new messages arrive here at the moment. */
export const reception = signal<'connecting' | 'live' | 'lost'>('connecting')

/** Whether the phone is inside the visible part of the page. */
export const phoneInView = signal(true)

/** Whether the hosted UI's popup covers the page. */
export const popupOpen = signal(false)

/**
 * Follows the phone until the page closes. The browser restores a lost connection.
 *
 * @param onReset Called when the emulator was reset.
 */
export async function followMessages(onReset: () => void): Promise<void> {
  messages.value = await earlierMessages()

  const stream = new EventSource('/emulator/messages/stream')
  stream.onopen = () => {
    reception.value = 'live'
  }
  stream.onerror = () => {
    reception.value = 'lost'
  }
  stream.onmessage = ({ data }) => {
    const message: Message = JSON.parse(data)
    // The stream begins with the earlier messages.
    if (messages.value.some(({ id }) => id === message.id)) return
    messages.value = [message, ...messages.value]
    announce({ id: message.id, screen: 'messages', icon: message.channel, text: readableText(message) })
  }
  stream.addEventListener('reset', () => {
    messages.value = []
    forgetNews()
    onReset()
  })
}

/** The text without the URL of a link, which is long and of no use to the reader. */
export function readableText({ body, url }: Message): string {
  if (!url) return body
  const [before = '', after = ''] = body.split(url)
  return before.trimEnd().replace(/:$/, '.') + after
}

async function earlierMessages(): Promise<readonly Message[]> {
  const response = await fetch('/emulator/messages')
  const body: { readonly messages: readonly Message[] } = await response.json()
  return body.messages
}
