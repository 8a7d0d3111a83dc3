/**
 * What can go wrong between a call and its response, and the required result of the call.
 *
 * The table is data, so that the same faults are put to every call, in Node and in every browser.
 * The emulator plays them, see `server.ts`; making the calls is `settle.ts`.
 */

import type { FaultName } from 'authsignal-channels/emulator'

export interface Fault {
  readonly name: string
  /** What the emulator calls it. */
  readonly fault: FaultName
  readonly expected: { readonly errorCode: string; readonly status?: number; readonly retryAfter?: number }
  /** Where the fault does not exist: Node has no CORS. */
  readonly onlyInBrowsers?: true
}

const YEAR = 365 * 24 * 60 * 60

const invalid = (status = 200) => ({ errorCode: 'invalid_response', status })
const tooMany = (retryAfter?: number) => ({
  errorCode: 'too_many_requests',
  status: 429,
  ...(retryAfter !== undefined && { retryAfter }),
})
const server = (status: number) => ({ errorCode: 'server_error', status })
const network = { errorCode: 'network_error' }

export const FAULTS: readonly Fault[] = [
  { name: 'connection refused', fault: 'network', expected: network },
  { name: 'no response', fault: 'timeout', expected: { errorCode: 'timeout' } },
  {
    name: 'headers, then no body',
    fault: 'stall',
    expected: { errorCode: 'timeout' },
  },
  { name: 'connection cut in mid-body', fault: 'cut', expected: network },
  { name: 'a missing CORS header', fault: 'no-cors', expected: network, onlyInBrowsers: true },
  { name: 'a redirect loop', fault: 'redirect-loop', expected: network },
  { name: '204', fault: 'no-content', expected: invalid(204) },
  { name: '200 with an empty body', fault: 'empty', expected: invalid() },
  { name: '200 with HTML', fault: 'html', expected: invalid() },
  { name: '200 with truncated JSON', fault: 'truncated', expected: invalid() },
  { name: '200 with null', fault: 'null', expected: invalid() },
  { name: '200 with a string', fault: 'string', expected: invalid() },
  { name: '200 with an array where an object is due', fault: 'array', expected: invalid() },
  {
    name: '200 with a body that never ends',
    fault: 'endless',
    expected: invalid(),
  },
  {
    name: '400 without an error code',
    fault: '400',
    expected: { errorCode: 'invalid_request', status: 400 },
  },
  {
    name: '401 expired_token',
    fault: 'expired-token',
    expected: { errorCode: 'expired_token', status: 401 },
  },
  { name: '403', fault: '403', expected: { errorCode: 'forbidden', status: 403 } },
  { name: '404', fault: '404', expected: { errorCode: 'not_found', status: 404 } },
  {
    name: '429, Retry-After in seconds',
    fault: '429',
    expected: tooMany(7),
  },
  {
    name: '429, Retry-After as a date',
    fault: '429-date',
    expected: tooMany(0),
  },
  {
    name: '429, Retry-After of zero',
    fault: '429-zero',
    expected: tooMany(0),
  },
  {
    name: '429, Retry-After of garbage',
    fault: '429-garbage',
    expected: tooMany(),
  },
  {
    name: '429, Retry-After of a year',
    fault: '429-year',
    expected: tooMany(YEAR),
  },
  { name: '429 without Retry-After', fault: '429-no-retry-after', expected: tooMany() },
  {
    name: '429 with the published body, which has no errorCode',
    fault: '429-no-error-code',
    expected: tooMany(),
  },
  { name: '500 with JSON', fault: '500', expected: server(500) },
  { name: '500 with HTML', fault: '500-html', expected: server(500) },
  { name: '502 with HTML', fault: '502', expected: server(502) },
  { name: '503 with HTML', fault: '503', expected: server(503) },
]
