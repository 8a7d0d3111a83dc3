/**
 * The messages on the user's phone: those of the emulator's inbox that are for this user.
 *
 * @module
 */
import { computed, signal } from '@preact/signals'
import { createInbox, readableText } from '../../src/emulator/inspector/state/messages.js'
import type { Message } from '../../src/emulator/inspector/types.js'
import { announceAdded, forgetNews } from './news.js'
import { shared } from './shared.js'
import { user } from './user.js'

/** The challenges of sign-ins that were started here, and do not belong to a user yet. */
const ownSignIns = shared<readonly string[]>('sign-ins', [])

const isOwn = ({ userId, challengeId }: Message) =>
  userId === undefined ? ownSignIns.value.includes(challengeId) : userId === user.value.userId

let forget = () => {}

/** Of all users of the emulator. */
const inbox = createInbox({
  isShown: isOwn,
  onReset() {
    ownSignIns.value = []
    forgetNews()
    forget()
  },
})

/** The user's messages, newest first. */
export const messages = computed(() => inbox.items.value.filter(isOwn))

/** These messages of a sign-in are the user's. */
export function expectMessagesOf({ challengeId }: Pick<Message, 'challengeId'>): void {
  ownSignIns.value = [...ownSignIns.value, challengeId]
}

/** Whether new messages arrive here at the moment. */
export const { reception } = inbox

/** Whether the phone is inside the visible part of the page. */
export const phoneInView = signal(true)

/** Whether the hosted UI's popup covers the page. */
export const popupOpen = signal(false)

/**
 * Follows the phone until the page closes.
 *
 * @param onReset Called when the emulator was reset.
 */
export async function followMessages(onReset: () => void): Promise<void> {
  forget = onReset
  await inbox.refresh()
  // Also those that become the user's later.
  announceAdded(messages, message => ({
    id: message.id,
    screen: 'messages',
    icon: message.channel,
    // Without the line for browsers, which a person has no use for.
    text: readableText(message).split('\n\n@')[0]!,
  }))
  inbox.follow()
}
