/**
 * `POST /validate`: what became of the action a token stands for (contract 4.3).
 */

import { Hono } from 'hono'
import { secretKey } from '../../http/authorization.js'
import { Validate } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { toIso } from '../../lib/clock.js'
import { json } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function validateRoutes(service: Service): Hono {
  return new Hono().post('/validate', secretKey(service), async c => {
    const expected = await readBody(c.req.raw, Validate)
    const caller = await service.tokens.read(expected.token).catch(() => undefined)
    // CHOOSE: this sentence and the one for actions; contract 4.3.
    if (caller === undefined) return refusal('Token is invalid or expired.')
    const { action } = caller
    if (expected.userId !== undefined && expected.userId !== action.userId) return refusal('User is invalid.')
    if (expected.action !== undefined && expected.action !== action.actionCode)
      return refusal('Action is invalid.')

    const { state, userId, idempotencyKey, actionCode, verificationMethod } = action
    return json({
      isValid: state === 'CHALLENGE_SUCCEEDED',
      state,
      stateUpdatedAt: toIso(action.stateUpdatedAt),
      userId,
      idempotencyKey,
      // Some SDKs read the one, some the other.
      actionCode,
      action: actionCode,
      verificationMethod,
    })
  })
}

const refusal = (error: string) => json({ isValid: false, error })
