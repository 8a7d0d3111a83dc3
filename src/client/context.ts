/**
 * What a channel is given: who this client is, its token, and a way to send requests.
 *
 * @module
 */
import { defaultCookieDomain, openDevice } from './lib/device.js'
import { createRequest, type SendRequest } from './lib/request.js'
import { holdToken, isToken } from './lib/token.js'
import { assert, type ClientOptions, readOptions, type Settings } from './options.js'

/**
 * What a channel is given: who the client is, its token, and a way to send requests.
 *
 * @example
 * const voice: Channel<{ challenge(): Promise<Result<ChallengeResponse>> }> = ({ request, token }) => ({
 *   challenge: () => request('/client/challenge/voice', { as: token ? 'token' : 'tenant' }),
 * })
 */
export interface ChannelContext {
  /** Your tenant's ID. */
  readonly tenantId: string
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string
  /** The ID of this browser at the moment, see `ClientCore.anonymousId`. */
  readonly anonymousId: string
  /** In milliseconds: how long one call may take. */
  readonly timeout: number
  /** Whether failures are written to the console. */
  readonly enableLogging: boolean
  /** The token that requests are made with at the moment. */
  readonly token: string | undefined
  /** What is left of the token's lifetime, in milliseconds; `Infinity` without a token, or when only the server knows. */
  readonly tokenLifetime: number
  /** Makes every later request use this token. */
  setToken(token: string): void
  /**
   * Sends a request to the API. It always resolves with a value: a new token in it is already the client's, and
   * has the name `token`; a failure has an `errorCode`.
   *
   * @param path Below the base URL, beginning with a slash: `/client/challenge/whatsapp`.
   */
  readonly request: SendRequest
}

/** The context of each client, for clients that share it. */
export const contexts = new WeakMap<object, ChannelContext>()

/** The context that all channels of one client share, and the device cookie it was made with. */
export function createContext(options: ClientOptions): {
  context: ChannelContext
  settings: Settings
  cookieDomain: string
} {
  const settings = readOptions(options)
  const cookieDomain = settings.cookieDomain ?? defaultCookieDomain()
  const tokens = holdToken(settings.onTokenExpired)
  const anonymousId = openDevice({ name: settings.cookieName, domain: cookieDomain })
  const context: ChannelContext = {
    tenantId: settings.tenantId,
    baseUrl: settings.baseUrl,
    timeout: settings.timeout,
    enableLogging: settings.enableLogging,
    get anonymousId() {
      return anonymousId()
    },
    get token() {
      return tokens.current?.value
    },
    get tokenLifetime() {
      return tokens.current?.lifetime() ?? Infinity
    },
    setToken(token) {
      assert(isToken(token), '"token" must be a string without spaces')
      tokens.set(token)
    },
    request: createRequest(settings, tokens),
  }
  return { context, settings, cookieDomain }
}
