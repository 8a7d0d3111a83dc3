/**
 * A list as server-sent events: first the items it holds, then each new one.
 *
 * A `message` event carries an item as JSON. A `reset` event means that the list is empty now. A client that
 * reconnects gets only the items that it missed.
 */

const RECONNECT_MS = 1000

/** The events that may wait for a slow reader. With more the stream is closed; the reader reconnects. */
const MAX_QUEUED = 2000

/** A list that grows. */
export interface Source<Item extends { readonly id: string }> {
  /** Newest first. */
  list(): readonly Item[]
  /** Returns a function that stops observing. */
  observe(observer: { added(item: Item): void; cleared(): void }): () => void
}

export function eventStream<Item extends { readonly id: string }>(
  source: Source<Item>,
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
        for (const item of missed(source.list(), lastEventId)) send(event(item))
        stop = source.observe({
          added: item => send(event(item)),
          cleared: () => send('event: reset\ndata: {}'),
        })
      },
      cancel: () => stop?.(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' } })
}

const event = (item: { readonly id: string }) => `id: ${item.id}\ndata: ${JSON.stringify(item)}`

/** The items after the last one that the client has, oldest first. */
function missed<Item extends { readonly id: string }>(
  newestFirst: readonly Item[],
  lastEventId: string | undefined,
): Item[] {
  const seen = newestFirst.findIndex(({ id }) => id === lastEventId)
  return newestFirst.slice(0, seen === -1 ? undefined : seen).reverse()
}
