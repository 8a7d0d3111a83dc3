/**
 * The way to the demo's own backend.
 *
 * Its responses contain the server SDK calls that it made. They go to the log.
 *
 * @module
 */
import { userMessage } from 'authsignal-channels'
import { logCall } from './calls.js'
import { Problem } from './problem.js'
import type { RecordedCall } from './record-calls.js'

interface Options {
  /** Whether to log the server SDK calls. Those that only keep the page up to date are not logged. */
  readonly logged: boolean
}

export function get<T>(path: string, options: Options = { logged: false }): Promise<T> {
  return request(path, {}, options)
}

export function post<T>(path: string, body: object = {}): Promise<T> {
  return request(
    path,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    { logged: true },
  )
}

async function request<T>(path: string, init: RequestInit, { logged }: Options): Promise<T> {
  let response: Response
  let body: {
    serverCalls?: RecordedCall[]
    errorCode?: string
    /** The backend's own sentence for the user. */
    message?: string
    retryAfter?: number
  }
  try {
    response = await fetch(`/app/api/${path}`, init)
    body = await response.json()
  } catch {
    throw new Problem('backend_down', 'The demo’s backend does not respond. Is “npm run demo” still running?')
  }
  const { serverCalls = [], ...result } = body
  if (logged) serverCalls.forEach(logCall)
  if (response.ok) return result as T
  const { errorCode = 'unexpected', retryAfter } = body
  throw new Problem(errorCode, body.message ?? userMessage({ errorCode, retryAfter }), retryAfter)
}
