/**
 * One call to the API, which always resolves with a value.
 *
 * What every call has in common is here, so that no channel needs to repeat it: the bearer, the retry with
 * a new token, and using the new token of a response. Sharing equal requests and the timeout are
 * `in-flight.ts`, reading the response is `read-response.ts`.
 *
 * @module
 */
import ky from 'ky'
import { assertJson, type Settings } from '../options.js'
import { aborted, type ErrorCode, fail, type Result, succeed, TRY_AGAIN } from '../response.js'
import { shareRequests } from './in-flight.js'
import { readResponse } from './read-response.js'
import { type HeldToken, isToken, type TokenHolder } from './token.js'

/**
 * Options that every call takes.
 *
 * @example
 * const controller = new AbortController()
 * void client.sms.challenge({ signal: controller.signal })
 * controller.abort() // the call resolves with `errorCode: "aborted"`
 */
export type CallOptions = {
  /** Ends the wait: the call then resolves with `errorCode: "aborted"`. */
  signal?: AbortSignal | undefined
}

/**
 * What a request sends, who it is from, and what it expects.
 *
 * @example
 * const voices: Channel<{ list(): Promise<Result<string[]>> }> = ({ request }) => ({
 *   list: () => request('/client/voices', { method: 'GET', as: 'tenant' }),
 * })
 */
export interface RequestOptions {
  /** Default `"POST"`: nearly every call of this API is one. */
  readonly method?: 'GET' | 'POST' | 'DELETE' | undefined
  /** Sent as JSON; a field that JSON cannot hold is a `TypeError` that names it. */
  readonly body?: object | undefined
  /**
   * Who is calling: the user of the `"token"`, or an unknown user of the `"tenant"`.
   * Default `"token"`, which resolves with `token_not_set` when there is none.
   */
  readonly as?: 'token' | 'tenant' | undefined
  /**
   * Another API in place of the client's own. It gets neither the client's token nor its tenant,
   * and none of its responses changes the token.
   */
  readonly service?: Service | undefined
  /** Whether cookies go along to another origin. Default `"same-origin"`. */
  readonly credentials?: RequestCredentials | undefined
  /** A field that the response must have; without it the result is `invalid_response`. */
  readonly expects?: string | undefined
  /** Ends the wait; the call then resolves with `errorCode: "aborted"`. */
  readonly signal?: AbortSignal | undefined
  /**
   * Failures that are not written to the console: all of them (`true`), or those with this error code, such
   * as "not yet" to a poll.
   */
  readonly quiet?: boolean | ErrorCode | undefined
}

/**
 * An API of another vendor, as a channel's own settings name it.
 *
 * @example
 * const other: Service = { baseUrl: 'https://api.example.com/v1', authorization: `Bearer ${token}` }
 * const ping: Channel<{ send(): Promise<Result<object>> }> = ({ request }) => ({
 *   send: () => request('/ping', { service: other }),
 * })
 */
export interface Service {
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** The `Authorization` header, scheme included. */
  readonly authorization: string
}

/** Sends a request of a channel, see `ChannelContext.request`. */
export type SendRequest = <T extends object>(path: string, options?: RequestOptions) => Promise<Result<T>>

type AnyResult = Result<object>

/** The options of a request in flight: its signal aborts when no caller waits any more. */
type Sent = RequestOptions & { readonly signal: AbortSignal }

export function createRequest(settings: Settings, tokens: TokenHolder): SendRequest {
  const share = shareRequests(settings.timeout)
  warnOfLoopback(settings.baseUrl)

  async function request(path: string, options: RequestOptions = {}): Promise<AnyResult> {
    const { body, as, service, signal, quiet } = options
    assertJson(body)
    const token = service ? undefined : tokens.current
    let response: AnyResult
    if (signal?.aborted) response = aborted()
    else if (!service && as !== 'tenant' && !token) response = fail('token_not_set', NO_TOKEN)
    else {
      const key = JSON.stringify([path, { ...options, signal: undefined }, token?.value])
      response = await share(key, signal => send(path, { ...options, signal }, token), signal)
    }
    const { errorCode } = response
    if (settings.enableLogging && errorCode && quiet !== true && quiet !== errorCode) {
      console.error(`[Authsignal] ${errorCode}: ${response.errorDescription}`)
    }
    return response
  }

  async function send(path: string, options: Sent, token: HeldToken | undefined): Promise<AnyResult> {
    const response = await attempt(path, options, token)
    if (!token || response.errorCode !== 'expired_token') return response
    try {
      const fresh = await tokens.renew(token)
      return fresh && !options.signal.aborted ? await attempt(path, options, fresh) : response
    } catch (cause) {
      return { ...response, cause } // what onTokenExpired threw
    }
  }

  async function attempt(path: string, options: Sent, token: HeldToken | undefined): Promise<AnyResult> {
    const { method = 'POST', body, as, service, credentials, signal } = options
    const bearer = as === 'tenant' ? undefined : token
    if (bearer && bearer.lifetime() <= 0) {
      return fail('expired_token', 'The token has expired. Track the action again.')
    }
    const { baseUrl, authorization } = service ?? {
      baseUrl: settings.baseUrl,
      authorization: bearer
        ? `Bearer ${bearer.value}`
        : `Basic ${btoa(encodeURIComponent(settings.tenantId))}`,
    }
    try {
      const raw = await ky(baseUrl + path, {
        method,
        credentials: credentials!,
        body: JSON.stringify(body),
        headers: { authorization, 'content-type': 'application/json' },
        redirect: 'error', // it would lead to a host that the app has not configured
        retry: 0,
        signal,
        throwHttpErrors: false,
        timeout: false, // the request in flight has one
        fetch: settings.fetch as typeof fetch, // undefined counts as left out, and so do credentials
      })
      const response = await readResponse(raw, signal, options)
      const { accessToken, ...fields }: { accessToken?: unknown; isVerified?: unknown } = response.data ?? {}
      if (service || accessToken === undefined) return response
      if (!isToken(accessToken)) return succeed(fields)
      if (fields.isVerified !== false) tokens.replace(token, accessToken)
      // The wire says `accessToken`; channels, and the original SDK, say `token`.
      return succeed({ ...fields, token: accessToken })
    } catch (cause) {
      const remedy = LOOPBACK.test(baseUrl)
        ? 'To start the emulator: npx authsignal-channels emulator.'
        : TRY_AGAIN
      return fail('network_error', `No response from ${baseUrl}. ${remedy}`, { cause })
    }
  }

  return request as SendRequest
}

/** An address of this machine. */
const LOOPBACK = /\/\/([^/]*localhost|127\.|\[::1])/

let hasWarned = false

/** The users of a page on another machine have no emulator. */
function warnOfLoopback(baseUrl: string) {
  const host = globalThis.location?.host
  if (!host || hasWarned || !LOOPBACK.test(baseUrl) || LOOPBACK.test(`//${host}`)) return
  hasWarned = true
  console.warn(`[Authsignal] ${baseUrl} is on the user's machine, this page is not.`)
}

const NO_TOKEN =
  'This client has no token. Each client has its own: track the action and call setToken() on this one, or share one client.'
