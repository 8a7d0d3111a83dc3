/**
 * `/emulator/webhooks`: adding and removing webhooks, reading what was sent to them, and sending it again.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { NoFields } from '../../http/fields.js'
import { json } from '../../http/response.js'
import { IsoTime } from '../../http/shapes.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { WEBHOOK_EVENTS } from '../../webhooks/types.js'
import { Attempt, WebhookSchema } from '../../webhooks/webhooks.js'
import { controlOperation, Done } from './operation.js'

const EventName = v.picklist(WEBHOOK_EVENTS)
const Status = v.picklist(['pending', 'delivered', 'failed'])

const DeliveryQuery = v.object({
  webhookId: v.optional(v.string()),
  event: v.optional(EventName),
  status: v.optional(Status),
  userId: v.optional(v.string()),
})

const Webhook = v.strictObject({ id: v.string(), url: v.string(), events: v.array(EventName) })

const Delivery = v.strictObject({
  id: v.string(),
  webhookId: v.string(),
  url: v.string(),
  event: EventName,
  userId: v.optional(v.string()),
  body: v.string(),
  status: Status,
  attempts: v.array(Attempt),
  createdAt: IsoTime,
  nextAttemptAt: v.optional(IsoTime),
})

const LIST = controlOperation({
  id: 'listWebhooks',
  summary: 'The webhooks',
  response: v.strictObject({ webhooks: v.array(Webhook) }),
})
const ADD = controlOperation({
  id: 'addWebhook',
  summary: 'Adds a webhook',
  // The list of webhooks says what is wrong with one.
  body: v.looseObject({}),
  documentedBody: WebhookSchema,
  response: Webhook,
})
const REMOVE = controlOperation({
  id: 'removeWebhook',
  summary: 'Removes a webhook; what waits for it is not sent',
  response: Done,
  errors: [404],
})
const LIST_DELIVERIES = controlOperation({
  id: 'listWebhookDeliveries',
  summary: 'What was sent to webhooks, newest first',
  query: DeliveryQuery,
  response: v.strictObject({ deliveries: v.array(Delivery) }),
})
const REPLAY = controlOperation({
  id: 'replayWebhookDelivery',
  summary: 'Sends an event to its webhook again',
  body: NoFields,
  response: Delivery,
  errors: [404],
})

export function webhookRoutes({ webhooks }: Service): Hono {
  return new Hono()
    .get('/webhooks', LIST, () => json({ webhooks: webhooks.list() }))
    .post('/webhooks', ADD, c => json(attempt(() => webhooks.add(c.var.body as never))))
    .delete('/webhooks/:id', REMOVE, c => {
      if (!webhooks.remove(c.req.param('id'))) throw notFound('webhook')
      return json({ ok: true })
    })
    .get('/webhooks/deliveries', LIST_DELIVERIES, c => json({ deliveries: webhooks.deliveries(c.var.query) }))
    .post('/webhooks/deliveries/:id/replay', REPLAY, async c => {
      const { id } = c.req.param()
      if (webhooks.deliveries().every(each => each.id !== id)) throw notFound('delivery')
      return json(await webhooks.replay(id).catch(refuse))
    })
}

function attempt<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    return refuse(error)
  }
}

/** What the library throws for a mistake of the caller. */
function refuse(error: unknown): never {
  throw error instanceof TypeError ? invalidRequest(sentence(error.message)) : error
}

const sentence = (text: string) => `${text.replace(/^[a-z]\S*/, '"$&"')}.`
