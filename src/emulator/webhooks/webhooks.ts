/**
 * Sending events to webhooks: at once and only once where a call waits for it, otherwise in a queue with retries.
 *
 * A queue holds the events about one user for one webhook; logs, which are sent later, have queues of their own. Only
 * the first delivery of a queue is sent; the next one follows when that has arrived or has failed for good. Retries
 * follow the emulator's clock.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import { type StatefulClock, toIso, toSeconds } from '../lib/clock.js'
import { type Exchange, exchange, type Fetch } from '../lib/exchange.js'
import { problemOf } from '../lib/problem.js'
import type { Random } from '../lib/random.js'
import { listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import { SIGNATURE_HEADER, signatureOf } from './signature.js'
import {
  ASYNCHRONOUS_EVENTS,
  type AsynchronousEvent,
  LOG_EVENTS,
  type LogEvent,
  SYNCHRONOUS_EVENTS,
  type SynchronousEvent,
  WEBHOOK_EVENTS,
  type Webhook,
  type WebhookAttempt,
  type WebhookDelivery,
  type WebhookDeliveryFilter,
  type WebhookSettings,
  type Webhooks,
} from './types.js'

/** A delivery as it is kept; times are in milliseconds. */
interface Delivery {
  readonly id: string
  readonly webhookId: string
  readonly url: string
  readonly event: (typeof WEBHOOK_EVENTS)[number]
  readonly userId?: string | undefined
  readonly body: string
  readonly createdAt: number
  status: WebhookDelivery['status']
  retries: number
  nextAttemptAt?: number
  attempts: readonly WebhookAttempt[]
}

interface WebhooksState {
  readonly webhooks: readonly Webhook[]
  readonly webhookDeliveries: readonly Delivery[]
}

/** Webhooks, as the rules of the emulator use them. */
export interface WebhookQueue extends Webhooks, Records<WebhooksState> {
  /** Whether an event is sent to anywhere. */
  isWanted(event: (typeof WEBHOOK_EVENTS)[number]): boolean
  /** Puts an event into the queues of its webhooks. Without any, `dataOf` is not called. */
  emit(event: AsynchronousEvent | LogEvent, userId: string | undefined, dataOf: () => object): void
  /** Sends an event once to its webhooks; resolves with whether all of them have accepted it, also without any. */
  deliver(event: SynchronousEvent, userId: string | undefined, dataOf: () => object): Promise<boolean>
  /** Adds the webhooks of the options. */
  begin(): void
  /** Runs a function whose changes are not reported, such as adding the users of a seed. */
  withoutEvents(run: () => void): void
}

const CAPACITY = { webhooks: 100, deliveries: 1000 }

/** Upstream documents up to three retries, at least 30 seconds apart. */
const RETRY_DELAYS_MS = [30_000, 60_000, 120_000]

/** Not documented upstream. */
const TIMEOUT_MS = 5000

/** The clock can be moved back, so a long wait looks at it in between. */
const LONGEST_WAIT_MS = 60_000

const MAX_ATTEMPTS_KEPT = 20
const MAX_BODY_KEPT = 2000

const EVENT_NAMES = 'a list of event names, each once'

const Address = v.pipe(
  v.string('an http or https address'),
  v.maxLength(2048),
  v.check(isWebAddress, 'an http or https address'),
)
const EventNames = v.pipe(
  v.array(v.picklist(WEBHOOK_EVENTS, `one of ${WEBHOOK_EVENTS.join(', ')}`), EVENT_NAMES),
  v.minLength(1, EVENT_NAMES),
  v.check(events => new Set(events).size === events.length, EVENT_NAMES),
)

/** A webhook in requests and seeds. */
export const WebhookSchema = v.strictObject({
  url: v.pipe(Address, v.description('Where events are sent to: an http or https address.')),
  events: v.optional(
    v.pipe(
      EventNames,
      v.description('The events to send; changes of authenticators and actions by default.'),
    ),
  ),
})

/** A request to a webhook, in responses and snapshots. */
export const Attempt = v.strictObject({
  at: Text,
  signature: Text,
  response: maybe(v.strictObject({ status: v.number(), body: Text })),
  problem: maybe(v.picklist(['timeout', 'network'])),
})

const schema: Schemas<WebhooksState> = {
  webhooks: listOf(v.strictObject({ id: Text, url: Address, events: EventNames }), 'id'),
  webhookDeliveries: listOf(
    v.strictObject({
      id: Text,
      webhookId: Text,
      url: Address,
      event: v.picklist(WEBHOOK_EVENTS),
      userId: maybe(Text),
      body: v.pipe(v.string(), v.maxLength(64 * 1024)),
      createdAt: Time,
      status: v.picklist(['pending', 'delivered', 'failed']),
      retries: v.pipe(v.number(), v.integer(), v.minValue(0)),
      nextAttemptAt: maybe(Time),
      attempts: v.array(Attempt),
    }),
    'id',
  ),
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: StatefulClock
  readonly random: Random
  readonly fetch: Fetch
  /** Those of the options and the seed. */
  readonly initial: readonly WebhookSettings[]
  /** In real time. */
  readonly timeoutMs?: number | undefined
}

export function createWebhooks({
  config,
  clock,
  random,
  fetch,
  initial,
  timeoutMs = TIMEOUT_MS,
}: Parts): WebhookQueue {
  const webhooks = new BoundedMap<string, Webhook>(CAPACITY.webhooks)
  const deliveries = new BoundedMap<string, Delivery>(CAPACITY.deliveries)
  /** The requests in flight, by delivery. Not by ID: a delivery may have been replaced by one of a snapshot. */
  const inFlight = new Map<Delivery, Promise<void>>()
  let isPaused = false
  let timer: ReturnType<typeof setTimeout> | undefined
  clock.observe(sendDue)

  function add(settings: WebhookSettings): Webhook {
    const { url, events = ASYNCHRONOUS_EVENTS } = readWebhook(settings)
    if (webhooks.size === CAPACITY.webhooks) throw new TypeError('There are too many webhooks')
    const webhook = { id: random.id(), url, events }
    webhooks.set(webhook.id, webhook)
    return webhook
  }

  const receivers = (event: Delivery['event']) =>
    isPaused ? [] : [...webhooks.values()].filter(({ events }) => events.includes(event))

  /** One delivery for each webhook; all have the same event ID. */
  function create(event: Delivery['event'], userId: string | undefined, dataOf: () => object): Delivery[] {
    const found = receivers(event)
    if (found.length === 0) return []
    const now = clock.now()
    const envelope = {
      version: 1,
      type: event,
      id: random.id(),
      source: 'https://authsignal.com',
      time: toIso(now),
      tenantId: config.tenantId,
    }
    const body = JSON.stringify(
      isLog(event) ? { records: [{ ...envelope, record: dataOf() }] } : { ...envelope, data: dataOf() },
    )
    return found.map(({ id, url }) => {
      const delivery: Delivery = {
        id: random.id(),
        webhookId: id,
        url,
        event,
        ...(userId !== undefined && { userId }),
        body,
        createdAt: now,
        status: 'pending',
        retries: 0,
        ...(isLog(event) && { nextAttemptAt: now + lifetimeMs(config) }),
        attempts: [],
      }
      deliveries.set(delivery.id, delivery)
      return delivery
    })
  }

  /** Sends a request, unless one of this delivery is in flight. */
  function send(delivery: Delivery): Promise<void> {
    const known = inFlight.get(delivery)
    if (known !== undefined) return known
    const request = attempt(delivery).finally(() => {
      inFlight.delete(delivery)
      sendDue()
    })
    inFlight.set(delivery, request)
    return request
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const now = clock.now()
    const signature = await signatureOf(delivery.body, config.apiSecretKey, toSeconds(now))
    const headers = { 'Content-Type': 'application/json', [SIGNATURE_HEADER]: signature }
    const init = { method: 'POST', headers, body: delivery.body }
    const result = await exchange(fetch, delivery.url, init, timeoutMs)
    const made = { at: toIso(now), signature, ...outcomeOf(result) }
    delivery.attempts = [...delivery.attempts, made].slice(-MAX_ATTEMPTS_KEPT)
    settle(delivery, 'status' in result && result.status >= 200 && result.status < 300)
  }

  function settle(delivery: Delivery, hasArrived: boolean) {
    const delay = RETRY_DELAYS_MS[delivery.retries]
    delete delivery.nextAttemptAt
    if (hasArrived) delivery.status = 'delivered'
    else if (delivery.status !== 'pending' || isSynchronous(delivery) || delay === undefined)
      delivery.status = delivery.status === 'delivered' ? 'delivered' : 'failed'
    else {
      delivery.retries++
      delivery.nextAttemptAt = clock.now() + delay
    }
  }

  /** The first delivery of each queue. */
  function heads(): Delivery[] {
    const first = new Map<string, Delivery>()
    for (const each of deliveries.values()) {
      if (each.status !== 'pending' || isSynchronous(each)) continue
      const queue = JSON.stringify([each.webhookId, each.userId, isLog(each.event)])
      if (!first.has(queue)) first.set(queue, each)
    }
    return [...first.values()]
  }

  function sendDue() {
    const now = clock.now()
    const waiting = heads().filter(each => !inFlight.has(each))
    const dueAt = ({ nextAttemptAt = 0 }: Delivery) => nextAttemptAt
    for (const each of waiting) if (dueAt(each) <= now) void send(each)
    const nextAt = Math.min(...waiting.map(dueAt).filter(time => time > now))
    clearTimeout(timer)
    if (!Number.isFinite(nextAt)) return
    timer = setTimeout(sendDue, Math.min(nextAt - now, LONGEST_WAIT_MS))
    // In Node, it does not keep the process alive. In a page it is a number.
    if (typeof timer === 'object') timer.unref()
  }

  function find(id: string): Delivery {
    const delivery = deliveries.get(id)
    if (delivery === undefined) throw new TypeError('There is no such delivery')
    return delivery
  }

  return {
    add,
    list: () => [...webhooks.values()],
    remove(id) {
      for (const each of deliveries.values())
        if (each.webhookId === id && each.status === 'pending') {
          each.status = 'failed'
          delete each.nextAttemptAt
        }
      return webhooks.delete(id)
    },
    deliveries: filter =>
      [...deliveries.values()]
        .filter(each => matches(each, filter))
        .reverse()
        .map(view),
    async replay(id) {
      const delivery = find(id)
      if (!webhooks.has(delivery.webhookId)) throw new TypeError('The webhook was removed')
      if (inFlight.has(delivery)) throw new TypeError('The delivery is being sent')
      await send(delivery)
      return view(delivery)
    },
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight.values())
    },
    isWanted: event => receivers(event).length > 0,
    emit(event, userId, dataOf) {
      if (create(event, userId, dataOf).length > 0) sendDue()
    },
    async deliver(event, userId, dataOf) {
      const created = create(event, userId, dataOf)
      await Promise.all(created.map(send))
      return created.every(({ status }) => status === 'delivered')
    },
    begin() {
      for (const each of initial) add(each)
    },
    withoutEvents(run) {
      isPaused = true
      try {
        run()
      } finally {
        isPaused = false
      }
    },
    get size() {
      return webhooks.size + deliveries.size
    },
    clear() {
      webhooks.clear()
      deliveries.clear()
      inFlight.clear()
      clearTimeout(timer)
    },
    schema,
    save: () => ({ webhooks: [...webhooks.values()], webhookDeliveries: [...deliveries.values()] }),
    load(state) {
      inFlight.clear()
      webhooks.replace(state.webhooks.map(each => [each.id, each]))
      // No call waits for these any more.
      for (const each of state.webhookDeliveries)
        if (isSynchronous(each) && each.status === 'pending') each.status = 'failed'
      deliveries.replace(state.webhookDeliveries.map(each => [each.id, each]))
      sendDue()
    },
  }
}

const isSynchronous = ({ event }: Delivery) => (SYNCHRONOUS_EVENTS as readonly string[]).includes(event)

const isLog = (event: Delivery['event']) => (LOG_EVENTS as readonly string[]).includes(event)

const outcomeOf = (result: Exchange): Pick<WebhookAttempt, 'response' | 'problem'> =>
  'problem' in result
    ? result
    : { response: { status: result.status, body: result.body.slice(0, MAX_BODY_KEPT) } }

function view({ retries: _, createdAt, nextAttemptAt, userId, ...rest }: Delivery): WebhookDelivery {
  return {
    ...rest,
    ...(userId !== undefined && { userId }),
    createdAt: toIso(createdAt),
    ...(nextAttemptAt !== undefined && { nextAttemptAt: toIso(nextAttemptAt) }),
  }
}

const matches = (delivery: Delivery, { webhookId, event, status, userId }: WebhookDeliveryFilter = {}) =>
  (webhookId === undefined || delivery.webhookId === webhookId) &&
  (event === undefined || delivery.event === event) &&
  (status === undefined || delivery.status === status) &&
  (userId === undefined || delivery.userId === userId)

/** Checks the webhooks of the options; throws a `TypeError`. */
export function readWebhooks(settings: readonly WebhookSettings[] = []): readonly WebhookSettings[] {
  const result = v.safeParse(v.pipe(v.array(WebhookSchema), v.maxLength(CAPACITY.webhooks)), settings, {
    abortEarly: true,
  })
  if (result.success) return result.output
  throw new TypeError(`"webhooks" is not valid: ${problemOf(result.issues[0], 'The list')}`)
}

/** Checks the settings of a webhook; throws a `TypeError` that names the field. */
export function readWebhook(settings: unknown): WebhookSettings {
  const result = v.safeParse(WebhookSchema, settings, { abortEarly: true })
  if (result.success) return result.output
  throw new TypeError(problemOf(result.issues[0], 'The webhook'))
}

export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
