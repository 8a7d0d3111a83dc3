/**
 * Authenticator apps: enrolling one, and verifying its codes.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { addPending, isVerified, mayAdd, newRecord, requireMayAdd } from '../../authsignal/authenticators.js'
import type { Verdict } from '../../authsignal/challenges.js'
import { VERIFIES } from '../../authsignal/methods.js'
import { requireReadScope } from '../../authsignal/scopes.js'
import type { Caller } from '../../authsignal/tokens.js'
import { newTotp, useCode } from '../../authsignal/totp.js'
import type { AppAuthenticator } from '../../authsignal/users.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { NoFields, VerificationCode } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { Verification } from '../../http/shapes.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const METHOD = 'AUTHENTICATOR_APP'

const ENROL = operation({
  id: 'enrollTotp',
  summary: 'Starts the enrolment of an authenticator app',
  body: NoFields,
  response: v.strictObject({
    userAuthenticatorId: v.string(),
    userId: v.string(),
    uri: v.string(),
    secret: v.string(),
  }),
  errors: [403],
})
const VERIFY = operation({
  id: 'verifyTotp',
  summary: 'Verifies a code of an authenticator app',
  body: VerificationCode,
  response: Verification,
  errors: [403, 502],
})

export function totpRoutes(service: Service): Hono<BearerEnv> {
  const { actions, clock, config, enrolments, limits, random } = service

  /** The apps whose codes the token may verify: the verified ones, and one that is being enrolled. */
  function candidatesOf({ user, scopes }: Caller): readonly AppAuthenticator[] {
    const apps = user.authenticators.filter(each => each.verificationMethod === METHOD)
    const pending = mayAdd(user, scopes) ? apps.filter(each => !isVerified(each)) : []
    if (pending.length === 0) requireReadScope(scopes)
    return scopes.includes('read:authenticators') ? [...apps.filter(isVerified), ...pending] : pending
  }

  /** A code is used before webhooks decide, so that of several simultaneous attempts with one code one succeeds. */
  async function verify(caller: Caller, code: string): Promise<Verdict> {
    const { user, action } = caller
    const candidates = candidatesOf(caller)
    if (limits.take(JSON.stringify(['verify', METHOD, user.userId]), VERIFIES).retryAfter !== undefined)
      return { isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }
    const now = clock.now()
    const authenticator = candidates.find(({ totp }) => useCode(totp, code, now))
    if (authenticator === undefined) return { isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }
    await actions.permit(action)
    if (!user.authenticators.includes(authenticator))
      return { isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }
    const isEnrolment = !isVerified(authenticator)
    enrolments.confirm(user, authenticator)
    actions.complete(action, METHOD, authenticator.userAuthenticatorId)
    return { isVerified: true, enrolled: isEnrolment ? authenticator : undefined }
  }

  return new Hono<BearerEnv>()
    .post('/user-authenticators/totp', bearer(service), ENROL, c => {
      const { user, scopes } = c.var.caller
      requireMayAdd(user, scopes)
      const { totp, uri } = newTotp(random, config.tenantId, user.email ?? user.userId)
      const authenticator: AppAuthenticator = {
        ...newRecord(user, random.id(), clock.now()),
        verificationMethod: METHOD,
        totp,
      }
      addPending(user, authenticator)
      const { userAuthenticatorId, userId } = authenticator
      return json({ userAuthenticatorId, userId, uri, secret: totp.secret })
    })
    .post('/verify/totp', bearer(service), VERIFY, async c => {
      const { verificationCode } = c.var.body
      const verdict = await verify(c.var.caller, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json(await verification(service, c.req.raw, c.var.caller.action, verdict.enrolled))
    })
}
