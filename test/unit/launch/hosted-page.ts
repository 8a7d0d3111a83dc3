/**
 * The messages of a hosted page to a page of happy-dom, in which no frame or window loads anything.
 */

export const ORIGIN = 'https://ui.test'
export const ADDRESS = `${ORIGIN}/challenge?token=track-token`

/** Dispatches a message of a frame or window. */
export function receive(data: unknown, source: unknown, origin = ORIGIN) {
  const event = new MessageEvent('message', { data, origin })
  Object.defineProperty(event, 'source', { value: source })
  dispatchEvent(event)
}

/** Dispatches an event of the hosted page, which is a JSON string. */
export const receiveEvent = (event: string, details: object, source: unknown, origin?: string) =>
  receive(JSON.stringify({ event, ...details }), source, origin)
