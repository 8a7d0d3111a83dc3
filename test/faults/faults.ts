/**
 * What can go wrong between a call and its response, and the required result of the call.
 *
 * The table is data, so that the same faults are put to every call, in Node and in every browser.
 * Playing them is `server.ts`, making the calls `settle.ts`.
 */

/** What the server does with a request; the body is sent as it is. */
export type Play =
  | {
      readonly kind: 'response'
      readonly status: number
      readonly body?: string
      readonly headers?: Record<string, string>
    }
  | { readonly kind: 'silence' }
  | { readonly kind: 'headers, then nothing' }
  /** As fast as it is read. */
  | { readonly kind: 'headers, then a body without an end' }
  | { readonly kind: 'cut in mid-body' }
  | { readonly kind: 'redirect to itself' }
  /** Nothing listens at the address. */
  | { readonly kind: 'refused' }
  /** A good response that the browser may not show to the page. */
  | { readonly kind: 'no CORS' }

export interface Fault {
  readonly name: string
  readonly play: Play
  readonly expected: { readonly errorCode: string; readonly status?: number; readonly retryAfter?: number }
  /** Where the fault does not exist: Node has no CORS. */
  readonly onlyInBrowsers?: true
}

const HTML = '<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>'
const YEAR = 365 * 24 * 60 * 60

const respond = (status: number, body?: string | object, headers?: Record<string, string>): Play => ({
  kind: 'response',
  status,
  ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  ...(headers && { headers }),
})

const invalid = (status = 200) => ({ errorCode: 'invalid_response', status })
const limited = {
  error: 'too_many_requests',
  errorCode: 'too_many_requests',
  errorDescription: 'Rate limit exceeded.',
}
const tooMany = (retryAfter?: number) => ({
  errorCode: 'too_many_requests',
  status: 429,
  ...(retryAfter !== undefined && { retryAfter }),
})
const server = (status: number) => ({ errorCode: 'server_error', status })
const network = { errorCode: 'network_error' }

export const FAULTS: readonly Fault[] = [
  { name: 'connection refused', play: { kind: 'refused' }, expected: network },
  { name: 'no response', play: { kind: 'silence' }, expected: { errorCode: 'timeout' } },
  {
    name: 'headers, then no body',
    play: { kind: 'headers, then nothing' },
    expected: { errorCode: 'timeout' },
  },
  { name: 'connection cut in mid-body', play: { kind: 'cut in mid-body' }, expected: network },
  { name: 'a missing CORS header', play: { kind: 'no CORS' }, expected: network, onlyInBrowsers: true },
  { name: 'a redirect loop', play: { kind: 'redirect to itself' }, expected: network },
  { name: '204', play: respond(204), expected: invalid(204) },
  { name: '200 with an empty body', play: respond(200, ''), expected: invalid() },
  { name: '200 with HTML', play: respond(200, HTML), expected: invalid() },
  { name: '200 with truncated JSON', play: respond(200, '{"challengeId":"c'), expected: invalid() },
  { name: '200 with null', play: respond(200, 'null'), expected: invalid() },
  { name: '200 with a string', play: respond(200, '"ok"'), expected: invalid() },
  { name: '200 with an array where an object is due', play: respond(200, '[]'), expected: invalid() },
  {
    name: '200 with a body that never ends',
    play: { kind: 'headers, then a body without an end' },
    expected: invalid(),
  },
  {
    name: '400 without an error code',
    play: respond(400, {}),
    expected: { errorCode: 'invalid_request', status: 400 },
  },
  {
    name: '401 expired_token',
    play: respond(401, { error: 'expired_token', errorCode: 'expired_token' }),
    expected: { errorCode: 'expired_token', status: 401 },
  },
  { name: '403', play: respond(403, {}), expected: { errorCode: 'forbidden', status: 403 } },
  { name: '404', play: respond(404, {}), expected: { errorCode: 'not_found', status: 404 } },
  {
    name: '429, Retry-After in seconds',
    play: respond(429, limited, { 'retry-after': '7' }),
    expected: tooMany(7),
  },
  {
    name: '429, Retry-After as a date',
    play: respond(429, limited, { 'retry-after': 'Fri, 31 Jan 2020 09:00:00 GMT' }),
    expected: tooMany(0),
  },
  {
    name: '429, Retry-After of zero',
    play: respond(429, limited, { 'retry-after': '0' }),
    expected: tooMany(0),
  },
  {
    name: '429, Retry-After of garbage',
    play: respond(429, limited, { 'retry-after': 'soon' }),
    expected: tooMany(),
  },
  {
    name: '429, Retry-After of a year',
    play: respond(429, limited, { 'retry-after': `${YEAR}` }),
    expected: tooMany(YEAR),
  },
  { name: '429 without Retry-After', play: respond(429, limited), expected: tooMany() },
  {
    name: '429 with the published body, which has no errorCode',
    play: respond(429, { error: 'too_many_requests', errorDescription: 'Rate limit exceeded.' }),
    expected: tooMany(),
  },
  { name: '500 with JSON', play: respond(500, { message: 'Internal server error' }), expected: server(500) },
  { name: '500 with HTML', play: respond(500, HTML), expected: server(500) },
  { name: '502 with HTML', play: respond(502, HTML), expected: server(502) },
  { name: '503 with HTML', play: respond(503, HTML), expected: server(503) },
]
