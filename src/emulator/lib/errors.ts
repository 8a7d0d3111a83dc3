/**
 * Refusals, and the JSON they become on the wire (contract 1.5 and 1.6).
 *
 * Descriptions are fixed sentences: none ever contains a value that came with the request.
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

export const tooLarge = () => new ApiError(413, 'invalid_request', 'The body is larger than 64 kB.')

export const tooManyRequests = (retryAfter: number) =>
  new ApiError(429, 'too_many_requests', 'The rate limit was exceeded. Try again later.', {
    'Retry-After': String(retryAfter),
  })

export const notImplemented = (description = 'The emulator does not have this route.') =>
  new ApiError(501, 'emulator_not_implemented', description)

const unexpected = () => new ApiError(500, 'unexpected_error', 'Something went wrong in the emulator.')

/** What was thrown, as far as a caller may know. */
export const asApiError = (thrown: unknown) => (thrown instanceof ApiError ? thrown : unexpected())

/** The answer for anything that was thrown; what is not an `ApiError` stays private. */
export function errorResponse(thrown: unknown): Response {
  const { status, code, description, headers } = asApiError(thrown)
  return json({ error: code, errorCode: code, errorDescription: description }, { status, headers })
}

/** A JSON answer. The content type has no charset: one SDK compares the header exactly (contract 1.5). */
export function json(
  body: object,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const headers = { ...init.headers, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  return new Response(JSON.stringify(body), { status: init.status ?? 200, headers })
}
