/**
 * Messages that leave the emulator: to the webhooks that deliver messages, and to a message provider.
 *
 * Each message is in the inbox first, and stays there when its delivery fails. It is sent once: a second attempt could
 * send a second message.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import { deliveryFailed } from '../lib/errors.js'
import type { Inbox, Message, MessageChannel } from '../lib/inbox.js'
import { listOf, maybe, type Schemas, Text } from '../lib/state.js'
import type { EmulatorConfig } from '../options.js'
import type { MessageProvider, MessageProviders, ProviderResult } from '../providers/types.js'
import type { WebhookQueue } from '../webhooks/webhooks.js'
import type { Approval } from './approvals.js'
import type { Challenge } from './challenges.js'
import type { Events } from './events.js'
import { PHONE_NUMBER } from './methods.js'
import { behaviourOf } from './reserved.js'
import type { Users } from './users.js'

const PROBLEMS = [
  'bad_number',
  'bad_address',
  'unauthorized',
  'rate_limited',
  'insufficient_credit',
  'bad_sender',
  'blocked',
  'bad_template',
  'bad_request',
  'temporary',
  'unknown',
] as const

/** The delivery of a message by a provider or a webhook. */
export interface MessageDelivery {
  /** The name of the provider, or `webhook`. */
  readonly provider: string
  readonly state: 'sending' | 'sent' | 'failed'
  readonly providerMessageId?: string | undefined
  readonly problem?: (typeof PROBLEMS)[number] | undefined
  readonly providerCode?: string | undefined
  readonly httpStatus?: number | undefined
}

interface DeliveriesState {
  readonly messageDeliveries: readonly (MessageDelivery & { readonly messageId: string })[]
}

export interface Delivery extends Records<DeliveriesState> {
  /** Sends the latest message of a challenge; throws `delivery_failed`. */
  send(challenge: Challenge): Promise<void>
  /** Reports a push challenge to the webhooks that deliver it; throws `delivery_failed`. */
  push(approval: Approval): Promise<void>
  /** The delivery of a message; `undefined` when it is in the inbox only. */
  find(messageId: string): MessageDelivery | undefined
}

/** One for each message that the inbox can hold. */
const CAPACITY = 1000

/** A delivery in responses and snapshots. */
export const DeliveryRecord = v.strictObject({
  provider: Text,
  state: v.picklist(['sending', 'sent', 'failed']),
  providerMessageId: maybe(Text),
  problem: maybe(v.picklist(PROBLEMS)),
  providerCode: maybe(Text),
  httpStatus: maybe(v.number()),
})

const schema: Schemas<DeliveriesState> = {
  messageDeliveries: listOf(v.strictObject({ messageId: Text, ...DeliveryRecord.entries }), 'messageId'),
}

const ROUTES = {
  SMS: { event: 'sms.created', provider: 'sms' },
  WHATSAPP: { event: 'whatsapp.created', provider: 'whatsapp' },
  EMAIL: { event: 'email.created', provider: 'email' },
} as const satisfies Record<MessageChannel, { event: string; provider: keyof MessageProviders }>

interface Parts {
  readonly config: EmulatorConfig
  readonly inbox: Inbox
  readonly users: Users
  readonly webhooks: WebhookQueue
  readonly events: Events
  readonly providers: MessageProviders
}

export function createDelivery({ config, inbox, users, webhooks, events, providers }: Parts): Delivery {
  const deliveries = new BoundedMap<string, MessageDelivery>(CAPACITY)

  async function run(
    { id }: Message,
    provider: string,
    send: () => Promise<ProviderResult>,
  ): Promise<ProviderResult> {
    const sending: MessageDelivery = { provider, state: 'sending' }
    deliveries.set(id, sending)
    const result = await send()
    // Neither after a reset, nor over the delivery of a snapshot.
    if (deliveries.get(id) === sending) deliveries.set(id, { provider, ...stateOf(result) })
    return result
  }

  async function byWebhook(challenge: Challenge, message: Message): Promise<ProviderResult> {
    const { event } = ROUTES[message.channel]
    const { userId, idempotencyKey, actionCode, method, userAgent, ipAddress } = challenge
    const { to, code, url } = message
    const locale = userId === undefined ? undefined : users.find(userId)?.locale
    const kind = message.channel === 'SMS' ? {} : { verificationMethod: kindOf(message, method) }
    const browser = message.channel === 'EMAIL' ? { userAgent, ipAddress } : {}
    const content = { to, code, url, userId, idempotencyKey, actionCode, locale, ...kind, ...browser }
    const isAccepted = await webhooks.deliver(event, userId, () => content)
    return isAccepted ? { ok: true } : { ok: false, problem: 'temporary' }
  }

  async function leave(challenge: Challenge): Promise<ProviderResult> {
    const message = inbox.messages.latest({ challengeId: challenge.challengeId })
    // Reserved numbers and addresses belong to no one.
    const isReserved = config.reserved && behaviourOf(challenge.contact) !== undefined
    if (message === undefined || isReserved) return { ok: true }
    const { event, provider: channel } = ROUTES[message.channel]
    if (webhooks.isWanted(event)) {
      const result = await run(message, 'webhook', () => byWebhook(challenge, message))
      if (!result.ok) return result
    }
    const provider = providers[channel]
    if (provider === undefined) return { ok: true }
    return run(message, provider.name, () => sendBy(provider, message))
  }

  return {
    async send(challenge) {
      const result = await leave(challenge)
      if (result.ok) return events.challenge('SENT', challenge)
      events.challenge('SEND_DOWNSTREAM_FAILED', challenge, result.httpStatus)
      throw deliveryFailed(result.retryAfter)
    },
    async push({ challengeId, userId, idempotencyKey, actionCode, userAgent }) {
      const content = { challengeId, userId, idempotencyKey, actionCode, userAgent }
      if (!(await webhooks.deliver('push.created', userId, () => content))) throw deliveryFailed()
    },
    find: messageId => deliveries.get(messageId),
    get size() {
      return deliveries.size
    },
    clear: () => deliveries.clear(),
    schema,
    save: () => ({
      messageDeliveries: Array.from(deliveries, ([messageId, each]) => ({ messageId, ...each })),
    }),
    load: state =>
      deliveries.replace(state.messageDeliveries.map(({ messageId, ...each }) => [messageId, each])),
  }
}

/** A code of the method SMS can go to WhatsApp. */
const kindOf = ({ channel }: Message, method: Challenge['method']) =>
  channel === 'WHATSAPP' ? 'WHATSAPP' : method

async function sendBy(provider: MessageProvider, message: Message): Promise<ProviderResult> {
  const { id, channel, to, body, code, url } = message
  if (channel !== 'EMAIL' && !PHONE_NUMBER.test(to)) return { ok: false, problem: 'bad_number' }
  try {
    return await provider.send({ id, channel, to, body, code, url })
  } catch {
    return { ok: false, problem: 'unknown' }
  }
}

function stateOf(result: ProviderResult) {
  if (!result.ok) {
    const { problem, providerCode, httpStatus } = result
    return { state: 'failed', problem, providerCode, httpStatus } as const
  }
  return { state: 'sent', providerMessageId: result.providerMessageId } as const
}
