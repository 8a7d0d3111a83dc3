/**
 * The errors of the APIs: status, code and description.
 *
 * Descriptions are fixed sentences: none contains a value of the request. Those of snapshots name paths in them.
 */

export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly code: string,
    readonly description: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(description)
  }
}

export const invalidRequest = (description: string) => new ApiError(400, 'invalid_request', description)

export const invalidConfiguration = (description: string) =>
  new ApiError(400, 'invalid_configuration', description)

export const invalidCredential = (description: string) => new ApiError(400, 'invalid_credential', description)

export const unknownCredential = () =>
  new ApiError(400, 'unknown_credential', 'There is no such credential; it may have been removed.')

export const unauthorized = () =>
  new ApiError(
    401,
    'unauthorized',
    'The request is unauthorized. Check that your API key and region base URL are correctly configured.',
  )

export const expiredToken = () => new ApiError(401, 'expired_token', 'The token has expired.')

export const invalidToken = () => new ApiError(401, 'invalid_token', 'The token is invalid.')

export const forbidden = (description: string) => new ApiError(403, 'forbidden', description)

export const notFound = (what: string) => new ApiError(404, 'not_found', `The ${what} was not found.`)

export const tooLarge = (maxBytes: number) =>
  new ApiError(413, 'invalid_request', `The body is larger than ${maxBytes / 1024} kB.`)

export const tooManyRequests = (retryAfter: number) =>
  new ApiError(429, 'too_many_requests', 'The rate limit was exceeded. Try again later.', {
    'Retry-After': String(retryAfter),
  })

/** @param retryAfter When the provider can be tried again, in seconds. */
export const deliveryFailed = (retryAfter?: number) =>
  new ApiError(
    502,
    'delivery_failed',
    'The provider refused to deliver the message.',
    retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  )

/** A webhook for `action.verify` does not agree, or does not respond. */
export const verificationRefused = () =>
  new ApiError(502, 'delivery_failed', 'The webhook refused the verification.')

export const notImplemented = (description = 'The emulator does not have this route.') =>
  new ApiError(501, 'emulator_not_implemented', description)

/** A WebSocket meets a fault. */
export const unreachable = () => new ApiError(503, 'service_unavailable', 'A fault refuses the connection.')

const unexpected = () => new ApiError(500, 'unexpected_error', 'Something went wrong in the emulator.')

/** The error that a caller may see: anything but an `ApiError` becomes `unexpected_error`, without details. */
export const asApiError = (error: unknown) => (error instanceof ApiError ? error : unexpected())
