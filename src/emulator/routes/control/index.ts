/**
 * `/emulator/*`: the control routes, for tests and tools on this machine.
 */

import { Hono, type MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { OUTCOMES } from '../../authsignal/actions.js'
import { DeliveryRecord } from '../../authsignal/delivery.js'
import { eventStream, type Source } from '../../http/event-stream.js'
import { ActionCode, wholeNumber } from '../../http/fields.js'
import { hostOf, isLoopbackHost, isTrusted } from '../../http/loopback.js'
import { readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { IsoTime } from '../../http/shapes.js'
import { type StatefulClock, toIso } from '../../lib/clock.js'
import { forbidden, invalidRequest } from '../../lib/errors.js'
import { arrival, type Message, MessageState, matches } from '../../lib/inbox.js'
import { version } from '../../options.js'
import type { Service } from '../../service.js'
import { faultRoutes } from './faults.js'
import { controlOperation, Done } from './operation.js'
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

const ClockView = v.strictObject({ now: IsoTime, aheadMs: v.number() })
const Outcome = v.strictObject({ action: v.string(), outcome: v.picklist(OUTCOMES) })

const InboxMessage = v.strictObject({
  ...MessageState.entries,
  state: v.picklist(['valid', 'used', 'replaced', 'expired']),
  delivery: v.optional(DeliveryRecord),
})

const HEALTH = controlOperation({
  id: 'getHealth',
  summary: 'Whether the emulator runs, and which one it is',
  response: v.strictObject({
    ok: v.literal(true),
    tenantId: v.string(),
    projectId: v.string(),
    version: v.string(),
  }),
})
const LIST_MESSAGES = controlOperation({
  id: 'listMessages',
  summary: 'The messages that were sent, newest first; waits for one if asked to',
  query: MessageQuery,
  response: v.strictObject({ messages: v.array(InboxMessage) }),
})
const READ_CLOCK = controlOperation({
  id: 'getClock',
  summary: 'The clock of the emulator',
  response: ClockView,
})
const SET_CLOCK = controlOperation({
  id: 'setClock',
  summary: 'Moves the clock, or returns it to real time',
  body: ClockChange,
  response: ClockView,
})
const LIST_OUTCOMES = controlOperation({
  id: 'listOutcomes',
  summary: 'What track decides, for the actions that have an outcome of their own',
  response: v.strictObject({ outcomes: v.array(Outcome) }),
})
const SET_OUTCOME = controlOperation({
  id: 'setOutcome',
  summary: 'Sets what track decides for an action',
  body: OutcomeChange,
  response: Outcome,
})
const RESET = controlOperation({
  id: 'reset',
  summary: 'Deletes everything, and begins again with the seed',
  body: Reset,
  response: Done,
})

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
    .get('/health', HEALTH, () => {
      const { tenantId, projectId } = config
      return json({ ok: true, tenantId, projectId, version })
    })
    .get('/messages', LIST_MESSAGES, async c => {
      const { wait, ...filter } = c.var.query
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
    .post('/clock', SET_CLOCK, c => {
      const change = c.var.body
      if ('reset' in change) clock.reset()
      else
        try {
          clock.advance(change.advance)
        } catch {
          throw invalidRequest('"advance" is not valid.')
        }
      return json(clockView(clock))
    })
    .get('/clock', READ_CLOCK, () => json(clockView(clock)))
    .get('/outcomes', LIST_OUTCOMES, () => json({ outcomes: actions.save().outcomes }))
    .post('/outcomes', SET_OUTCOME, c => {
      const { action, outcome } = c.var.body
      actions.setOutcome(action, outcome)
      return json({ action, outcome })
    })
    .post('/reset', RESET, c => {
      service.reset(c.var.body)
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
