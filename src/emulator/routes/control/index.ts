/**
 * `/emulator/*`: the inbox and the levers, for the developer at this machine and nobody else.
 */

import { Hono, type MiddlewareHandler } from 'hono'
import { ClockChange, MessageQuery, Nothing, OutcomeChange } from '../../http/fields.js'
import { hostOf, isLoopbackHost } from '../../http/loopback.js'
import { readBody, readQuery } from '../../http/request.js'
import { toIso } from '../../lib/clock.js'
import { forbidden, invalidRequest, json } from '../../lib/errors.js'
import { arrival, matches } from '../../lib/inbox.js'
import type { Service } from '../../service.js'
import { version } from '../../version.js'
import { messageStream } from './message-stream.js'
import { phoneRoutes } from './phone.js'
import { whatsappRoutes } from './whatsapp.js'

export function controlRoutes(service: Service): Hono {
  const { clock, config, inbox, store } = service
  return new Hono()
    .use(localCallersOnly)
    .route('/', phoneRoutes(service))
    .route('/notp', whatsappRoutes(service))
    .get('/health', () => {
      const { tenantId, projectId } = config
      return json({ ok: true, tenantId, projectId, version })
    })
    .get('/messages', async c => {
      const { wait, ...filter } = readQuery(c.req.raw, MessageQuery)
      const messages = inbox.messages.list(filter)
      if (messages.length > 0 || wait === 0) return json({ messages })
      const message = await arrival(inbox.messages, each => matches(each, filter), wait, c.req.raw.signal)
      return json({ messages: message === undefined ? [] : [message] })
    })
    .get('/messages/stream', c => {
      const { wait: _, ...filter } = readQuery(c.req.raw, MessageQuery)
      return messageStream(inbox.messages, filter, c.req.header('Last-Event-ID'))
    })
    .post('/clock', async c => {
      const change = await readBody(c.req.raw, ClockChange)
      if ('reset' in change) clock.reset()
      else
        try {
          clock.advance(change.advance)
        } catch {
          throw invalidRequest('"advance" is not valid.')
        }
      return json({ now: toIso(clock.now()) })
    })
    .post('/outcomes', async c => {
      const { action, outcome } = await readBody(c.req.raw, OutcomeChange)
      store.outcomes.set(action, outcome)
      return json({ action, outcome })
    })
    .post('/reset', async c => {
      await readBody(c.req.raw, Nothing)
      service.reset()
      return json({ ok: true })
    })
}

/** Keeps out other machines, other sites, and names that were made to point here (DNS rebinding). */
const localCallersOnly: MiddlewareHandler = async (c, next) => {
  const host = hostOf(c.req.raw)
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site') ?? 'none'
  const isSameOrigin = () =>
    origin === undefined || origin === new URL(`${new URL(c.req.url).protocol}//${host}`).origin
  if (!isLoopbackHost(host) || !isSameOrigin() || !['same-origin', 'none'].includes(site))
    throw forbidden('The control routes answer only this machine, and only pages of their own origin.')
  await next()
}
