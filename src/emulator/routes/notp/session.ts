/**
 * `/refresh`, `/me` and `/logout`: the calls that need a refresh token.
 */

import { Hono } from 'hono'
import { NoFields } from '../../http/fields.js'
import { json } from '../../http/response.js'
import { userView } from '../../notp/users.js'
import type { Service } from '../../service.js'
import { callerSession, project, readNotpBody } from './request.js'
import { logoutResponse, sessionResponse } from './response.js'

export function sessionRoutes(service: Service): Hono {
  const { sessions } = service.notp
  const authenticate = project(service)

  return new Hono()
    .post('/refresh', authenticate, async c => {
      await readNotpBody(c.req.raw, NoFields)
      const session = await callerSession(service, c)
      return sessionResponse(service, c, await sessions.refresh(session), false)
    })
    .get('/me', authenticate, async c => json(userView(sessions.userOf(await callerSession(service, c)))))
    .post('/logout', authenticate, async c => {
      await readNotpBody(c.req.raw, NoFields)
      sessions.end(await callerSession(service, c))
      return logoutResponse(service, c)
    })
}
