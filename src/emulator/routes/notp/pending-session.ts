/**
 * `/notp/pending-session`: whether the message has arrived, and the session that follows (nOTP contract 7).
 */

import { Hono } from 'hono'
import { NotpPoll } from '../../http/fields.js'
import type { Service } from '../../service.js'
import { project, readNotpBody } from './request.js'
import { sessionAnswer } from './response.js'

export function pendingSessionRoutes(service: Service): Hono {
  return new Hono().post('/', project(service), async c => {
    const { pendingRef } = await readNotpBody(c.req.raw, NotpPoll)
    const { issued, firstSeen } = await service.notp.logins.collect(pendingRef)
    return sessionAnswer(service, c.req.raw, issued, firstSeen)
  })
}
