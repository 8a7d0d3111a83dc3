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

/** Whether the person can see the phone, as far as scrolling goes. */
export const phoneInView = signal(true)

/** Whether the hosted UI's popup covers the page. */
export const popupOpen = signal(false)

/**
 * Follows the phone until the page closes; a lost connection is taken up again by the browser.
 *
 * @param onReset Called when the emulator has forgotten everything.
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
    // The stream begins with what was there before, too.
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

/** Without the address of a link, which is long and says nothing to a person. */
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
