/**
 * Turns an HTTP response into a `Result`.
 *
 * The service promises JSON: an object or an array, with the key `error` when something went wrong.
 * Proxies, captive portals and outages respond with something else, so nothing is assumed.
 *
 * @module
 */
import { matches } from '../options.js'
import { type ErrorCode, fail, type Result, succeed } from '../response.js'

type Json = Record<string, unknown>

/** What a request expects of its response, see `RequestOptions`. */
export interface Expected {
  readonly expects?: string | undefined
}

/** In bytes: 1 MB. No response of the API comes near it. */
const MAX_SIZE = 1_000_000

/** When a response is not of the API. */
const CHECK = 'Check that the base URL ends in /v1.'

/** @param signal Cancels the body, and rejects. */
export async function readResponse(
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
    return fail('invalid_response', `This response is not of the API. ${CHECK}`, detailsOf(response))
  }
  return succeed(body)
}

/** The body as text; `undefined` when it is longer than `MAX_SIZE`, whatever its headers say. */
async function readText(response: Response, signal: AbortSignal): Promise<string | undefined> {
  if (!response.body) return response.text()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  const write = (chunk: Uint8Array) => {
    // Without a size, an endless row of empty chunks would keep every timer from firing.
    size += chunk.length || 1000
    if (size > MAX_SIZE) throw size
    text += decoder.decode(chunk, { stream: true })
  }
  try {
    // The signal cancels the body even if a fetch of the app ignores it.
    await response.body.pipeTo(new WritableStream({ write }), { signal })
  } catch (error) {
    if (error === size) return undefined
    throw error
  }
  return text + decoder.decode()
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
  return { status, retryAfter: readRetryAfter(headers) }
}

function parse(text: string | undefined): Json | undefined {
  try {
    const body = JSON.parse(`${text}`)
    if (typeof body === 'object' && body) return body
  } catch {}
  return undefined
}

/** Codes are one word or snake case, in one case: `too_many_requests`, `AUTHENTICATOR_NOT_FOUND`, `E011003`. */
const CODE = /^([a-z][a-z\d_]*|[A-Z][A-Z\d_]*)$/

function asCode(value: unknown): ErrorCode | undefined {
  return matches(value, CODE) ? value : undefined
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
  const sentence = `The server responded with status ${status}.`
  if (status === 404) return `${sentence} ${CHECK}`
  return status === 429 || status >= 500 ? `${sentence} Try again later.` : sentence
}

/**
 * Seconds to wait: the header holds either them or a date. Anything else counts as no header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value)
  if (!value.endsWith('GMT')) return undefined
  // Against the server's own clock where it can be read, for the device's may be wrong.
  const now = Date.parse(`${headers.get('date')}`) || Date.now()
  const seconds = Math.ceil((Date.parse(value) - now) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
