/**
 * What a call answers: the success, the failure, and the code that names the failure.
 *
 * Only shapes and the way to make them live here; how an HTTP answer becomes one is `request.ts`.
 *
 * @module
 */

/**
 * The codes that the service and this client can answer with, for comparing without typing strings.
 *
 * @example
 * if (response.errorCode === ErrorCode.expired_token) await trackAgain()
 */
export const ErrorCode = {
  /** No token yet: call `setToken` with the token of your backend's track call. */
  token_not_set: 'token_not_set',
  /** The token is past its lifetime (10 minutes by default): track again and call `setToken`. */
  expired_token: 'expired_token',
  /** No answer reached the browser: offline, refused, cut, or kept away by CORS. */
  network_error: 'network_error',
  /** A limit was reached; `retryAfter` says for how many seconds, when the server told. */
  too_many_requests: 'too_many_requests',
  /** The passkey, or other credential, is not valid for this user. */
  invalid_credential: 'invalid_credential',
  /** The server has no such passkey. */
  unknown_credential: 'unknown_credential',
  /** The browser found no passkey that it could use at once. */
  credential_not_found: 'credential_not_found',
  /** The browser cannot ask for a passkey without a visible prompt. */
  immediate_mediation_not_supported: 'immediate_mediation_not_supported',
  /** The token is malformed or was not signed by this tenant. */
  invalid_token: 'invalid_token',
  /** The credentials, tenant or region are wrong. */
  unauthorized: 'unauthorized',
  /** The token's scopes do not allow this. */
  forbidden: 'forbidden',
  /** There is no such challenge, action or authenticator. */
  not_found: 'not_found',
  /** A parameter is wrong, or the user has nothing to be challenged with. */
  invalid_request: 'invalid_request',
  /** The tenant is not set up for this request. */
  invalid_configuration: 'invalid_configuration',
  /** The whole call took longer than the `timeout` option. */
  timeout: 'timeout',
  /** The `signal` of the call was aborted. */
  aborted: 'aborted',
  /** The answer was not the JSON object or array that the API promises. */
  invalid_response: 'invalid_response',
  /** The server failed (status 5xx). */
  server_error: 'server_error',
  /** The code is blank; nothing was sent. */
  invalid_code: 'invalid_code',
  /** The user closed the popup or window, or cancelled in it. */
  popup_closed: 'popup_closed',
  /** The browser blocked the window: call `launch()` straight from the click. */
  popup_blocked: 'popup_blocked',
  /** A popup or window of an earlier `launch()` is still open; it goes on. */
  popup_already_open: 'popup_already_open',
  /** The window can no longer answer, as a rule because of a Cross-Origin-Opener-Policy header. */
  window_unreachable: 'window_unreachable',
  /** The hosted page did not load, or there is no browser to show it in. */
  launch_failed: 'launch_failed',
} as const

/** The codes known when this version was published. */
export type KnownErrorCode = keyof typeof ErrorCode

/** A code of a failure. Open, so that a code the service adds later passes through unchanged. */
export type ErrorCode = KnownErrorCode | (string & {})

/** The answer to a call that worked: the fields of `data`, and `data` itself. */
export type Success<T> = T & {
  readonly data: T
  readonly error?: undefined
  readonly errorCode?: undefined
  readonly errorDescription?: undefined
  readonly retryAfter?: undefined
}

/** The answer to a call that did not work, whatever the reason: user, network or server. */
export type Failure = {
  readonly data?: undefined
  /** @deprecated The same as `errorDescription`; kept for code written for `@authsignal/browser`. */
  readonly error: string
  /** What went wrong, for your code. */
  readonly errorCode: ErrorCode
  /** What went wrong and what helps, for a person. Never holds a token, code, number or address. */
  readonly errorDescription: string
  /** HTTP status, when the server answered. */
  readonly status?: number
  /** Seconds to wait before the next attempt, when the server told. */
  readonly retryAfter?: number
  /** The error underneath, when there is one. */
  readonly cause?: unknown
}

/**
 * What every call resolves with. Its fields can be read without a check:
 * `response.token` is the token, or `undefined` when `response.errorCode` says why there is none.
 */
export type AuthsignalResponse<T> = Success<T> | (Failure & { readonly [K in keyof T]?: undefined })

export function succeed<T extends object>(data: T): Success<T> {
  // An array stays an array, so that a channel can answer with a list.
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
  return fail('aborted', 'The call was ended by its signal.')
}
