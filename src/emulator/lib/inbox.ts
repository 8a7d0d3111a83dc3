/**
 * The inbox: every message the emulator sends arrives here, in place of phones and mailboxes.
 */

import * as v from 'valibot'
import type { Clock } from './clock.js'
import { listOf, maybe, type Schemas, type Stateful, Text, Time } from './state.js'

/** The kinds of inbox a message can arrive in. */
export type MessageChannel = 'SMS' | 'WHATSAPP' | 'EMAIL'

export interface Message {
  readonly id: string
  readonly channel: MessageChannel
  /** The phone number or e-mail address. */
  readonly to: string
  /** The one-time code, when the message carries one. */
  readonly code?: string
  /** The link, when the message carries one. */
  readonly url?: string
  /** The text the user reads. */
  readonly body: string
  readonly challengeId: string
  readonly userId?: string
  readonly actionCode?: string
  /** ISO 8601, by the emulator's clock. */
  readonly createdAt: string
}

/** Selects messages. An omitted field matches any value. */
export interface MessageFilter {
  readonly to?: string | undefined
  readonly channel?: MessageChannel | undefined
  readonly challengeId?: string | undefined
  readonly userId?: string | undefined
}

export interface WaitOptions extends MessageFilter {
  /** How long to wait, in milliseconds of real time. Default `5_000`. */
  readonly timeout?: number | undefined
  /** Stops waiting; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export interface InboxObserver {
  message(message: Message): void
  /** All messages were deleted. */
  cleared?(): void
}

export interface Messages {
  /** The messages that match, newest first. The last 1,000 are kept. */
  list(filter?: MessageFilter): Message[]
  /** The newest message that matches. */
  latest(filter?: MessageFilter): Message | undefined
  /**
   * The oldest matching message that no earlier `next()` returned; waits for one when there is none.
   * A test can call it before or after the code is sent, and once more for the code of a resend.
   *
   * @throws {Error} named `TimeoutError` when nothing arrives in time.
   *
   * @example
   * const { body } = await emulator.messages.next({ to: '+64211234567', channel: 'WHATSAPP' })
   */
  next(options?: WaitOptions): Promise<Message>
  /** The one-time code of `next()`. */
  nextCode(options?: WaitOptions): Promise<string>
  /** Reports each message as it arrives, until the function it returns is called. */
  observe(observer: InboxObserver): () => void
}

interface InboxState {
  readonly messages: readonly Message[]
  /** The IDs of the messages that `next()` has returned. */
  readonly readMessages: readonly string[]
  /** The messages that are on their way. */
  readonly delayedMessages: readonly DelayedMessage[]
}

interface DelayedMessage {
  readonly message: Message
  /** When it arrives, by the emulator's clock. */
  readonly dueAt: number
}

export interface Inbox extends Stateful<InboxState> {
  readonly messages: Messages
  /** A message arrives, now or after a delay by the emulator's clock. */
  deliver(message: Message, delayMs?: number): void
  clear(): void
}

const CAPACITY = 1000
const DEFAULT_TIMEOUT_MS = 5000
/** A longer timer would run out at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

const ISO_TIME = 'a time in ISO 8601'

export const MessageState = v.strictObject({
  id: Text,
  channel: v.picklist(['SMS', 'WHATSAPP', 'EMAIL']),
  to: Text,
  code: maybe(Text),
  url: maybe(Text),
  body: Text,
  challengeId: Text,
  userId: maybe(Text),
  actionCode: maybe(Text),
  createdAt: v.pipe(v.string(ISO_TIME), v.isoTimestamp(ISO_TIME)),
})

const schema: Schemas<InboxState> = {
  messages: listOf(MessageState, 'id'),
  readMessages: v.array(Text),
  delayedMessages: v.array(v.strictObject({ message: MessageState, dueAt: Time })),
}

export function createInbox(clock: Clock): Inbox {
  const observers = new Set<InboxObserver>()
  /** The IDs of the messages that `next()` has returned. */
  let returned = new Set<string>()
  let received: Message[] = []
  let delayed: readonly DelayedMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const messages: Messages = {
    list: filter =>
      arrived()
        .filter(message => matches(message, filter))
        .reverse(),
    latest: filter => arrived().findLast(message => matches(message, filter)),
    async next({ timeout = DEFAULT_TIMEOUT_MS, signal, ...filter } = {}) {
      // Marked when it matches, so that two callers that wait at once get two messages.
      const take = (message: Message) => {
        if (returned.has(message.id) || !matches(message, filter)) return false
        returned.add(message.id)
        return true
      }
      const found = arrived().find(take) ?? (await arrival(messages, take, timeout, signal))
      if (found === undefined) throw new TimedOut(timeout, received.length)
      return found
    },
    async nextCode(options) {
      const { code } = await messages.next(options)
      if (code === undefined) throw new Error('The next message carries no code')
      return code
    },
    observe(observer) {
      observers.add(observer)
      return () => {
        observers.delete(observer)
      }
    },
  }

  return {
    messages,
    deliver,
    clear,
    schema,
    save: () => ({ messages: arrived(), readMessages: [...returned], delayedMessages: delayed }),
    load({ messages, readMessages, delayedMessages }) {
      clear()
      returned = new Set(readMessages)
      for (const message of messages) deliver(message)
      delayed = delayedMessages
      waitForNext()
    },
  }

  function deliver(message: Message, delayMs = 0) {
    if (delayMs > 0) {
      delayed = [...delayed, { message, dueAt: clock.now() + delayMs }]
      waitForNext()
      return
    }
    const oldest = received.length === CAPACITY ? received.shift() : undefined
    if (oldest !== undefined) returned.delete(oldest.id)
    received.push(message)
    for (const observer of [...observers]) observer.message(message)
  }
  /** All messages so far, with those whose delay is over. */
  function arrived() {
    if (delayed.length === 0) return received
    const isDue = ({ dueAt }: DelayedMessage) => dueAt <= clock.now()
    const due = delayed.filter(isDue)
    delayed = delayed.filter(each => !isDue(each))
    for (const { message } of due) deliver(message)
    return received
  }

  /** For observers. A call that reads the inbox looks at the clock itself, which can be moved ahead. */
  function waitForNext() {
    clearTimeout(timer)
    if (delayed.length === 0) return
    const nextAt = Math.min(...delayed.map(({ dueAt }) => dueAt))
    timer = setTimeout(
      () => {
        arrived()
        waitForNext()
      },
      Math.min(Math.max(nextAt - clock.now(), 1), LONGEST_TIMER_MS),
    )
    // In Node, it does not keep the process alive. In a page it is a number.
    if (typeof timer === 'object') timer.unref()
  }

  function clear() {
    received = []
    returned = new Set()
    delayed = []
    clearTimeout(timer)
    for (const observer of [...observers]) observer.cleared?.()
  }
}

/** Waits for a message that `wanted` accepts; resolves `undefined` after `timeoutMs`. */
export function arrival(
  messages: Messages,
  wanted: (message: Message) => boolean,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Message | undefined> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const settle = (message?: Message) => {
      stop()
      resolve(message)
    }
    const onAbort = () => {
      stop()
      reject(signal?.reason)
    }
    const timer = setTimeout(settle, timeoutMs)
    const stopObserving = messages.observe({ message: message => wanted(message) && settle(message) })
    signal?.addEventListener('abort', onAbort)
    function stop() {
      clearTimeout(timer)
      stopObserving()
      signal?.removeEventListener('abort', onAbort)
    }
  })
}

export const matches = (message: Message, { to, channel, challengeId, userId }: MessageFilter = {}) =>
  (to === undefined || message.to === to) &&
  (channel === undefined || message.channel === channel) &&
  (challengeId === undefined || message.challengeId === challengeId) &&
  (userId === undefined || message.userId === userId)

class TimedOut extends Error {
  override readonly name = 'TimeoutError'

  constructor(timeoutMs: number, others: number) {
    super(`No new message matched within ${timeoutMs} ms; the inbox holds ${others} in all`)
  }
}
