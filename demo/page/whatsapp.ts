/**
 * WhatsApp on the user's phone: whose number it has, the message that is ready to be sent, and the chat.
 *
 * Drawing it is `phone/whatsapp.tsx`.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { now } from './clock.js'
import { control, Refusal } from './control.js'
import { show } from './news.js'
import { shared } from './shared.js'

export interface ChatMessage {
  readonly id: string
  /** Whether the phone's user wrote it. */
  readonly isOwn: boolean
  readonly text: string
  readonly sentAt: string
}

const FIRST_NUMBER = '+1 555 010 0001'
const NO_DRAFT = { to: '', text: '' }

/** Who the service takes a message to be from. */
export const ownNumber = shared('own-number', FIRST_NUMBER)

/** The message of the link that was opened last; empty when it has been sent. */
export const draft = shared('whatsapp-draft', NO_DRAFT)

/** Oldest first. */
export const chat = shared<readonly ChatMessage[]>('whatsapp-chat', [])

/** How often the person has opened a link in this window. */
export const linksOpened = signal(0)

export const isWhatsappLink = (text: string) => text.startsWith('https://wa.me/')

/** What WhatsApp does with such a link: the message is there, and waits for its user to send it. */
export function openWhatsapp(link: string): void {
  const { pathname, searchParams } = new URL(link)
  draft.value = { to: `+${pathname.slice(1)}`, text: searchParams.get('text') ?? '' }
  show('whatsapp')
  linksOpened.value += 1
}

/** @returns Whether the service could use it; otherwise it can be sent again, from another number for example. */
export async function sendDraft(): Promise<boolean> {
  const { text } = draft.value
  const { isTaken, reply } = await deliver(text)
  chat.value = [...chat.value, newMessage(text, true), newMessage(reply, false)]
  if (isTaken) discardDraft()
  return isTaken
}

async function deliver(code: string): Promise<{ readonly isTaken: boolean; readonly reply: string }> {
  try {
    const phone = withoutSpaces(ownNumber.value)
    const { reply } = await control<{ readonly reply: string }>('notp/approve', { code, phone })
    return { isTaken: true, reply }
  } catch (error) {
    // The user reads it in WhatsApp, too.
    if (error instanceof Refusal) return { isTaken: false, reply: error.reply }
    throw error
  }
}

function newMessage(text: string, isOwn: boolean): ChatMessage {
  return { id: crypto.randomUUID(), isOwn, text, sentAt: new Date(now.value).toISOString() }
}

export function discardDraft(): void {
  draft.value = NO_DRAFT
}

export function forgetWhatsapp(): void {
  discardDraft()
  chat.value = []
  ownNumber.value = FIRST_NUMBER
}

/** As services want a number, however people write it; what is no number stays as it is. */
export const withoutSpaces = (number: string) =>
  number.trim().startsWith('+') ? number.replace(/[\s().-]/g, '') : number.trim()
