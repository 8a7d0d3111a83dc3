/**
 * `POST /verify/*`: the code the user typed, for a challenge or an enrolment (contract 3.1).
 */

import { Hono } from 'hono'
import { type BearerEnv, bearer } from '../../auth.js'
import { json } from '../../errors.js'
import { OTP_METHODS } from '../../methods.js'
import { originOf, readBody } from '../../request.js'
import { ClientVerify } from '../../schemas.js'
import { ALL_SCOPES } from '../../scopes.js'
import type { Service } from '../../service.js'
import { clientAuthenticator } from '../../views.js'

export function verifyRoutes(service: Service): Hono<BearerEnv> {
  const { challenges, tokens } = service
  const routes = new Hono<BearerEnv>()
  for (const method of OTP_METHODS)
    routes.post(`/${method.path}`, bearer(service), async c => {
      const { action } = c.var.caller
      const { verificationCode } = await readBody(c.req.raw, ClientVerify)
      const challenge = action.current.get(method.name)
      const verdict = challenges.verify(challenge, method, action.userId, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      const userAuthenticator = verdict.enrolled && clientAuthenticator(verdict.enrolled)
      const accessToken = await tokens.issue(action, ALL_SCOPES, originOf(c.req.raw))
      return json({ isVerified: true, accessToken, userAuthenticator })
    })
  return routes
}
