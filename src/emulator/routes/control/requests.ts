/**
 * `/emulator/requests`: the latest requests, once or as they come.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { eventStream, type Source } from '../../http/event-stream.js'
import { wholeNumber } from '../../http/fields.js'
import { readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { IsoTime } from '../../http/shapes.js'
import { matchesRequest, type RecordedRequest } from '../../lib/request-log.js'
import type { Service } from '../../service.js'
import { controlOperation } from './operation.js'

const RequestQuery = v.object({
  method: v.optional(v.pipe(v.string(), v.toUpperCase())),
  path: v.optional(v.string()),
  status: v.optional(wholeNumber),
  userId: v.optional(v.string()),
})

const Recorded = v.strictObject({
  id: v.string(),
  method: v.string(),
  path: v.string(),
  status: v.number(),
  authorization: v.picklist(['SECRET_KEY', 'TOKEN', 'TENANT_ID', 'PROJECT_ID', 'NONE']),
  userId: v.optional(v.string()),
  requestBody: v.optional(v.unknown()),
  responseBody: v.optional(v.unknown()),
  errorCode: v.optional(v.string()),
  errorDescription: v.optional(v.string()),
  fault: v.optional(v.string()),
  createdAt: IsoTime,
  durationMs: v.number(),
})

const LIST = controlOperation({
  id: 'listRequests',
  summary: 'The latest requests with their responses, without tokens or keys',
  query: RequestQuery,
  response: v.strictObject({ requests: v.array(Recorded) }),
})

export function requestRoutes({ requestLog: { requests } }: Service): Hono {
  return new Hono()
    .get('/requests', LIST, c => json({ requests: requests.list(c.var.query) }))
    .get('/requests/stream', c => {
      const filter = readQuery(c.req.raw, RequestQuery)
      const source: Source<RecordedRequest> = {
        list: () => requests.list(filter),
        observe: ({ added, cleared }) =>
          requests.observe({ request: each => matchesRequest(each, filter) && added(each), cleared }),
      }
      return eventStream(source, c.req.header('Last-Event-ID'))
    })
}
