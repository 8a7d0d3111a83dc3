/**
 * `POST /verify/*`: the code the user typed, for a challenge or an enrolment (contract 3.1).
 */

import { Hono } from 'hono'
import { type BearerEnv, bearer } from '../../auth.js'
import { json } from '../../errors.js'
import { OTP_METHODS } from '../../methods.js'
import { readBody } from '../../request.js'
import { ClientVerify } from '../../schemas.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

export function verifyRoutes(service: Service): Hono<BearerEnv> {
  const routes = new Hono<BearerEnv>()
  for (const method of OTP_METHODS)
    routes.post(`/${method.path}`, bearer(service), async c => {
      const { action } = c.var.caller
      const { verificationCode } = await readBody(c.req.raw, ClientVerify)
      const challenge = action.current.get(method.name)
      const verdict = service.challenges.verify(challenge, method, action.userId, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json(await verification(service, c.req.raw, action, verdict.enrolled))
    })
  return routes
}
