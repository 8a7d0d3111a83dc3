/**
 * Authenticator apps: enrolling one and checking its codes (contract 3.6).
 */

import { Hono } from 'hono'
import {
  addPending,
  confirm,
  isVerified,
  mayAdd,
  newRecord,
  requireMayAdd,
} from '../../authsignal/authenticators.js'
import type { Verdict } from '../../authsignal/challenges.js'
import { VERIFIES } from '../../authsignal/methods.js'
import { requireReadScope } from '../../authsignal/scopes.js'
import type { AppAuthenticator } from '../../authsignal/store.js'
import type { Caller } from '../../authsignal/tokens.js'
import { newTotp, spendCode } from '../../authsignal/totp.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { ClientVerify, Nothing } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { json } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const METHOD = 'AUTHENTICATOR_APP'

export function totpRoutes(service: Service): Hono<BearerEnv> {
  const { actions, clock, config, limits } = service

  /** The apps whose code the caller may give: those in use, and the one being enrolled. */
  function candidatesOf({ user, scopes }: Caller): readonly AppAuthenticator[] {
    const apps = user.authenticators.filter(each => each.verificationMethod === METHOD)
    const pending = mayAdd(user, scopes) ? apps.filter(each => !isVerified(each)) : []
    if (pending.length === 0) requireReadScope(scopes)
    return scopes.includes('read:authenticators') ? [...apps.filter(isVerified), ...pending] : pending
  }

  /** Synchronous, so that of any number of simultaneous attempts with one code one succeeds. */
  function verify(caller: Caller, code: string): Verdict {
    const { user, action } = caller
    const candidates = candidatesOf(caller)
    if (limits.take(JSON.stringify(['verify', METHOD, user.userId]), VERIFIES).retryAfter !== undefined)
      return { isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }
    const now = clock.now()
    const authenticator = candidates.find(({ totp }) => spendCode(totp, code, now))
    if (authenticator === undefined) return { isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }
    const isEnrolment = !isVerified(authenticator)
    confirm(user, authenticator, now)
    actions.complete(action, METHOD, authenticator.userAuthenticatorId)
    return { isVerified: true, enrolled: isEnrolment ? authenticator : undefined }
  }

  return new Hono<BearerEnv>()
    .post('/user-authenticators/totp', bearer(service), async c => {
      await readBody(c.req.raw, Nothing)
      const { user, scopes } = c.var.caller
      requireMayAdd(user, scopes)
      const totp = newTotp(config.tenantId, user.email ?? user.userId)
      const authenticator: AppAuthenticator = {
        ...newRecord(user, clock.now()),
        verificationMethod: METHOD,
        totp,
      }
      addPending(user, authenticator)
      const { userAuthenticatorId, userId } = authenticator
      const { generator } = totp
      return json({ userAuthenticatorId, userId, uri: generator.toString(), secret: generator.secret.base32 })
    })
    .post('/verify/totp', bearer(service), async c => {
      const { verificationCode } = await readBody(c.req.raw, ClientVerify)
      const verdict = verify(c.var.caller, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json(await verification(service, c.req.raw, c.var.caller.action, verdict.enrolled))
    })
}
