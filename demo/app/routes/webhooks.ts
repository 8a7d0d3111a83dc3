/**
 * Webhooks: the route that the service calls, and the list of what it has reported.
 *
 * @module
 */
import type { Webhook } from '@authsignal/node'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Env, respond } from '../context.js'
import { eventsOf, keepEvent } from '../events.js'
import { currentUser } from '../session.js'

const MAX_BYTES = 64 * 1024

/** Called by the service, which proves itself by its signature. */
export function webhookReceiver(webhook: Webhook): Hono {
  return new Hono().post('/', bodyLimit({ maxSize: MAX_BYTES }), async c => {
    const body = await c.req.text()
    try {
      const event = webhook.constructEvent(body, c.req.header('X-Signature-V2') ?? '')
      return c.text(keepEvent(event) ? 'Thank you.' : 'Known already.')
    } catch {
      return c.text('The signature is not valid.', 400)
    }
  })
}

export const webhooks = new Hono<Env>().get('/', c => respond(c, { events: eventsOf(currentUser(c)) }))
