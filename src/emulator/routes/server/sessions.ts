/**
 * `/sessions`: sessions for an app's own API (contract 4.6).
 */

import { Hono } from 'hono'
import { secretKey } from '../../http/authorization.js'
import {
  NewSession,
  SessionCheck,
  SessionRefresh,
  SessionRevocation,
  UserRevocation,
} from '../../http/fields.js'
import { originOf, readBody } from '../../http/request.js'
import { userAttributes } from '../../http/views.js'
import { invalidRequest, json, unauthorized } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function sessionRoutes(service: Service): Hono {
  const { sessions, store, tokens } = service
  const authenticate = secretKey(service)

  return new Hono()
    .post('/sessions', authenticate, async c => {
      const { clientId, token, action: expected } = await readBody(c.req.raw, NewSession)
      const { action } = await tokens.read(token)
      const { userId, state, actionCode, verificationMethod } = action
      if (state !== 'CHALLENGE_SUCCEEDED' || verificationMethod === undefined)
        throw invalidRequest('The challenge of this token was not completed.')
      if (expected !== undefined && expected !== actionCode)
        throw invalidRequest('The token is for another action.')
      return json(await sessions.create({ clientId, userId, verificationMethod }, originOf(c.req.raw)))
    })
    .post('/sessions/validate', authenticate, async c => {
      const { accessToken, clientIds } = await readBody(c.req.raw, SessionCheck)
      const { session, expiresAt } = await sessions.read(accessToken)
      const { clientId, userId, verificationMethod } = session
      const user = store.users.get(userId)
      if (user === undefined || clientIds?.includes(clientId) === false) throw unauthorized()
      return json({ user: userAttributes(user), expiresAt, verificationMethod })
    })
    .post('/sessions/refresh', authenticate, async c => {
      const { refreshToken } = await readBody(c.req.raw, SessionRefresh)
      return json(await sessions.refresh(refreshToken, originOf(c.req.raw)))
    })
    .post('/sessions/revoke', authenticate, async c => {
      const { accessToken } = await readBody(c.req.raw, SessionRevocation)
      sessions.revoke((await sessions.read(accessToken)).session)
      return json({})
    })
    .post('/sessions/user/revoke', authenticate, async c => {
      const { userId } = await readBody(c.req.raw, UserRevocation)
      sessions.revokeAll(userId)
      return json({})
    })
}
