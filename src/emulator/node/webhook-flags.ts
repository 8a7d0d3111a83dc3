/**
 * `--webhook` and `--webhook-events`: the webhooks that the command line names.
 */

import { WEBHOOK_EVENTS, type WebhookEvent, type WebhookSettings } from '../webhooks/types.js'
import { isWebAddress } from '../webhooks/webhooks.js'

const isEvent = (name: string): name is WebhookEvent => (WEBHOOK_EVENTS as readonly string[]).includes(name)

/** @param names The events of all of them, with commas, or `all`. */
export function webhooksOf(
  urls: readonly string[] = [],
  names: string | undefined,
): readonly WebhookSettings[] {
  if (!urls.every(isWebAddress)) throw new TypeError('"webhook" must be an http or https address')
  const events = names === undefined ? undefined : eventsOf(names)
  if (events !== undefined && urls.length === 0) throw new TypeError('"webhookEvents" goes with --webhook')
  return urls.map(url => ({ url, events }))
}

function eventsOf(names: string): readonly WebhookEvent[] {
  if (names === 'all') return WEBHOOK_EVENTS
  const events = [...new Set(names.split(','))]
  if (events.every(isEvent)) return events
  throw new TypeError(`"webhookEvents" must be "all", or names with commas: ${WEBHOOK_EVENTS.join(', ')}`)
}
