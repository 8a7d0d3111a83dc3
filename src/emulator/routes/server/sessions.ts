/**
 * `/sessions`: sessions for an app's own API.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { secretKey } from '../../http/authorization.js'
import { Id, VerificationMethodName } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { addressOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { Jwt, Nothing, Seconds, UserOfSession } from '../../http/shapes.js'
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

const SessionTokens = v.strictObject({ accessToken: Jwt, refreshToken: v.string() })
const CREATE = operation({
  id: 'createSession',
  summary: 'Starts a session of an app, for the token of a completed challenge',
  body: NewSession,
  response: SessionTokens,
})
const VALIDATE = operation({
  id: 'validateSession',
  summary: 'The user of an access token',
  body: SessionValidation,
  response: v.strictObject({
    user: UserOfSession,
    expiresAt: Seconds,
    verificationMethod: VerificationMethodName,
  }),
})
const REFRESH = operation({
  id: 'refreshSession',
  summary: 'New tokens for a refresh token, which ends',
  body: SessionRefresh,
  response: SessionTokens,
})
const REVOKE = operation({
  id: 'revokeSession',
  summary: 'Ends the session of an access token',
  body: SessionRevocation,
  response: Nothing,
})
const REVOKE_USER = operation({
  id: 'revokeUserSessions',
  summary: 'Ends all sessions of a user',
  body: UserRevocation,
  response: Nothing,
})

export function sessionRoutes(service: Service): Hono {
  const { sessions, tokens, users } = service
  const authenticate = secretKey(service)

  return new Hono()
    .post('/sessions', authenticate, CREATE, async c => {
      const { clientId, token, action: expected } = c.var.body
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
    .post('/sessions/validate', authenticate, VALIDATE, async c => {
      const { accessToken, clientIds } = c.var.body
      const { session, expiresAt } = await sessions.read(accessToken)
      const { clientId, userId, verificationMethod } = session
      const user = users.find(userId)
      if (user === undefined || clientIds?.includes(clientId) === false) throw unauthorized()
      return json({ user: userAttributes(user), expiresAt, verificationMethod })
    })
    .post('/sessions/refresh', authenticate, REFRESH, async c => {
      const { refreshToken } = c.var.body
      return json(await sessions.refresh(refreshToken, addressOf(c.req.raw, service.config)))
    })
    .post('/sessions/revoke', authenticate, REVOKE, async c => {
      const { accessToken } = c.var.body
      sessions.revoke((await sessions.read(accessToken)).session)
      return json({})
    })
    .post('/sessions/user/revoke', authenticate, REVOKE_USER, c => {
      const { userId } = c.var.body
      sessions.forgetUser(userId)
      return json({})
    })
}
