/**
 * One call to the API: sent once, shared while in flight, settled in time, answered with a value.
 *
 * What every call has in common is kept here, so that no channel needs to think of it: the bearer, the
 * timeout, the retry with a fresh token, and taking over the new token that an answer brings.
 * Reading the answer itself is `answer.ts`.
 *
 * @module
 */
import ky from 'ky'
import { readAnswer } from './answer.js'
import type { Settings } from './options.js'
import { type AuthsignalResponse, aborted, type Failure, fail } from './response.js'
import type { HeldToken, TokenHolder } from './token.js'

export interface RequestOptions {
  /** Default `"POST"`: nearly every call of this API is one. */
  readonly method?: 'GET' | 'POST' | 'DELETE' | undefined
  /** Sent as JSON. */
  readonly body?: object | undefined
  /**
   * Who is calling: the user that the `"token"` stands for, or anybody on behalf of the `"tenant"`.
   * Default `"token"`, which answers `token_not_set` when there is none.
   */
  readonly as?: 'token' | 'tenant' | undefined
  /**
   * Another API to ask, in place of the client's own. It gets neither the client's token nor its tenant,
   * and no answer of it changes the token.
   */
  readonly service?: Service | undefined
  /** Whether cookies go along to another origin. Default `"same-origin"`. */
  readonly credentials?: RequestCredentials | undefined
  /** A field that the answer must have; one without it is `invalid_response`. */
  readonly expects?: string | undefined
  /** The error code by which the API says "not yet": no failure, but an answer without any field. */
  readonly pendingCode?: string | undefined
  /** Ends the wait; the call then resolves with `errorCode: "aborted"`. */
  readonly signal?: AbortSignal | undefined
}

/** An API of another vendor, as a channel's own settings name it. */
export interface Service {
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** The `Authorization` header, scheme included. */
  readonly authorization: string
}

export type SendRequest = <T extends object>(
  path: string,
  options?: RequestOptions,
) => Promise<AuthsignalResponse<T>>

type Answer = AuthsignalResponse<object>

/** A request on its way, and how many callers wait for it. */
interface Flight {
  readonly answer: Promise<Answer>
  /** Gives the request up, and everybody who waits for it this answer. */
  readonly end: (failure: Failure) => void
  callers: number
}

export function createRequest(settings: Settings, tokens: TokenHolder): SendRequest {
  const { tenantId, timeout, enableLogging } = settings
  const flights = new Map<string, Flight>()

  async function request(path: string, options: RequestOptions = {}): Promise<Answer> {
    const answer = await settle(path, options)
    if (enableLogging && answer.errorCode) {
      console.error(`[Authsignal] ${answer.errorCode}: ${answer.errorDescription}`)
    }
    return answer
  }

  function settle(path: string, options: RequestOptions): Failure | Promise<Answer> {
    const { method, body, as, service, credentials, signal } = options
    const token = service ? undefined : tokens.current
    if (signal?.aborted) return aborted()
    if (!service && as !== 'tenant' && !token) {
      return fail(
        'token_not_set',
        'There is no token yet. Call setToken() with the one that your backend got from track.',
      )
    }
    // A second click, or a component mounted twice, joins the request that is already on its way.
    const key = JSON.stringify([method, path, body, as, service, credentials, token?.value])
    const { baseUrl } = service ?? settings
    const flight = flights.get(key) ?? takeOff(key, baseUrl, signal => send(path, options, token, signal))
    return join(flight, signal)
  }

  function takeOff(key: string, baseUrl: string, work: (signal: AbortSignal) => Promise<Answer>): Flight {
    const controller = new AbortController()
    let end!: Flight['end']
    const ended = new Promise<Failure>(resolve => {
      end = failure => {
        resolve(failure) // first, for not all that is waited for listens to the signal
        controller.abort()
      }
    })
    const timer = setTimeout(() => {
      end(
        fail(
          'timeout',
          `No answer from ${baseUrl} within ${timeout} ms. Check the connection and try again.`,
        ),
      )
    }, timeout)
    const answer = Promise.race([work(controller.signal), ended]).finally(() => {
      clearTimeout(timer)
      flights.delete(key)
    })
    const flight = { answer, end, callers: 0 }
    flights.set(key, flight)
    return flight
  }

  /** Waits for the answer until `signal` ends the wait of this one caller. */
  function join(flight: Flight, signal: AbortSignal | undefined): Promise<Answer> {
    flight.callers++
    return new Promise(resolve => {
      const leave = () => {
        resolve(aborted())
        flight.callers--
        // Not at once: a component that is unmounted and mounted again leaves and joins in one task.
        setTimeout(() => flight.callers || flight.end(aborted()))
      }
      signal?.addEventListener('abort', leave)
      flight.answer.then(answer => {
        signal?.removeEventListener('abort', leave)
        resolve(answer)
      })
    })
  }

  async function send(
    path: string,
    options: RequestOptions,
    token: HeldToken | undefined,
    signal: AbortSignal,
  ): Promise<Answer> {
    const answer = await attempt(path, options, token, signal)
    if (!token || answer.errorCode !== 'expired_token') return answer
    try {
      const fresh = await tokens.renew(token)
      return fresh && !signal.aborted ? await attempt(path, options, fresh, signal) : answer
    } catch (cause) {
      return { ...answer, cause } // what onTokenExpired threw
    }
  }

  async function attempt(
    path: string,
    options: RequestOptions,
    token: HeldToken | undefined,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { method = 'POST', body, as, service, credentials = 'same-origin' } = options
    const bearer = as === 'tenant' ? undefined : token
    if (bearer && bearer.lifetime() <= 0)
      return fail('expired_token', 'The token has expired. Track the action again to get a new one.')
    const { baseUrl, authorization } = service ?? {
      baseUrl: settings.baseUrl,
      authorization: bearer ? `Bearer ${bearer.value}` : `Basic ${btoa(encodeURIComponent(tenantId))}`,
    }
    try {
      const response = await ky(baseUrl + path, {
        method,
        credentials,
        ...(body && { json: body }),
        headers: { authorization, 'content-type': 'application/json' },
        redirect: 'error', // it would lead to a host that nobody configured
        retry: 0,
        signal,
        throwHttpErrors: false,
        timeout: false, // the whole flight has one
        ...(settings.fetch && { fetch: settings.fetch as typeof fetch }),
      })
      const answer = readAnswer(response, await response.text(), options)
      const { token: newToken, isVerified } = answer as { token?: unknown; isVerified?: unknown }
      if (!service && typeof newToken === 'string' && isVerified !== false) tokens.replace(token, newToken)
      return answer
    } catch (cause) {
      return fail('network_error', `No answer from ${baseUrl}. Check the connection and try again.`, {
        cause,
      })
    }
  }

  return request as SendRequest
}
