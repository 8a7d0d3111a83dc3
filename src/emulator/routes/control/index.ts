/**
 * `/emulator/*`: the control routes, for tests and tools on this machine.
 */

import { Hono, type MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { OUTCOMES } from '../../authsignal/actions.js'
import { eventStream, type Source } from '../../http/event-stream.js'
import { ActionCode, wholeNumber } from '../../http/fields.js'
import { hostOf, isLoopbackHost, isTrusted } from '../../http/loopback.js'
import { readBody, readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { type StatefulClock, toIso } from '../../lib/clock.js'
import { forbidden, invalidRequest } from '../../lib/errors.js'
import { arrival, type Message, matches } from '../../lib/inbox.js'
import { version } from '../../options.js'
import type { Service } from '../../service.js'
import { faultRoutes } from './faults.js'
import { phoneRoutes } from './phone.js'
import { recordRoutes } from './records.js'
import { requestRoutes } from './requests.js'
import { snapshotRoutes } from './snapshot.js'
import { type TenantRegistry, tenantRoutes } from './tenants.js'
import { webhookRoutes } from './webhooks.js'
import { whatsappRoutes } from './whatsapp.js'

const MessageQuery = v.object({
  to: v.optional(v.string()),
  channel: v.optional(v.picklist(['SMS', 'WHATSAPP', 'EMAIL'])),
  challengeId: v.optional(v.string()),
  wait: v.optional(v.pipe(wholeNumber, v.maxValue(60_000)), '0'),
})
const ClockChange = v.union([
  v.strictObject({ advance: v.number() }),
  v.strictObject({ reset: v.literal(true) }),
])
const Reset = v.object({ keepWebhooks: v.optional(v.boolean()) })
const OutcomeChange = v.object({ action: ActionCode, outcome: v.picklist(OUTCOMES) })

/** @param tenants The tenants to manage, if there are any to manage. */
export function controlRoutes(service: Service, tenants?: TenantRegistry): Hono {
  const { actions, challenges, clock, config, delivery, inbox } = service

  /** Adds the state of each message's code or link, and of its delivery. The messages are in order, newest first. */
  function withStates(messages: readonly Message[]) {
    const seen = new Set<string>()
    return messages.map(message => {
      const { challengeId } = message
      // A code that was sent again has the challenge of the code before.
      const isReplaced = seen.has(challengeId)
      seen.add(challengeId)
      return {
        ...message,
        state: isReplaced ? 'replaced' : challenges.codeState(challenges.find(challengeId)),
        delivery: delivery.find(message.id),
      }
    })
  }

  return new Hono()
    .use(localCallersOnly)
    .route('/', faultRoutes(service))
    .route('/', phoneRoutes(service))
    .route('/', whatsappRoutes(service))
    .route('/', snapshotRoutes(service))
    .route('/', requestRoutes(service))
    .route('/', recordRoutes(service))
    .route('/', tenants === undefined ? new Hono() : tenantRoutes(tenants))
    .route('/', webhookRoutes(service))
    .get('/health', () => {
      const { tenantId, projectId } = config
      return json({ ok: true, tenantId, projectId, version })
    })
    .get('/messages', async c => {
      const { wait, ...filter } = readQuery(c.req.raw, MessageQuery)
      const messages = inbox.messages.list(filter)
      if (messages.length > 0 || wait === 0) return json({ messages: withStates(messages) })
      const message = await arrival(inbox.messages, each => matches(each, filter), wait, c.req.raw.signal)
      return json({ messages: withStates(message === undefined ? [] : [message]) })
    })
    .get('/messages/stream', c => {
      const { wait: _, ...filter } = readQuery(c.req.raw, MessageQuery)
      const source: Source<Message> = {
        list: () => inbox.messages.list(filter),
        observe: ({ added, cleared }) =>
          inbox.messages.observe({ message: each => matches(each, filter) && added(each), cleared }),
      }
      return eventStream(source, c.req.header('Last-Event-ID'))
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
      return json(clockView(clock))
    })
    .get('/clock', () => json(clockView(clock)))
    .get('/outcomes', () => json({ outcomes: actions.save().outcomes }))
    .post('/outcomes', async c => {
      const { action, outcome } = await readBody(c.req.raw, OutcomeChange)
      actions.setOutcome(action, outcome)
      return json({ action, outcome })
    })
    .post('/reset', async c => {
      service.reset(await readBody(c.req.raw, Reset))
      return json({ ok: true })
    })
}

const clockView = (clock: StatefulClock) => ({
  now: toIso(clock.now()),
  /** By how much it is ahead of real time. */
  aheadMs: clock.save().clock.offsetMs,
})

/**
 * Allows only requests to a loopback host name, from no page or from one of the same origin. A page of another
 * site could get in through a host name of its own that resolves to 127.0.0.1 (DNS rebinding).
 */
const localCallersOnly: MiddlewareHandler = async (c, next) => {
  const host = hostOf(c.req.raw)
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site') ?? 'none'
  const isSameOrigin = () =>
    origin === undefined || origin === new URL(`${new URL(c.req.url).protocol}//${host}`).origin
  if (
    !(isLoopbackHost(host) || isTrusted(c.req.raw)) ||
    !isSameOrigin() ||
    !['same-origin', 'none'].includes(site)
  )
    throw forbidden('The control routes serve only this machine, and only pages of their own origin.')
  await next()
}
