/**
 * What a call resolves with: the success, the failure, and the code of the failure.
 *
 * Only shapes and the way to make them live here; how an HTTP response becomes one is `lib/read-response.ts`.
 *
 * @module
 */

/** What `typeof ErrorCode` is. Constants, for a list of them takes any code: `[ErrorCode.a, ErrorCode.b].includes(code)`. */
declare namespace Codes {
  /** No token yet: call `setToken` with the token of your backend's track call. */
  const token_not_set = 'token_not_set'
  /** The token is past its lifetime (10 minutes by default): track again and call `setToken`. */
  const expired_token = 'expired_token'
  /** No response reached the browser: offline, refused, interrupted, or blocked by CORS. */
  const network_error = 'network_error'
  /** A limit was reached; `retryAfter` is the time to wait in seconds, when the server sent it. */
  const too_many_requests = 'too_many_requests'
  /** The passkey, or other credential, is not valid for this user. */
  const invalid_credential = 'invalid_credential'
  /** The server has no such passkey. */
  const unknown_credential = 'unknown_credential'
  /** The browser found no passkey that it could use at once. */
  const credential_not_found = 'credential_not_found'
  /** The browser cannot offer a passkey without a visible prompt. */
  const immediate_mediation_not_supported = 'immediate_mediation_not_supported'
  /** The token is malformed or was not signed by this tenant. */
  const invalid_token = 'invalid_token'
  /** The credentials, tenant or region are wrong. */
  const unauthorized = 'unauthorized'
  /** The token's scopes do not allow this. */
  const forbidden = 'forbidden'
  /** There is no such challenge, action or authenticator. */
  const not_found = 'not_found'
  /** A parameter is wrong, or the user has nothing to be challenged with. */
  const invalid_request = 'invalid_request'
  /** The tenant is not set up for this request. */
  const invalid_configuration = 'invalid_configuration'
  /** The whole call took longer than the `timeout` option. */
  const timeout = 'timeout'
  /** The `signal` of the call was aborted. */
  const aborted = 'aborted'
  /** The response was not the JSON object or array that the API promises. */
  const invalid_response = 'invalid_response'
  /** The server failed (status 5xx). */
  const server_error = 'server_error'
  /** The code is blank; nothing was sent. */
  const invalid_code = 'invalid_code'
  /** The user closed the popup or window, or cancelled in it. */
  const popup_closed = 'popup_closed'
  /** The browser blocked the window: call `launch()` straight from the click. */
  const popup_blocked = 'popup_blocked'
  /** A popup or window of an earlier `launch()` is still open; it goes on. */
  const popup_already_open = 'popup_already_open'
  /** The window can no longer be reached, usually because of a Cross-Origin-Opener-Policy header. */
  const window_unreachable = 'window_unreachable'
  /** The hosted page did not load, or there is no browser to show it in. */
  // Open, as `ErrorCode` is: `Object.values(ErrorCode).includes(code)` takes any code.
  const launch_failed: 'launch_failed' | (string & {})
}

/**
 * The codes of failures, for comparing without typing strings.
 *
 * @example
 * const response = await client.sms.challenge()
 * if (response.errorCode === ErrorCode.expired_token) client.setToken(await track())
 */
export const ErrorCode: typeof Codes = {
  token_not_set: 'token_not_set',
  expired_token: 'expired_token',
  network_error: 'network_error',
  too_many_requests: 'too_many_requests',
  invalid_credential: 'invalid_credential',
  unknown_credential: 'unknown_credential',
  credential_not_found: 'credential_not_found',
  immediate_mediation_not_supported: 'immediate_mediation_not_supported',
  invalid_token: 'invalid_token',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  not_found: 'not_found',
  invalid_request: 'invalid_request',
  invalid_configuration: 'invalid_configuration',
  timeout: 'timeout',
  aborted: 'aborted',
  invalid_response: 'invalid_response',
  server_error: 'server_error',
  invalid_code: 'invalid_code',
  popup_closed: 'popup_closed',
  popup_blocked: 'popup_blocked',
  popup_already_open: 'popup_already_open',
  window_unreachable: 'window_unreachable',
  launch_failed: 'launch_failed',
}

/** The codes known when this version was published. */
export type KnownErrorCode = keyof typeof ErrorCode

/**
 * A code of a failure. Open, so that a code the service adds later passes through unchanged. A
 * `Record<ErrorCode, string>` needs the codes of `@authsignal/browser` only; for one with every code take
 * `KnownErrorCode`.
 */
export type ErrorCode =
  | 'token_not_set'
  | 'expired_token'
  | 'network_error'
  | 'too_many_requests'
  | 'invalid_credential'
  | (string & {})

/**
 * Each code as a type, such as `ErrorCode.expired_token`, as with the enum of `@authsignal/browser`.
 *
 * @hidden
 */
export declare namespace ErrorCode {
  type token_not_set = 'token_not_set'
  type expired_token = 'expired_token'
  type network_error = 'network_error'
  type too_many_requests = 'too_many_requests'
  type invalid_credential = 'invalid_credential'
  type unknown_credential = 'unknown_credential'
  type credential_not_found = 'credential_not_found'
  type immediate_mediation_not_supported = 'immediate_mediation_not_supported'
  type invalid_token = 'invalid_token'
  type unauthorized = 'unauthorized'
  type forbidden = 'forbidden'
  type not_found = 'not_found'
  type invalid_request = 'invalid_request'
  type invalid_configuration = 'invalid_configuration'
  type timeout = 'timeout'
  type aborted = 'aborted'
  type invalid_response = 'invalid_response'
  type server_error = 'server_error'
  type invalid_code = 'invalid_code'
  type popup_closed = 'popup_closed'
  type popup_blocked = 'popup_blocked'
  type popup_already_open = 'popup_already_open'
  type window_unreachable = 'window_unreachable'
  type launch_failed = 'launch_failed'
}

/** The fields of a shape, each of them optional. A list has none: it is read as `data`. */
type Fields<T> = T extends readonly unknown[] ? unknown : { [Field in keyof T]?: T[Field] | undefined }

/** The result of a call that worked: `data`, and each of its fields on the result itself. */
export type Success<T> = Fields<T> & {
  /** The result. */
  data: T
  /** Absent. */
  error?: string | undefined
  /** Absent. */
  errorCode?: undefined
  /** Absent. */
  errorDescription?: string | undefined
  /** Absent. */
  status?: undefined
  /** Absent. */
  retryAfter?: undefined
}

/** The result of a call that did not work, whatever the reason: user, network or server. */
export type Failure = {
  /** Absent. */
  data?: undefined
  /** @deprecated The same as `errorDescription`; kept for code written for `@authsignal/browser`. */
  error?: string | undefined
  /** What went wrong, for your code. */
  errorCode: KnownErrorCode | ErrorCode
  /**
   * What went wrong and what helps, for a developer; `userMessage` has a sentence for the user. Never holds a
   * token, code, number or address.
   */
  errorDescription: string
  /** HTTP status, when the server responded. */
  status?: number | undefined
  /** Seconds to wait before the next attempt, when the server sent it. */
  retryAfter?: number | undefined
  /** The error underneath, when there is one. */
  cause?: unknown
}

/**
 * What every call resolves with. Its fields can be read without a check: `response.token` is the token, or
 * `undefined` when `response.errorCode` says why there is none. When `errorCode` is `undefined`, `data` is
 * there.
 *
 * Every call can fail with `token_not_set`, `expired_token`, `invalid_token`, `unauthorized`, `forbidden`,
 * `not_found`, `invalid_request`, `invalid_configuration`, `too_many_requests`, `server_error`,
 * `network_error`, `timeout`, `aborted` and `invalid_response`. The other codes are those of single calls,
 * whose documentation names them.
 *
 * @example
 * const response = await client.sms.verify({ code })
 * if (response.errorCode === undefined && response.data.isVerified) show('Welcome.')
 * else show(userMessage(response))
 */
export type Result<T> = Success<T> | (Failure & { [Field in keyof T]?: undefined })

/**
 * A response that app code may build by hand, in a wrapper or a mock: `{ data }`, `{ error }`, or
 * `{ errorCode, errorDescription }`. Every `Result` is one, so a function that returns the response of a
 * call can promise this. The shape of `@authsignal/browser`.
 *
 * @example
 * const verify = async (code: string): Promise<AuthsignalResponse<VerifyResponse>> =>
 *   code ? client.sms.verify({ code }) : { error: 'Enter the code.' }
 */
export type AuthsignalResponse<T> = {
  /** The result, when the call worked. */
  data?: T | undefined
  /** What went wrong, for your code. */
  errorCode?: KnownErrorCode | ErrorCode | undefined
  /** What went wrong, for a developer. */
  errorDescription?: string | undefined
  /** @deprecated Use `errorCode` and `errorDescription` instead. */
  error?: string | undefined
  /** HTTP status, when the server responded with a failure. */
  status?: number | undefined
  /** Seconds to wait before the next attempt, when the server sent it. */
  retryAfter?: number | undefined
}

export function succeed<T extends object>(data: T): Success<T> {
  // An array stays an array, so that a channel can resolve with a list.
  const fields: object = Array.isArray(data) ? [...data] : { ...data }
  return Object.assign(fields, { data }) as Success<T>
}

export function fail(
  errorCode: ErrorCode,
  errorDescription: string,
  details?: Pick<Failure, 'status' | 'retryAfter' | 'cause'>,
): Failure {
  return { error: errorDescription, errorCode, errorDescription, ...details }
}

export function aborted(): Failure {
  return fail('aborted', 'The call was aborted.')
}

/** What helps against a timeout and a network error. */
export const TRY_AGAIN = 'Check the connection and try again.'
