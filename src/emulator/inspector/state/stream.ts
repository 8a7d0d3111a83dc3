/**
 * A list that the emulator streams, such as its messages. The connection is restored when it is lost.
 *
 * @module
 */
import { type Signal, signal } from '@preact/signals'
import { controlUrl } from '../control.js'

/** Whether new items arrive at the moment. */
export type Reception = 'connecting' | 'live' | 'lost'

export interface Stream<Item> {
  /** Newest first. */
  readonly items: Signal<readonly Item[]>
  readonly reception: Signal<Reception>
  /** Connects, until the page closes. */
  follow(): void
}

interface StreamOptions<Item> {
  /** Of the stream, below the control routes. */
  readonly path: string
  /** All items, newest first. */
  readonly load: () => Promise<readonly Item[]>
  /** The item of an event. */
  readonly read: (data: string) => Item
  readonly onItem?: (item: Item) => void
  /** The emulator was reset. */
  readonly onReset?: () => void
}

/** After a response that ends the stream for good, the browser does not connect again by itself. */
const RECONNECT_MS = 2000

export function createStream<Item extends { readonly id: string }>({
  path,
  load,
  read,
  onItem,
  onReset,
}: StreamOptions<Item>): Stream<Item> {
  const items = signal<readonly Item[]>([])
  const reception = signal<Reception>('connecting')

  /** What arrives while all items are read, newest first; it can be missing in the response. */
  let arrived: Item[] | undefined

  async function reload() {
    arrived = []
    const all = await load().catch(() => undefined)
    const added = arrived
    arrived = undefined
    if (all !== undefined) items.value = [...without(added, all), ...all]
  }

  function connect() {
    const source = new EventSource(controlUrl(path))
    source.onopen = () => {
      reception.value = 'live'
      // The emulator may have been started again, and have other items.
      void reload()
    }
    source.onerror = () => {
      reception.value = 'lost'
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_MS)
    }
    source.onmessage = ({ data }) => {
      const item = read(data)
      arrived?.unshift(item)
      // The stream begins with the earlier items.
      if (items.peek().some(({ id }) => id === item.id)) return
      items.value = [item, ...items.peek()]
      onItem?.(item)
    }
    source.addEventListener('reset', () => {
      items.value = []
      if (arrived !== undefined) arrived = []
      onReset?.()
    })
  }

  return { items, reception, follow: connect }
}

function without<Item extends { readonly id: string }>(items: readonly Item[], others: readonly Item[]) {
  const ids = new Set(others.map(({ id }) => id))
  return items.filter(({ id }) => !ids.has(id))
}
