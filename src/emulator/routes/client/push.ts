/**
 * Push: the browser's side, which asks and waits (contract 3.9).
 *
 * The phone's side is `push-device.ts`, and that of the simulated phone `../phone.ts`.
 */

import { Hono } from 'hono'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { PushChallenge, PushVerify } from '../../http/fields.js'
import { readBody, userAgentOf } from '../../http/request.js'
import { invalidRequest, json, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

export function pushRoutes(service: Service): Hono<BearerEnv> {
  const { approvals } = service
  return new Hono<BearerEnv>()
    .post('/challenge/push', bearer(service), async c => {
      const { userAuthenticatorId } = await readBody(c.req.raw, PushChallenge)
      const userAgent = userAgentOf(c.req.raw)
      const { approval, asked } = approvals.startPush(c.var.caller, { userAuthenticatorId, userAgent })
      const deliveryResults = asked.map(userAuthenticatorId => ({ userAuthenticatorId }))
      return json({ challengeId: approval.challengeId, deliveryResults })
    })
    .post('/verify/push', bearer(service), async c => {
      const { challengeId } = await readBody(c.req.raw, PushVerify)
      const { action } = c.var.caller
      const approval = approvals.find('PUSH', challengeId)
      if (approval.actionId !== action.id) throw notFound('challenge')
      if (approvals.isExpired(approval)) throw invalidRequest('The challenge has expired.')
      if (approval.state === 'approved')
        return json({ ...(await verification(service, c.req.raw, action)), isConsumed: true })
      return json({ isVerified: false, isConsumed: approval.state === 'rejected' })
    })
}
