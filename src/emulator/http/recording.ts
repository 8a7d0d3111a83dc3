/**
 * Records requests in the log of the service, with what other parts learn about them on the way.
 */

import type { MiddlewareHandler } from 'hono'
import type { RequestRecord } from '../lib/request-log.js'
import type { Service } from '../service.js'

const records = new WeakMap<Request, RequestRecord>()

/** The faults of requests that the routes respond to, too. */
const faults = new WeakMap<Request, string>()

/** By the stream, which a response keeps when a header is added to it and it becomes another object. */
const responseTexts = new WeakMap<object, string>()

/** Records each request but those of tools that only look: reads of control routes, and of the inspector's page. */
export function recordRequests({ requestLog }: Service): MiddlewareHandler {
  return async (c, next) => {
    const request = c.req.raw
    if (isLook(request.method, c.req.path)) return next()
    const record = requestLog.start(request.method, request.url)
    const fault = faults.get(request)
    if (fault !== undefined) record.fault = fault
    if (isKept(c.req.path)) records.set(request, record)
    await next()
    const text = textOf(c.res)
    if (text !== undefined && isKept(c.req.path)) record.responseBody = text
    requestLog.end(record, c.res.status)
  }
}

const isLook = (method: string, path: string) =>
  (method === 'GET' || method === 'HEAD') && /^\/(emulator(\/|$)|$)/.test(path)

/** A snapshot is nothing but secrets. */
const isKept = (path: string) => path !== '/emulator/snapshot'

/** Adds what was found out about a request. */
export function note(
  request: Request,
  details: Pick<Partial<RequestRecord>, 'authorization' | 'userId'>,
): void {
  const record = records.get(request)
  if (record !== undefined) Object.assign(record, details)
}

/** Records that a request, which has yet to reach the routes, meets a fault. */
export function noteFault(request: Request, fault: string): void {
  faults.set(request, fault)
}

/** Keeps the body of a request that was read. */
export function noteRequestBody(request: Request, text: string): void {
  const record = records.get(request)
  if (record !== undefined) record.requestBody = text
}

/** Keeps the body of a response, in case its request is recorded. */
export function noteResponseBody({ body }: Response, text: string): void {
  if (body !== null) responseTexts.set(body, text)
}

/** The body of a response, if it was text from the beginning. */
export const textOf = ({ body }: Response): string | undefined =>
  body === null ? undefined : responseTexts.get(body)
