/**
 * How an HTTP answer becomes an `AuthsignalResponse`.
 *
 * The service promises JSON: an object or an array, with the key `error` when something went wrong.
 * Proxies, captive portals and outages answer otherwise, so nothing is taken on trust.
 *
 * @module
 */
import type { RequestOptions } from './request.js'
import { type AuthsignalResponse, type ErrorCode, fail, succeed } from './response.js'

type Json = Record<string, unknown>

export function readAnswer(
  response: Response,
  text: string,
  { expects, pendingCode, service }: RequestOptions,
): AuthsignalResponse<object> {
  const { ok, status } = response
  const body = parse(text)

  if (!ok || (body && 'error' in body)) {
    const failure = readError(response, body ?? {})
    return pendingCode && failure.errorCode === pendingCode ? succeed({}) : failure
  }
  if (!body || (expects && !(expects in body))) {
    return fail(
      'invalid_response',
      'This is not an answer of the API. Check the base URL, and any proxy in between.',
      {
        status,
      },
    )
  }
  // The wire says accessToken; everybody else, the original SDK included, says token.
  const { accessToken, ...rest } = body
  return succeed(accessToken === undefined || service ? body : { ...rest, token: accessToken })
}

function readError({ ok, status, headers }: Response, { error, errorCode, errorDescription }: Json) {
  const retryAfter = readRetryAfter(headers)
  return fail(
    asCode(errorCode) ?? asCode(error) ?? codeOf(ok, status),
    asSentence(errorDescription) ?? asSentence(error) ?? describe(status),
    { status, ...(retryAfter !== undefined && { retryAfter }) },
  )
}

function parse(text: string): Json | undefined {
  try {
    const body = JSON.parse(text)
    if (typeof body === 'object' && body) return body
  } catch {}
  return undefined
}

/** Codes are one word or snake case, in one case: `too_many_requests`, `AUTHENTICATOR_NOT_FOUND`, `E011003`. */
const CODE = /^([a-z][a-z\d_]*|[A-Z][A-Z\d_]*)$/

function asCode(value: unknown): ErrorCode | undefined {
  return typeof value === 'string' && CODE.test(value) ? value : undefined
}

function asSentence(value: unknown): string | undefined {
  return typeof value === 'string' && value && !CODE.test(value) ? value : undefined
}

function codeOf(ok: boolean, status: number): ErrorCode {
  if (ok) return 'invalid_response'
  if (status >= 500) return 'server_error'
  const codes: Record<number, ErrorCode> = {
    401: 'unauthorized',
    403: 'forbidden',
    404: 'not_found',
    429: 'too_many_requests',
  }
  return codes[status] ?? 'invalid_request'
}

function describe(status: number): string {
  if (status === 429) return 'There were too many requests. Wait a while, then try again.'
  return status >= 500
    ? `The server failed with status ${status}. Try again in a while.`
    : `The server refused the request with status ${status}.`
}

/**
 * Seconds to wait: the header holds either them or a date. What is neither is as good as no header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value)
  if (!value.endsWith('GMT')) return undefined
  // Against the server's own clock where it can be read, for the device's may be wrong.
  const now = Date.parse(headers.get('date') ?? '') || Date.now()
  const seconds = Math.ceil((Date.parse(value) - now) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
