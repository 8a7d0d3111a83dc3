/**
 * What a channel is given: who this client is, its token, and a way to ask the API.
 *
 * @module
 */
import { defaultCookieDomain, openDevice } from './lib/device.js'
import { type Ask, type PollOptions, poll } from './lib/poll.js'
import { createRequest, type SendRequest } from './lib/request.js'
import { holdToken, isToken } from './lib/token.js'
import { assert, type ClientOptions, readOptions, type Settings } from './options.js'
import type { Result } from './response.js'

export interface ChannelContext {
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
  /** Makes every later request use this token. */
  setToken(token: string): void
  /**
   * Asks the API. The answer is always a value: a new token in it is already the client's, and arrives
   * as `token`; whatever goes wrong has an `errorCode`.
   *
   * @param path Below the base URL, beginning with a slash: `/client/challenge/whatsapp`.
   */
  readonly request: SendRequest
  /**
   * Polls until the response is the one that was waited for: one request at a time, and none while the page
   * is hidden. Failures that may pass are ridden out for two minutes, with a back-off of up to 15 s.
   *
   * @param ask Sends one poll, as a rule a `request` that is given the signal.
   * @param options.interval Delay between a response and the next poll, in milliseconds.
   * @param options.timeout In milliseconds. Default: what is left of the token's lifetime, else 10 minutes.
   * @param options.isDone Whether this response is the one that was waited for.
   * @param options.isPending Whether this failure only says "not yet". Default: none does.
   * @returns The response that was waited for. Otherwise `errorCode` is `timeout`, `aborted`, or that of the
   *   failure which ended the wait.
   * @throws {TypeError} When `interval` or `timeout` is not a positive, finite number.
   */
  poll<T extends object>(
    ask: Ask<T>,
    options: Omit<PollOptions<T>, 'timeout'> & { readonly timeout?: number | undefined },
  ): Promise<Result<T>>
}

/** As long as a token lives by default, in milliseconds. */
const TEN_MINUTES = 600_000

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
    setToken(token) {
      assert(isToken(token), '"token" must be the token of a track call, a string without spaces')
      tokens.set(token)
    },
    request: createRequest(settings, tokens),
    async poll(ask, options) {
      const lifetime = tokens.current?.lifetime() ?? TEN_MINUTES
      const timeout = options.timeout ?? (Number.isFinite(lifetime) ? Math.max(lifetime, 1) : TEN_MINUTES)
      return poll(ask, { ...options, timeout })
    },
  }
  return { context, settings, cookieDomain }
}
