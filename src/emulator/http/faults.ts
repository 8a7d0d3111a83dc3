/**
 * Playing faults: a response in place of the real one, or a connection that breaks.
 */

import type { FaultName, FaultTarget } from '../lib/faults.js'
import type { Service } from '../service.js'
import { credentials } from './authorization.js'
import { subjectOf } from './claimed-tenant.js'
import { corsHeaders } from './cors.js'
import { noteFault } from './recording.js'
import { splitAddress } from './tenant-path.js'

/**
 * Thrown in place of a response, like the error of a `fetch` whose connection fails. `listen()` breaks the connection,
 * or sends what the `fetch` of a browser rejects: a redirect to itself, or a response without CORS headers.
 */
export class BrokenConnection extends TypeError {
  constructor(readonly sent?: Response) {
    super('Failed to fetch')
  }
}

/** The response to a request that gets none. */
const forever = new Promise<never>(() => {})

/** The responses whose connection breaks after the first part of the body. */
const cuts = new WeakSet<Response>()

export const isCut = (response: Response) => cuts.has(response)

/** Lets a request meet its fault, if there is one for it. */
export async function withFaults(
  service: Service,
  request: Request,
  respond: () => Response | Promise<Response>,
): Promise<Response> {
  const rule = service.faults.take(() => targetOf(request))
  if (rule === undefined) return respond()
  const { fault, delayMs = fault === 'latency' ? 2000 : 0 } = rule
  noteFault(request, fault)
  if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs))
  if (fault === 'latency') return respond()
  if (fault === 'lost-response') {
    await respond()
    throw new BrokenConnection()
  }
  if (fault === 'no-cors') throw new BrokenConnection(withoutCors(await respond()))

  const { requestLog, config } = service
  const record = requestLog.start(request.method, request.url)
  record.fault = fault
  const response = play(fault, request.url)
  requestLog.end(record, response?.status ?? 0)
  if (fault === 'timeout') return forever
  if (response === undefined) throw new BrokenConnection()
  for (const [name, value] of Object.entries(corsHeaders(config, request.headers.get('Origin'))))
    response.headers.set(name, value)
  if (fault === 'redirect-loop') throw new BrokenConnection(response)
  return response
}

/** `undefined` for requests that meet no fault. */
function targetOf(request: Request): FaultTarget | undefined {
  const { method, url } = request
  const { path } = splitAddress(url)
  // After a failed preflight request a browser would not send the request itself. Control routes remove faults.
  if (method === 'OPTIONS' || path.startsWith('/emulator/')) return undefined
  return { method, path, user: () => subjectOf(credentials(request, 'Bearer')) ?? userIn(path) }
}

/** The user that a path of the Server API names. */
function userIn(path: string): string | undefined {
  const [, name] = /^\/v1\/users\/([^/]+)/.exec(path) ?? []
  try {
    return name && decodeURIComponent(name)
  } catch {
    return undefined
  }
}

const HTML = '<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>'
const LIMITED = {
  error: 'too_many_requests',
  errorCode: 'too_many_requests',
  errorDescription: 'Rate limit exceeded.',
}
const { errorCode: _, ...LIMITED_WITHOUT_CODE } = LIMITED
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** The response of a fault; `undefined` when the connection breaks before there is one. */
function play(fault: Exclude<FaultName, 'latency' | 'lost-response' | 'no-cors'>, url: string) {
  switch (fault) {
    case 'network':
    case 'timeout':
      return undefined
    case 'stall':
      return streamed({ first: '{"challengeId":' })
    case 'cut': {
      const response = streamed({ first: '{"challengeId":', isCut: true })
      cuts.add(response)
      return response
    }
    case 'endless':
      return streamed({ first: ' '.repeat(64_000), isEndless: true })
    case 'redirect-loop':
      return new Response(null, { status: 307, headers: { Location: url } })
    case 'no-content':
      return new Response(null, { status: 204 })
    case 'empty':
      return text(200, '')
    case 'html':
      return text(200, HTML)
    case 'truncated':
      return text(200, '{"challengeId":"c')
    case 'null':
      return text(200, 'null')
    case 'string':
      return text(200, '"ok"')
    case 'array':
      return text(200, '[]')
    case '400':
    case '403':
    case '404':
      return text(Number(fault), '{}')
    case 'expired-token':
      return text(401, JSON.stringify({ error: 'expired_token', errorCode: 'expired_token' }))
    case '429':
      return limited('7')
    case '429-date':
      return limited('Fri, 31 Jan 2020 09:00:00 GMT')
    case '429-zero':
      return limited('0')
    case '429-garbage':
      return limited('soon')
    case '429-year':
      return limited(String(YEAR_SECONDS))
    case '429-no-retry-after':
      return text(429, JSON.stringify(LIMITED))
    case '429-no-error-code':
      return text(429, JSON.stringify(LIMITED_WITHOUT_CODE))
    case '500':
      return text(500, JSON.stringify({ message: 'Internal server error' }))
    case '500-html':
      return text(500, HTML)
    case '502':
    case '503':
      return text(Number(fault), HTML)
  }
}

/** With the content type of JSON also for what is not, as broken servers do. */
const text = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers: { 'Content-Type': 'application/json', ...headers } })

const limited = (retryAfter: string) => text(429, JSON.stringify(LIMITED), { 'Retry-After': retryAfter })

interface Stream {
  readonly first: string
  readonly isCut?: boolean
  readonly isEndless?: boolean
}

/** A body that does not end as it should: it stops after its first part, breaks, or goes on for as long as it is read. */
function streamed({ first, isCut = false, isEndless = false }: Stream): Response {
  const part = new TextEncoder().encode(first)
  let count = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        count++
        if (count === 1 || isEndless) controller.enqueue(part)
        else if (isCut) controller.error(new TypeError('Failed to fetch'))
        else return new Promise(() => {})
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'Content-Type': 'application/json' } })
}

function withoutCors(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const name of [...headers.keys()]) if (name.startsWith('access-control-')) headers.delete(name)
  return new Response(response.body, { status: response.status, headers })
}
