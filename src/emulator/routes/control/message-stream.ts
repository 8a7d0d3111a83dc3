/**
 * The inbox as server-sent events: first the messages it holds, then each new one.
 *
 * A `message` event carries a message as JSON. A `reset` event means that the inbox is empty now. A client that
 * reconnects gets only the messages that it missed.
 */

import { type Message, type MessageFilter, type Messages, matches } from '../../lib/inbox.js'

const RECONNECT_MS = 1000

/** The events that may wait for a slow reader. With more the stream is closed; the reader reconnects. */
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
      // Not in `start`: the response to a HEAD request is never read, so its observer would never stop.
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

/** The messages after the last one that the client has, oldest first. */
function missed(newestFirst: readonly Message[], lastEventId: string | undefined): Message[] {
  const seen = newestFirst.findIndex(({ id }) => id === lastEventId)
  return newestFirst.slice(0, seen === -1 ? undefined : seen).reverse()
}
