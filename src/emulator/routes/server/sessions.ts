/**
 * `/sessions`: sessions for an app's own API.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { secretKey } from '../../http/authorization.js'
import { Id } from '../../http/fields.js'
import { addressOf, readBody } from '../../http/request.js'
import { json } from '../../http/response.js'
import { userAttributes } from '../../http/views.js'
import { invalidRequest, unauthorized } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const NewSession = v.object({ clientId: Id, token: v.string(), action: v.optional(v.string()) })
const SessionValidation = v.object({
  accessToken: v.string(),
  clientIds: v.optional(v.array(v.string())),
})
const SessionRefresh = v.object({ refreshToken: v.string() })
const SessionRevocation = v.object({ accessToken: v.string() })
const UserRevocation = v.object({ userId: Id })

export function sessionRoutes(service: Service): Hono {
  const { sessions, tokens, users } = service
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
      return json(
        await sessions.create({ clientId, userId, verificationMethod }, addressOf(c.req.raw, service.config)),
      )
    })
    .post('/sessions/validate', authenticate, async c => {
      const { accessToken, clientIds } = await readBody(c.req.raw, SessionValidation)
      const { session, expiresAt } = await sessions.read(accessToken)
      const { clientId, userId, verificationMethod } = session
      const user = users.find(userId)
      if (user === undefined || clientIds?.includes(clientId) === false) throw unauthorized()
      return json({ user: userAttributes(user), expiresAt, verificationMethod })
    })
    .post('/sessions/refresh', authenticate, async c => {
      const { refreshToken } = await readBody(c.req.raw, SessionRefresh)
      return json(await sessions.refresh(refreshToken, addressOf(c.req.raw, service.config)))
    })
    .post('/sessions/revoke', authenticate, async c => {
      const { accessToken } = await readBody(c.req.raw, SessionRevocation)
      sessions.revoke((await sessions.read(accessToken)).session)
      return json({})
    })
    .post('/sessions/user/revoke', authenticate, async c => {
      const { userId } = await readBody(c.req.raw, UserRevocation)
      sessions.forgetUser(userId)
      return json({})
    })
}
