/**
 * Reads server-sent events.
 */

import { expect } from 'vitest'

/** The events of a response, each with its fields. */
export function readEvents(response: Response) {
  expect(response.headers.get('Content-Type')).toBe('text/event-stream')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    close: () => reader.cancel(),
    async next(): Promise<Record<string, string>> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end !== -1) {
          const fields = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          return Object.fromEntries(fields.map(field => field.split(/: (.*)/s, 2)))
        }
        text += (await reader.read()).value
      }
    },
  }
}
