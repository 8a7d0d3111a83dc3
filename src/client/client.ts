/**
 * A client with only the channels it is given: a bundle does not hold the others.
 *
 * @module
 */
import { type ChannelContext, createContext } from './context.js'
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
  const { context } = createContext(options)
  const client: ClientCore & Record<string, unknown> = {
    get anonymousId() {
      return context.anonymousId
    },
    setToken: context.setToken,
  }
  for (const [name, channel] of Object.entries<unknown>(options.channels ?? {})) {
    assert(!(name in client), `"channels.${name}" is a method of the client already`)
    const isChannel = typeof channel === 'function' && !Array.isArray(options.channels)
    assert(isChannel, `"channels.${name}" must be a channel, as in { sms }`)
    client[name] = channel(context)
  }
  return client as unknown as Client<Apis>
}
