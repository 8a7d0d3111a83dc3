/**
 * `/emulator/webhooks`: adding and removing webhooks, reading what was sent to them, and sending it again.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { NoFields } from '../../http/fields.js'
import { readBody, readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { WEBHOOK_EVENTS } from '../../webhooks/types.js'

const DeliveryQuery = v.object({
  webhookId: v.optional(v.string()),
  event: v.optional(v.picklist(WEBHOOK_EVENTS)),
  status: v.optional(v.picklist(['pending', 'delivered', 'failed'])),
  userId: v.optional(v.string()),
})

export function webhookRoutes({ webhooks }: Service): Hono {
  return new Hono()
    .get('/webhooks', () => json({ webhooks: webhooks.list() }))
    .post('/webhooks', async c => {
      const settings = await readBody(c.req.raw, v.looseObject({}))
      return json(attempt(() => webhooks.add(settings as never)))
    })
    .delete('/webhooks/:id', c => {
      if (!webhooks.remove(c.req.param('id'))) throw notFound('webhook')
      return json({ ok: true })
    })
    .get('/webhooks/deliveries', c =>
      json({ deliveries: webhooks.deliveries(readQuery(c.req.raw, DeliveryQuery)) }),
    )
    .post('/webhooks/deliveries/:id/replay', async c => {
      await readBody(c.req.raw, NoFields)
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
