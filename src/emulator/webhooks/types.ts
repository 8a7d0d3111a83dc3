/**
 * Webhooks: which events there are, and what a delivery of one is.
 */

/**
 * Events that replace the delivery of a message, or decide whether a verification counts. The call that causes one
 * waits for it, and fails with it.
 */
export const SYNCHRONOUS_EVENTS = [
  'sms.created',
  'whatsapp.created',
  'email.created',
  'push.created',
  'action.verify',
] as const

/** Events that are reported after the fact, and again when that fails. */
export const ASYNCHRONOUS_EVENTS = [
  'authenticator.created',
  'authenticator.updated',
  'authenticator.deleted',
  'action.created',
  'action.updated',
] as const

/** Events that are reported when the token of their action has expired, in batches. */
export const LOG_EVENTS = ['action.log_created', 'challenge.log_created'] as const

export const WEBHOOK_EVENTS = [...SYNCHRONOUS_EVENTS, ...ASYNCHRONOUS_EVENTS, ...LOG_EVENTS] as const

export type SynchronousEvent = (typeof SYNCHRONOUS_EVENTS)[number]
export type AsynchronousEvent = (typeof ASYNCHRONOUS_EVENTS)[number]
export type LogEvent = (typeof LOG_EVENTS)[number]

/** The name of an event that the emulator sends. */
export type WebhookEvent = SynchronousEvent | AsynchronousEvent | LogEvent

/** A URL that events are sent to. */
export interface WebhookSettings {
  /** An http or https address. */
  readonly url: string
  /**
   * The events to send. Default: changes of authenticators and actions, such as `authenticator.created`. The others are
   * sent only where they are named: `sms.created` and other events that a call waits for, because the call fails when
   * the webhook does, and the logs, because they have another form.
   */
  readonly events?: readonly WebhookEvent[] | undefined
}

/** A webhook that was added. */
export interface Webhook {
  readonly id: string
  readonly url: string
  readonly events: readonly WebhookEvent[]
}

/** One request of a delivery. */
export interface WebhookAttempt {
  /** ISO 8601, by the emulator's clock. */
  readonly at: string
  /** The header `X-Signature-V2`. */
  readonly signature: string
  /** What the webhook returned; the body is cut after 2,000 characters. */
  readonly response?: { readonly status: number; readonly body: string }
  /** Why there is no response. */
  readonly problem?: 'timeout' | 'network'
}

/** An event on its way to one webhook. */
export interface WebhookDelivery {
  readonly id: string
  readonly webhookId: string
  readonly url: string
  readonly event: WebhookEvent
  /** The user whom the event is about, if it is known. Deliveries to one webhook keep the order per user. */
  readonly userId?: string
  /** The JSON that is sent. */
  readonly body: string
  /** `pending` until it arrives or was tried for the last time. */
  readonly status: 'pending' | 'delivered' | 'failed'
  /** Oldest first; the last 20. */
  readonly attempts: readonly WebhookAttempt[]
  /** ISO 8601, by the emulator's clock. */
  readonly createdAt: string
  /** When it is tried next; ISO 8601, by the emulator's clock. */
  readonly nextAttemptAt?: string
}

/** Selects deliveries. An omitted field matches any value. */
export interface WebhookDeliveryFilter {
  readonly webhookId?: string | undefined
  readonly event?: WebhookEvent | undefined
  readonly status?: WebhookDelivery['status'] | undefined
  readonly userId?: string | undefined
}

/** The webhooks of an emulator. */
export interface Webhooks {
  /**
   * Adds a webhook. Events that happen from now on are sent to it, signed with the secret key.
   *
   * @throws {TypeError} When the URL or an event is not valid, or there are 100 webhooks already.
   *
   * @example
   * emulator.webhooks.add({ url: 'http://localhost:3000/webhooks', events: ['authenticator.created'] })
   */
  add(settings: WebhookSettings): Webhook
  /** The webhooks, oldest first. */
  list(): Webhook[]
  /** Removes a webhook; its pending deliveries fail. `false` when there is none with this ID. */
  remove(id: string): boolean
  /** The deliveries that match, newest first. The last 1,000 are kept. */
  deliveries(filter?: WebhookDeliveryFilter): WebhookDelivery[]
  /**
   * Sends a delivery once more, now, with the same event ID and a new signature.
   *
   * @returns The delivery, after the webhook has responded.
   * @throws {TypeError} When there is none with this ID, its webhook was removed, or a request of it is in flight.
   */
  replay(deliveryId: string): Promise<WebhookDelivery>
  /** Resolves when no request is in flight. Those that wait for another attempt do not count. */
  settled(): Promise<void>
}
