/**
 * `POST /verify/email-magic-link/finalize`: polls whether the link was followed, on any device.
 *
 * Links are sent in `codes-and-links.ts`, and followed in `../magic-link-page.ts`.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import type { Action } from '../../authsignal/actions.js'
import { contactAuthenticator } from '../../authsignal/authenticators.js'
import { MAGIC_LINK } from '../../authsignal/methods.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { Id } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { verified } from '../../http/shapes.js'
import { notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const Finalize = v.object({ challengeId: v.optional(Id) })

const FINALIZE = operation({
  id: 'finalizeEmailMagicLink',
  summary: 'Whether the link was followed, on any device',
  body: Finalize,
  response: v.union([v.strictObject(verified), v.strictObject({ isVerified: v.literal(false) })]),
  errors: [404],
})

export function emailMagicLinkRoutes(service: Service): Hono<BearerEnv> {
  const { challenges } = service

  /** The named challenge, which must belong to the action, or else the latest link of the action. */
  function find(action: Action, challengeId: string | undefined) {
    if (challengeId === undefined) return challenges.latestOf(action, MAGIC_LINK.name)
    const challenge = challenges.find(challengeId)
    const isTheirs =
      challenge?.method === MAGIC_LINK.name &&
      challenge.userId === action.userId &&
      challenge.actionCode === action.actionCode &&
      challenge.idempotencyKey === action.idempotencyKey
    if (!isTheirs) throw notFound('challenge')
    return challenge
  }

  return new Hono<BearerEnv>().post(
    '/verify/email-magic-link/finalize',
    bearer(service),
    FINALIZE,
    async c => {
      const { action, user } = c.var.caller
      const { challengeId } = c.var.body
      const challenge = find(action, challengeId)
      if (challenge?.verifiedAt === undefined) return json({ isVerified: false })
      const { enrolledId } = challenge
      const enrolled = enrolledId === undefined ? undefined : contactAuthenticator(user, enrolledId)
      return json(await verification(service, c.req.raw, action, enrolled))
    },
  )
}
