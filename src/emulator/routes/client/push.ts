/**
 * Push, in the browser: starting a challenge, and polling for the response.
 *
 * The phone's calls are in `push-device.ts`, those of a simulated phone in `../control/phone.ts`.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { ActionCode, Id } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { userAgentOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { verified } from '../../http/shapes.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const PushChallenge = v.object({
  // Without effect: the action of the token counts.
  action: v.optional(ActionCode),
  userAuthenticatorId: v.optional(Id),
})
const PushVerify = v.object({ challengeId: Id })

const CHALLENGE = operation({
  id: 'challengePush',
  summary: 'Sends a request to approve to the phones of the user',
  body: PushChallenge,
  response: v.strictObject({
    challengeId: v.string(),
    deliveryResults: v.array(v.strictObject({ userAuthenticatorId: v.string() })),
  }),
  errors: [403, 404, 502],
})
const VERIFY = operation({
  id: 'verifyPush',
  summary: 'Whether the user has approved',
  body: PushVerify,
  response: v.union([
    v.strictObject({ ...verified, isConsumed: v.literal(true) }),
    v.strictObject({ isVerified: v.literal(false), isConsumed: v.boolean() }),
  ]),
  errors: [404],
})

export function pushRoutes(service: Service): Hono<BearerEnv> {
  const { approvals, delivery } = service
  return new Hono<BearerEnv>()
    .post('/challenge/push', bearer(service), CHALLENGE, async c => {
      const { userAuthenticatorId } = c.var.body
      const userAgent = userAgentOf(c.req.raw)
      const { approval, deviceIds } = approvals.startPush(c.var.caller, { userAuthenticatorId, userAgent })
      await delivery.push(approval)
      const deliveryResults = deviceIds.map(userAuthenticatorId => ({ userAuthenticatorId }))
      return json({ challengeId: approval.challengeId, deliveryResults })
    })
    .post('/verify/push', bearer(service), VERIFY, async c => {
      const { challengeId } = c.var.body
      const { action } = c.var.caller
      const approval = approvals.find('PUSH', challengeId)
      if (approval.actionId !== action.id) throw notFound('challenge')
      if (approvals.isExpired(approval)) throw invalidRequest('The challenge has expired.')
      if (approval.state === 'approved')
        return json({ ...(await verification(service, c.req.raw, action)), isConsumed: true })
      return json({ isVerified: false, isConsumed: approval.state === 'rejected' })
    })
}
