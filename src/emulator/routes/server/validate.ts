/**
 * `POST /validate`: the state of the action of a token.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { secretKey } from '../../http/authorization.js'
import { VerificationMethodName } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { ActionState, IsoTime } from '../../http/shapes.js'
import { toIso } from '../../lib/clock.js'
import type { Service } from '../../service.js'

const Validate = v.object({
  token: v.string(),
  action: v.optional(v.string()),
  userId: v.optional(v.string()),
})

const VALIDATE = operation({
  id: 'validateChallenge',
  summary: 'The state of the action of a token',
  body: Validate,
  response: v.union([
    v.strictObject({
      isValid: v.boolean(),
      state: ActionState,
      stateUpdatedAt: IsoTime,
      userId: v.string(),
      idempotencyKey: v.string(),
      actionCode: v.string(),
      action: v.string(),
      verificationMethod: v.optional(VerificationMethodName),
    }),
    v.strictObject({ isValid: v.literal(false), error: v.string() }),
  ]),
})

export function validateRoutes(service: Service): Hono {
  return new Hono().post('/validate', secretKey(service), VALIDATE, async c => {
    const expected = c.var.body
    const caller = await service.tokens.read(expected.token).catch(() => undefined)
    if (caller === undefined) return invalid('Token is invalid or expired.')
    const { action } = caller
    if (expected.userId !== undefined && expected.userId !== action.userId) return invalid('User is invalid.')
    if (expected.action !== undefined && expected.action !== action.actionCode)
      return invalid('Action is invalid.')

    const { state, userId, idempotencyKey, actionCode, verificationMethod } = action
    return json({
      isValid: state === 'CHALLENGE_SUCCEEDED',
      state,
      stateUpdatedAt: toIso(action.stateUpdatedAt),
      userId,
      idempotencyKey,
      // Some SDKs read `actionCode`, others `action`.
      actionCode,
      action: actionCode,
      verificationMethod,
    })
  })
}

const invalid = (error: string) => json({ isValid: false, error })
