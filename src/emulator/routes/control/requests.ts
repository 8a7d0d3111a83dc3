/**
 * `/emulator/requests`: the latest requests, once or as they come.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { eventStream, type Source } from '../../http/event-stream.js'
import { wholeNumber } from '../../http/fields.js'
import { readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { matchesRequest, type RecordedRequest } from '../../lib/request-log.js'
import type { Service } from '../../service.js'

const RequestQuery = v.object({
  method: v.optional(v.pipe(v.string(), v.toUpperCase())),
  path: v.optional(v.string()),
  status: v.optional(wholeNumber),
  userId: v.optional(v.string()),
})

export function requestRoutes({ requestLog: { requests } }: Service): Hono {
  return new Hono()
    .get('/requests', c => json({ requests: requests.list(readQuery(c.req.raw, RequestQuery)) }))
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
