/**
 * The messages on the user's phone, as the emulator delivers them.
 *
 * @module
 */
import { computed, signal } from '@preact/signals'
import { control } from './control.js'
import { announceAdded, forgetNews } from './news.js'
import { shared } from './shared.js'
import { user } from './user.js'

export interface Message {
  readonly id: string
  readonly channel: 'SMS' | 'WHATSAPP' | 'EMAIL'
  readonly to: string
  readonly code?: string
  readonly url?: string
  readonly body: string
  readonly challengeId: string
  /** Absent while the service does not know whose challenge it is. */
  readonly userId?: string
  readonly createdAt: string
  /** Whether its code or link still works, and if not, why. */
  readonly state: 'valid' | 'used' | 'replaced' | 'expired'
}

/** Of all users of the emulator, newest first. */
const received = signal<readonly Message[]>([])

/** The challenges of sign-ins that were started here, and do not belong to a user yet. */
const ownSignIns = shared<readonly string[]>('sign-ins', [])

/** The user's messages, newest first. */
export const messages = computed(() =>
  received.value.filter(({ userId, challengeId }) =>
    userId === undefined ? ownSignIns.value.includes(challengeId) : userId === user.value.userId,
  ),
)

/** The messages of this sign-in are the user's. */
export function expectMessagesOf({ challengeId }: Pick<Message, 'challengeId'>): void {
  ownSignIns.value = [...ownSignIns.value, challengeId]
}

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
  await refresh()
  // Also those that become the user's later.
  announceAdded(messages, message => ({
    id: message.id,
    screen: 'messages',
    icon: message.channel,
    text: readableText(message),
  }))

  const stream = new EventSource('/emulator/messages/stream')
  stream.onopen = () => {
    reception.value = 'live'
  }
  stream.onerror = () => {
    reception.value = 'lost'
  }
  stream.onmessage = ({ data }) => {
    const message: Omit<Message, 'state'> = JSON.parse(data)
    // The stream begins with the earlier messages.
    if (received.value.some(({ id }) => id === message.id)) return
    received.value = [{ ...message, state: 'valid' }, ...received.value]
    // It may have replaced an earlier one.
    void refresh().catch(() => {})
  }
  stream.addEventListener('reset', () => {
    received.value = []
    ownSignIns.value = []
    forgetNews()
    onReset()
  })
  void followStates()
}

const INTERVAL = 1000

/** Codes expire, and are used in other windows. As long as one works, its state is followed. */
async function followStates(): Promise<never> {
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, INTERVAL))
    const isAnyValid = messages.peek().some(({ state }) => state === 'valid')
    // The stream reports a lost connection.
    if (isAnyValid && !document.hidden) await refresh().catch(() => {})
  }
}

/** The text without the URL of a link, which is long and of no use to the reader. */
export function readableText({ body, url }: Message): string {
  if (!url) return body
  const [before = '', after = ''] = body.split(url)
  return before.trimEnd().replace(/:$/, '.') + after
}

async function refresh(): Promise<void> {
  const { messages: current } = await control<{ readonly messages: readonly Message[] }>('messages')
  if (JSON.stringify(current) !== JSON.stringify(received.peek())) received.value = current
}
