/**
 * `POST /verify/*`: the code the user typed, for a challenge or an enrolment (contract 3.1).
 */

import { Hono } from 'hono'
import { OTP_METHODS } from '../../authsignal/methods.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { ClientVerify } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { json } from '../../lib/errors.js'
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
