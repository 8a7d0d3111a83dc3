/**
 * How an HTTP answer becomes an `Result`.
 *
 * The service promises JSON: an object or an array, with the key `error` when something went wrong.
 * Proxies, captive portals and outages answer otherwise, so nothing is taken on trust.
 *
 * @module
 */
import { type ErrorCode, fail, type Result, succeed } from '../response.js'

type Json = Record<string, unknown>

/** What a request expects of its response, see `RequestOptions`. */
export interface Expected {
  readonly expects?: string | undefined
}

/** In bytes: 1 MB. No response of the API comes near it. */
const MAX_SIZE = 1_000_000

/** @param signal Cancels the body, and rejects. */
export async function readAnswer(
  response: Response,
  signal: AbortSignal,
  { expects }: Expected,
): Promise<Result<object>> {
  const text = await readText(response, signal)
  const body = parse(text)

  if (text !== undefined && (!response.ok || (body && 'error' in body))) {
    return readError(response, body ?? {})
  }
  if (!body || (expects && !(expects in body))) {
    return fail(
      'invalid_response',
      'This is not an answer of the API. Check the base URL, and any proxy in between.',
      detailsOf(response),
    )
  }
  return succeed(body)
}

/**
 * The body as text; `undefined` when it is too long, whatever its headers say. The caller's timeout is the
 * only thing that ends a body which does not end by itself.
 */
async function readText(response: Response, signal: AbortSignal): Promise<string | undefined> {
  const reader = response.body?.getReader()
  if (!reader) return response.text()
  const cancel = () => {
    reader.cancel().catch(() => {}) // it has failed already
  }
  // A fetch of the app may ignore the signal.
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  const decoder = new TextDecoder()
  let text = ''
  for (let size = 0; size <= MAX_SIZE; ) {
    const { done, value } = await reader.read()
    if (done) {
      signal.throwIfAborted()
      return text + decoder.decode()
    }
    // An empty chunk counts as a byte: an endless row of them would keep every timer from firing.
    size += value.length || 1
    text += decoder.decode(value, { stream: true })
  }
  cancel()
  return undefined
}

function readError(response: Response, { error, errorCode, errorDescription }: Json) {
  const { ok, status } = response
  return fail(
    asCode(errorCode) ?? asCode(error) ?? codeOf(ok, status),
    asSentence(errorDescription) ?? asSentence(error) ?? describe(status),
    detailsOf(response),
  )
}

function detailsOf({ status, headers }: Response) {
  const retryAfter = readRetryAfter(headers)
  return { status, ...(retryAfter !== undefined && { retryAfter }) }
}

function parse(text = ''): Json | undefined {
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
