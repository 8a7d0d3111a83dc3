/**
 * The inbox as server-sent events: what is there already, then each message as it arrives.
 *
 * `message` events carry a message as JSON; a `reset` event tells that the inbox was emptied. A client that
 * reconnects gets only what it missed.
 */

import { type Message, type MessageFilter, type Messages, matches } from '../../lib/inbox.js'

const RECONNECT_MS = 1000

/** A reader that lags this far behind is let go; it reconnects and catches up. */
const MAX_QUEUED = 2000

export function messageStream(
  messages: Messages,
  filter: MessageFilter,
  lastEventId: string | undefined,
): Response {
  const encoder = new TextEncoder()
  let stop: (() => void) | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      // Not `start`: the answer to a HEAD request is never read, and would observe for ever.
      pull(controller) {
        if (stop !== undefined) return
        const send = (text: string) => {
          controller.enqueue(encoder.encode(`${text}\n\n`))
          if (controller.desiredSize! >= -MAX_QUEUED) return
          stop?.()
          controller.close()
        }
        send(`retry: ${RECONNECT_MS}`)
        for (const message of missed(messages.list(filter), lastEventId)) send(event(message))
        stop = messages.observe({
          message: message => matches(message, filter) && send(event(message)),
          cleared: () => send('event: reset\ndata: {}'),
        })
      },
      cancel: () => stop?.(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' } })
}

const event = (message: Message) => `id: ${message.id}\ndata: ${JSON.stringify(message)}`

/** Oldest first, after the one the client saw last. */
function missed(newestFirst: readonly Message[], lastEventId: string | undefined): Message[] {
  const seen = newestFirst.findIndex(({ id }) => id === lastEventId)
  return newestFirst.slice(0, seen === -1 ? undefined : seen).reverse()
}
