/**
 * The messages that the emulator has sent, as they arrive, with the state of each code or link.
 *
 * @module
 */
import { control } from '../control.js'
import type { Message } from '../types.js'
import { createStream, type Stream } from './stream.js'

export interface Inbox extends Pick<Stream<Message>, 'items' | 'reception'> {
  /** Follows the messages until the page closes. */
  follow(): void
  /** Reads the messages with their states. */
  refresh(): Promise<void>
}

const INTERVAL = 1000

interface InboxOptions {
  /** The emulator was reset. */
  readonly onReset?: () => void
  /** Whether anything is shown that may expire. Default: any message. */
  readonly isShown?: (message: Message) => boolean
}

export function createInbox({ onReset, isShown = () => true }: InboxOptions = {}): Inbox {
  const load = async () => (await control<{ readonly messages: readonly Message[] }>('messages')).messages

  const stream = createStream<Message>({
    path: 'messages/stream',
    load,
    read: data => ({ ...JSON.parse(data), state: 'valid' }),
    // It may have replaced an earlier one.
    onItem: () => void refresh().catch(() => {}),
    ...(onReset && { onReset }),
  })

  let refreshing: Promise<void> | undefined
  let isOutdated = false

  /** Calls that overlap are one. It reads again when a call came after its request. */
  function refresh(): Promise<void> {
    isOutdated = true
    refreshing ??= readAll().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  async function readAll() {
    let current: readonly Message[] = []
    while (isOutdated) {
      isOutdated = false
      current = await load()
    }
    if (JSON.stringify(current) !== JSON.stringify(stream.items.peek())) stream.items.value = current
  }

  /** Codes expire, and are used in other windows. As long as one works, its state is followed. */
  async function followStates(): Promise<never> {
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, INTERVAL))
      const isAnyValid = stream.items.peek().some(each => each.state === 'valid' && isShown(each))
      // The stream reports a lost connection.
      if (isAnyValid && !document.hidden) await refresh().catch(() => {})
    }
  }

  return {
    items: stream.items,
    reception: stream.reception,
    refresh,
    follow() {
      stream.follow()
      void followStates()
    },
  }
}

/** The text without the URL of a link, which is long and of no use to the reader. */
export function readableText({ body, url }: Pick<Message, 'body' | 'url'>): string {
  if (!url) return body
  const [before = '', after = ''] = body.split(url)
  return before.trimEnd().replace(/:$/, '.') + after
}
