/**
 * The latest requests, for the inspector and for `--log`.
 *
 * A request costs one small object while it runs. Bodies are kept as the text that was read and written anyway;
 * they are parsed, and secrets hidden, only when they are read.
 */

import { type Clock, toIso } from './clock.js'
import { redactBody, redactText } from './redact.js'

/** How the caller of a request was authorized: a key, a token, or only an ID that is not secret. */
export type RequestAuthorization = 'SECRET_KEY' | 'TOKEN' | 'TENANT_ID' | 'PROJECT_ID' | 'NONE'

/** A request and its response, without any token or key. */
export interface RecordedRequest {
  readonly id: string
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly status: number
  /** What the request was let in with. A refused token or key counts as `NONE`. */
  readonly authorization: RequestAuthorization
  /** Absent while the user is not known. */
  readonly userId?: string
  /** The JSON, or the text of what is not JSON. Absent without a body, and when it was larger than 8 kB. */
  readonly requestBody?: unknown
  /** Like `requestBody`. */
  readonly responseBody?: unknown
  /** Why the request was refused. */
  readonly errorCode?: string
  readonly errorDescription?: string
  /** The fault on demand that it met. Its status is 0 when it got no response. */
  readonly fault?: string
  /** ISO 8601, by the emulator's clock. */
  readonly createdAt: string
  /** How long the emulator took, in milliseconds of real time. */
  readonly durationMs: number
}

/** Selects requests. An omitted field matches any value. */
export interface RequestFilter {
  readonly method?: string | undefined
  /** The beginning of the path. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  readonly userId?: string | undefined
}

export interface RequestObserver {
  request(request: RecordedRequest): void
  /** All requests were deleted. */
  cleared?(): void
}

/** The requests that an emulator has responded to. */
export interface Requests {
  /** The requests that match, newest first. The last 500 are kept. */
  list(filter?: RequestFilter): RecordedRequest[]
  /** Reports each request once it has its response, until the function it returns is called. */
  observe(observer: RequestObserver): () => void
}

/** A request as it is kept. */
export interface RequestRecord {
  readonly method: string
  /** The whole address. */
  readonly url: string
  readonly at: number
  /** By `performance.now()`. */
  readonly startedAt: number
  durationMs: number
  status: number
  authorization: RequestAuthorization
  userId?: string
  requestBody?: string
  responseBody?: string
  fault?: string
}

export interface RequestLog {
  readonly requests: Requests
  start(method: string, url: string): RequestRecord
  end(record: RequestRecord, status: number): void
  clear(): void
}

const CAPACITY = 500

const LONGEST_BODY = 8 * 1024

export function createRequestLog(clock: Clock): RequestLog {
  const observers = new Set<RequestObserver>()
  /** A ring: the record with the number `n` is at `n % CAPACITY`. */
  let records: RequestRecord[] = []
  /** How many there have been. IDs are never used twice, so a stream can continue after any of them. */
  let count = 0

  return {
    requests: {
      list: filter =>
        records
          .map((_, index) => count - 1 - index)
          .map(number => viewOf(records[number % CAPACITY]!, number))
          .filter(request => matchesRequest(request, filter)),
      observe(observer) {
        observers.add(observer)
        return () => {
          observers.delete(observer)
        }
      },
    },
    start: (method, url) => ({
      method,
      url,
      at: clock.now(),
      startedAt: performance.now(),
      durationMs: 0,
      status: 0,
      authorization: 'NONE',
    }),
    end(record, status) {
      record.status = status
      record.durationMs = performance.now() - record.startedAt
      if (isLong(record.requestBody)) delete record.requestBody
      if (isLong(record.responseBody)) delete record.responseBody
      const number = count++
      records[number % CAPACITY] = record
      if (observers.size === 0) return
      const view = viewOf(record, number)
      for (const observer of [...observers]) observer.request(view)
    },
    clear() {
      records = []
      // The ring begins at index 0 again.
      count = Math.ceil(count / CAPACITY) * CAPACITY
      for (const observer of [...observers]) observer.cleared?.()
    },
  }
}

const isLong = (body: string | undefined) => body !== undefined && body.length > LONGEST_BODY

export const matchesRequest = (
  request: RecordedRequest,
  { method, path, status, userId }: RequestFilter = {},
) =>
  (method === undefined || request.method === method) &&
  (path === undefined || request.path.startsWith(path)) &&
  (status === undefined || request.status === status) &&
  (userId === undefined || request.userId === userId)

function viewOf(record: RequestRecord, number: number): RecordedRequest {
  const { method, url, status, authorization, at, durationMs } = record
  const { pathname, search } = new URL(url)
  const requestBody = bodyOf(record.requestBody)
  const responseBody = bodyOf(record.responseBody)
  const userId = record.userId ?? userIn(pathname) ?? userIn(requestBody) ?? userIn(responseBody)
  return {
    id: String(number),
    method,
    path: redactText(pathname + search),
    status,
    authorization,
    ...(userId !== undefined && { userId }),
    ...(requestBody !== undefined && { requestBody }),
    ...(responseBody !== undefined && { responseBody }),
    ...reasonIn(responseBody),
    ...(record.fault !== undefined && { fault: record.fault }),
    createdAt: toIso(at),
    durationMs: Math.round(durationMs * 10) / 10,
  }
}

const bodyOf = (text: string | undefined) => (text ? redactBody(text) : undefined)

/** The user that a path of the Server API or the field of a body names. */
function userIn(place: unknown): string | undefined {
  if (typeof place !== 'string') return textIn(place, 'userId')
  const [, name] = /^(?:\/t\/[^/]+)?\/v1\/users\/([^/]+)/.exec(place) ?? []
  try {
    return name && decodeURIComponent(name)
  } catch {
    return undefined
  }
}

/** Why a response is a refusal. Some have the status 200. */
function reasonIn(body: unknown): Pick<RecordedRequest, 'errorCode' | 'errorDescription'> {
  const errorCode = textIn(body, 'errorCode') ?? textIn(body, 'failureReason') ?? textIn(body, 'error')
  const errorDescription = textIn(body, 'errorMessage') ?? textIn(body, 'errorDescription')
  return {
    ...(errorCode !== undefined && { errorCode }),
    ...(errorDescription !== undefined && { errorDescription }),
  }
}

function textIn(body: unknown, field: string): string | undefined {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[field] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
