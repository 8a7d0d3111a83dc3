/**
 * The emulator as a library: `authsignal-channels/emulator`.
 *
 * Importing it is safe anywhere. Only `listen()` needs Node, whose modules are loaded when it is called.
 *
 * @module
 */

import type { Listening, ListenOptions, WebServer } from './node/listen.js'
import type { MessageProvider, MessageProviders } from './providers/types.js'

export { createEmulator, type Emulator } from './emulator.js'
export type { Clock } from './lib/clock.js'
export type { Fault, FaultName, FaultRule, Faults } from './lib/faults.js'
export type { HostedUiMethod, HostedUiSettings } from './lib/hosted-ui-settings.js'
export type {
  InboxObserver,
  Message,
  MessageChannel,
  MessageFilter,
  Messages,
  WaitOptions,
} from './lib/inbox.js'
export type {
  RecordedRequest,
  RequestAuthorization,
  RequestFilter,
  RequestObserver,
  Requests,
} from './lib/request-log.js'
export type { EmulatorConfig, EmulatorSettings, NotpTokenDelivery } from './options.js'
export type {
  DeliveryProblem,
  MessageProvider,
  MessageProviders,
  OutgoingMessage,
  ProviderResult,
} from './providers/types.js'
export type { Connect, Connection, ConnectionRequest, Socket } from './routes/qr-connection.js'
export type { Seed, SeedAuthenticator, SeedMessage, SeedNotpUser, SeedUser } from './seed.js'
export type { Snapshot } from './snapshot.js'
export type { EmulatorOptions, Tenant } from './tenant.js'
export type { TenantOptions, Tenants } from './tenants.js'
export type {
  AsynchronousEvent,
  LogEvent,
  SynchronousEvent,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryFilter,
  WebhookEvent,
  WebhookSettings,
  Webhooks,
} from './webhooks/types.js'
export type { Listening, ListenOptions, WebServer }

/**
 * Sets up a message provider, for the option `providers` of `createEmulator`.
 *
 * @param channel `sms`, `whatsapp` or `email`.
 * @param name The name of the provider, such as `twilio`. The guide "Message providers" lists them.
 * @param env The settings, such as `TWILIO_ACCOUNT_SID`: the environment of the process.
 * @throws {TypeError} When there is no such provider, or a setting is missing; the message names it.
 *
 * @example
 * const sms = await createMessageProvider('sms', 'twilio', process.env)
 * const emulator = createEmulator({ providers: { sms } })
 */
export async function createMessageProvider(
  channel: keyof MessageProviders,
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<MessageProvider> {
  const { createProvider } = await import('./providers/index.js')
  return createProvider(channel, name, env)
}

/**
 * Serves an emulator over HTTP, from Node, together with the hosted page that `launch()` opens.
 *
 * @param server The emulator, or any object with `fetch(request)`, such as an app that calls the emulator. With
 *   `connect: emulator.connect` in that object, WebSockets work too.
 * @param options.port The port; `0` picks a free one. Default `4010`.
 * @param options.host The address. Default: loopback, IPv4 and IPv6.
 * @param options.unsafeHost Lets `host` be an address that other machines can reach. Default `false`.
 * @returns The address, and `close()`, which also ends open connections.
 * @throws {TypeError} When an option is not valid; the message names it in quotes.
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken.
 *
 * @example
 * const { url, close } = await listen(createEmulator(), { port: 0 })
 */
export async function listen(server: WebServer, options?: ListenOptions): Promise<Listening> {
  const node = await import('./node/listen.js')
  return node.listen(server, options)
}
