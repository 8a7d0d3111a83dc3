/**
 * `/refresh`, `/me` and `/logout`: what a refresh token is good for (nOTP contract 4).
 */

import { Hono } from 'hono'
import { Nothing } from '../../http/fields.js'
import { json } from '../../lib/errors.js'
import { userView } from '../../notp/users.js'
import type { Service } from '../../service.js'
import { callerSession, project, readNotpBody } from './request.js'
import { farewell, sessionAnswer } from './response.js'

export function sessionRoutes(service: Service): Hono {
  const { sessions } = service.notp
  const authenticate = project(service)

  return new Hono()
    .post('/refresh', authenticate, async c => {
      await readNotpBody(c.req.raw, Nothing)
      const session = await callerSession(service, c.req.raw)
      return sessionAnswer(service, c.req.raw, await sessions.refresh(session), false)
    })
    .get('/me', authenticate, async c => json(userView((await callerSession(service, c.req.raw)).user)))
    .post('/logout', authenticate, async c => {
      await readNotpBody(c.req.raw, Nothing)
      sessions.end(await callerSession(service, c.req.raw))
      return farewell(service, c.req.raw)
    })
}
