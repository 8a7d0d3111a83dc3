/**
 * `POST /verify/email-magic-link/finalize`: whether the link was followed, on whatever device (contract 3.5).
 *
 * Sending a link is `challenge.ts` and `user-authenticators.ts`; following it is `../magic-link.ts`.
 */

import { Hono } from 'hono'
import { MAGIC_LINK } from '../../authsignal/methods.js'
import type { Action } from '../../authsignal/store.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { Finalize } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { json, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

export function magicLinkRoutes(service: Service): Hono<BearerEnv> {
  /** The challenge that is asked about: of the token's action, whether named or not. */
  function find({ userId, actionCode, idempotencyKey, current }: Action, challengeId: string | undefined) {
    if (challengeId === undefined) return current.get(MAGIC_LINK.name)
    const challenge = service.store.challenges.get(challengeId)
    const isTheirs =
      challenge?.method === MAGIC_LINK.name &&
      challenge.userId === userId &&
      challenge.actionCode === actionCode &&
      challenge.idempotencyKey === idempotencyKey
    if (!isTheirs) throw notFound('challenge')
    return challenge
  }

  return new Hono<BearerEnv>().post('/verify/email-magic-link/finalize', bearer(service), async c => {
    const { action } = c.var.caller
    const { challengeId } = await readBody(c.req.raw, Finalize)
    const challenge = find(action, challengeId)
    if (challenge?.verifiedAt === undefined) return json({ isVerified: false })
    return json(await verification(service, c.req.raw, action, challenge.enrolled))
  })
}
