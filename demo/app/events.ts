/**
 * The events that the service has reported by webhook, as long as the process runs. A real app has a database for them.
 *
 * @module
 */
import type { WebhookEvent } from '@authsignal/node'

export interface ReceivedEvent {
  readonly id: string
  readonly type: string
  readonly time: string
  readonly data: Readonly<Record<string, string>>
  /** How often it has arrived. Only the first time counts. */
  readonly arrivals: number
}

const CAPACITY = 200

/** By ID, oldest first. */
const events = new Map<string, ReceivedEvent>()

/** Returns whether the event is new. */
export function keepEvent({ id, type, time, data }: WebhookEvent): boolean {
  const known = events.get(id)
  events.set(id, { id, type, time, data, arrivals: (known?.arrivals ?? 0) + 1 })
  const [oldest] = events.keys()
  if (events.size > CAPACITY && oldest !== undefined) events.delete(oldest)
  return known === undefined
}

/** Newest first. */
export const eventsOf = (userId: string): ReceivedEvent[] =>
  [...events.values()].filter(({ data }) => data.userId === userId).reverse()

export function forgetEvents(): void {
  events.clear()
}
