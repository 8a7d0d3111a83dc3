/**
 * A client with only the channels it is given: a bundle does not hold the others.
 *
 * @module
 */
import { type ChannelContext, contexts, createContext } from './context.js'
import { assert, type ClientOptions } from './options.js'

/**
 * What every client has, whatever its channels.
 *
 * @example
 * const nextStep = async (client: ClientCore) => client.setToken(await track())
 */
export interface ClientCore {
  /**
   * The ID of this browser, kept in a cookie. Hand it to your backend as the `deviceId` of a track call,
   * or let the backend read the cookie (`__as_aid`).
   *
   * It is read from the cookie each time, so that all tabs and clients have the same: read it when it is
   * needed. Without cookies, all clients of a page have one that lasts as long as the page.
   */
  readonly anonymousId: string
  /**
   * Makes every later call use this token.
   *
   * @param token What your backend's track call returned. It lives for 10 minutes by default.
   * @throws {TypeError} When `token` is not a string, or is empty.
   */
  setToken(token: string): void
}

/**
 * A channel, one way to verify the user: a plain function from the context to its methods.
 *
 * @example
 * const voice: Channel<{ challenge(): Promise<Result<ChallengeResponse>> }> = ({ request }) => ({
 *   challenge: () => request('/client/challenge/voice'),
 * })
 */
export type Channel<Api extends object = object> = (context: ChannelContext) => Api

/** A record of channels, by the names they get on the client. */
export type ChannelsFor<Apis extends object> = {
  readonly [Name in keyof Apis]: Name extends keyof ClientCore
    ? `"${Name}" is a method of the client`
    : (context: ChannelContext) => Apis[Name] & object
}

/**
 * A client, with the API of each of its channels under the channel's name.
 *
 * @example
 * const verify = (client: Client<{ sms: SmsChannel }>) => client.sms.verify({ code })
 */
export type Client<Apis extends object = {}> = ClientCore & Readonly<Apis>

/**
 * Makes a client that has the channels you name, and no others.
 *
 * @param options.channels The channels by name, such as `{ sms, whatsapp }`. `launch` is one of them.
 * @throws {TypeError} When an option is wrong; the message names it.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { whatsapp } })
 * client.setToken(token)
 * await client.whatsapp.challenge()
 */
export function createClient<Apis extends object = {}>(
  options: ClientOptions & { readonly channels?: ChannelsFor<Apis> | undefined },
): Client<Apis> {
  return clientOf(createContext(options).context, options.channels)
}

/**
 * Makes a client with other channels, which shares everything else with the first one: its token, its settings and
 * its requests in flight.
 *
 * @param client What `createClient()` has returned, or an `Authsignal`.
 * @param channels The channels of the new client, such as one of your own.
 * @throws {TypeError} When `client` is none of these, or a channel is wrong; the message names it.
 *
 * @example
 * const ping: Channel<{ send(): Promise<Result<object>> }> = ({ request }) => ({ send: () => request('/client/ping') })
 * const extended = extendClient(authsignal, { ping })
 * await extended.ping.send()
 */
export function extendClient<Apis extends object>(
  client: Pick<ClientCore, 'setToken'>,
  channels: ChannelsFor<Apis>,
): Client<Apis> {
  const context = contexts.get(client)
  assert(context, '"client" must be made by createClient() or new Authsignal()')
  return clientOf(context, channels)
}

function clientOf<Apis extends object>(context: ChannelContext, channels?: ChannelsFor<Apis>): Client<Apis> {
  const client: ClientCore & Record<string, unknown> = {
    get anonymousId() {
      return context.anonymousId
    },
    setToken: context.setToken,
  }
  for (const [name, channel] of Object.entries<unknown>(channels ?? {})) {
    assert(!(name in client), `"channels.${name}" is a method of the client already`)
    const isChannel = typeof channel === 'function' && !Array.isArray(channels)
    assert(isChannel, `"channels.${name}" must be a channel, as in { sms }`)
    client[name] = channel(context)
  }
  contexts.set(client, context)
  return client as unknown as Client<Apis>
}
