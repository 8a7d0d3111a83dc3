/**
 * What a message provider is: it takes a message out of the emulator, to a real phone or mailbox.
 */

import type { MessageChannel } from '../lib/inbox.js'

/** A message on its way to a provider. */
export interface OutgoingMessage {
  readonly id: string
  readonly channel: MessageChannel
  /** The phone number in E.164 form, or the e-mail address. */
  readonly to: string
  /** The text. That of an e-mail begins with its subject: `Subject: …`, and an empty line. */
  readonly body: string
  /** The one-time code, when the message carries one. */
  readonly code?: string | undefined
  /** The link, when the message carries one. */
  readonly url?: string | undefined
}

/** Why a provider has not taken a message; `unknown` when its response has no documented meaning. */
export type DeliveryProblem =
  | 'bad_number'
  | 'bad_address'
  | 'unauthorized'
  | 'rate_limited'
  | 'insufficient_credit'
  | 'bad_sender'
  | 'blocked'
  | 'bad_template'
  | 'bad_request'
  | 'temporary'
  | 'unknown'

/** What a provider says of a message. Taken is not yet delivered: providers respond before the phone has it. */
export type ProviderResult =
  | { readonly ok: true; readonly providerMessageId?: string | undefined }
  | {
      readonly ok: false
      readonly problem: DeliveryProblem
      /** The provider's own code. */
      readonly providerCode?: string | undefined
      readonly httpStatus?: number | undefined
      /** When it can be tried again, in seconds. */
      readonly retryAfter?: number | undefined
    }

/**
 * Sends messages of one channel.
 *
 * @example
 * const provider: MessageProvider = {
 *   name: 'console',
 *   async send({ to, body }) {
 *     console.log(to, body)
 *     return { ok: true }
 *   },
 * }
 */
export interface MessageProvider {
  /** What the inbox calls it. */
  readonly name: string
  /** Sends a message once. A rejection counts as the problem `unknown`. */
  send(message: OutgoingMessage): Promise<ProviderResult>
}

/** The providers of an emulator, by channel. A channel without one has the inbox only. */
export interface MessageProviders {
  readonly sms?: MessageProvider | undefined
  readonly whatsapp?: MessageProvider | undefined
  readonly email?: MessageProvider | undefined
}
