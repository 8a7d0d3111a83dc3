/**
 * `/refresh`, `/me` and `/logout`: the calls that need a refresh token.
 */

import { Hono } from 'hono'
import { NoFields } from '../../http/fields.js'
import { json } from '../../http/response.js'
import { Nothing } from '../../http/shapes.js'
import { userView } from '../../notp/users.js'
import type { Service } from '../../service.js'
import { callerSession, notpOperation, project } from './request.js'
import { logoutResponse, NotpUserShape, SessionResponse, sessionResponse } from './response.js'

const REFRESH = notpOperation({
  id: 'notpRefresh',
  summary: 'A new session token',
  body: NoFields,
  response: SessionResponse,
})
const ME = notpOperation({ id: 'notpMe', summary: 'The signed-in user', response: NotpUserShape })
const LOGOUT = notpOperation({
  id: 'notpLogout',
  summary: 'Ends the session',
  body: NoFields,
  response: Nothing,
})

export function sessionRoutes(service: Service): Hono {
  const { sessions } = service.notp
  const authenticate = project(service)

  return new Hono()
    .post('/refresh', authenticate, REFRESH, async c => {
      const session = await callerSession(service, c)
      return sessionResponse(service, c, await sessions.refresh(session), false)
    })
    .get('/me', authenticate, ME, async c => json(userView(sessions.userOf(await callerSession(service, c)))))
    .post('/logout', authenticate, LOGOUT, async c => {
      sessions.end(await callerSession(service, c))
      return logoutResponse(service, c)
    })
}
