/**
 * Challenges a backend starts: `/challenge`, `/verify`, `/claim` and `/challenges` (contract 4.5).
 */

import { Hono } from 'hono'
import type { InferOutput } from 'valibot'
import { contactMethod, type OtpMethod, otpMethod } from '../../authsignal/methods.js'
import { ALL_SCOPES, DEFAULT_SCOPES, parseScopes } from '../../authsignal/scopes.js'
import type { Challenge } from '../../authsignal/store.js'
import { secretKey } from '../../http/authorization.js'
import { ChallengeQuery, Claim, type NewChallenge, ServerChallenge, ServerVerify } from '../../http/fields.js'
import { originOf, readBody, readQuery } from '../../http/request.js'
import { toSeconds } from '../../lib/clock.js'
import { invalidRequest, json, notFound } from '../../lib/errors.js'
import { newId } from '../../lib/secrets.js'
import type { Service } from '../../service.js'

export function challengeRoutes(service: Service): Hono {
  const { actions, challenges, clock, store, tokens } = service
  const authenticate = secretKey(service)

  function find(challengeId: string): Challenge {
    const challenge = store.challenges.get(challengeId)
    if (challenge === undefined) throw notFound('challenge')
    return challenge
  }

  function refuseExpired({ expiresAt }: Challenge) {
    if (expiresAt <= clock.now()) throw invalidRequest('The challenge has expired.')
  }

  /** The method of a challenge that has a code. */
  function methodOf(challenge: Challenge): OtpMethod {
    const method = otpMethod(challenge.method)
    if (method === undefined) throw invalidRequest('The challenge has no code.')
    return method
  }

  function resend(challengeId: string): Challenge {
    const challenge = find(challengeId)
    if (challenge.verifiedAt !== undefined) throw invalidRequest('The challenge was completed already.')
    refuseExpired(challenge)
    methodOf(challenge)
    challenges.resend(challenge)
    return challenge
  }

  function claim(challenge: Challenge, userId: string, skipVerificationCheck: boolean) {
    if (challenge.userId !== undefined && challenge.userId !== userId)
      throw invalidRequest('The challenge belongs to another user.')
    refuseExpired(challenge)
    const isVerified = challenge.verifiedAt !== undefined
    if (!isVerified && !skipVerificationCheck) throw invalidRequest('The challenge was not verified.')
    challenge.userId = userId
    store.ensureUser(userId)
    const { actionCode, idempotencyKey, method } = challenge
    const action = actions.ensure({ userId, actionCode, idempotencyKey })
    if (isVerified) actions.complete(action, method, undefined)
    return { action, scopes: isVerified ? ALL_SCOPES : DEFAULT_SCOPES }
  }

  return new Hono()
    .post('/challenge', authenticate, async c => {
      const body = await readBody(c.req.raw, ServerChallenge)
      const challenge = 'challengeId' in body ? resend(body.challengeId) : start(body, originOf(c.req.raw))
      const { challengeId, idempotencyKey, expiresAt } = challenge
      return json({ challengeId, idempotencyKey, expiresAt: toSeconds(expiresAt) })
    })
    .post('/verify', authenticate, async c => {
      const { challengeId, verificationCode } = await readBody(c.req.raw, ServerVerify)
      const challenge = find(challengeId)
      const method = methodOf(challenge)
      const verdict = challenges.verify(challenge, method, challenge.subject, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json({ isVerified: true, verificationMethod: method.name, [method.contact]: challenge.contact })
    })
    .post('/claim', authenticate, async c => {
      const { challengeId, userId, skipVerificationCheck = false } = await readBody(c.req.raw, Claim)
      const challenge = find(challengeId)
      const { action, scopes } = claim(challenge, userId, skipVerificationCheck)
      const token = await tokens.issue(action, scopes, originOf(c.req.raw))
      return json({ token, verificationMethod: challenge.method })
    })
    .get('/challenges', authenticate, c => {
      const query = readQuery(c.req.raw, ChallengeQuery)
      const { challengeId, userId, action } = query
      if (challengeId === undefined && userId === undefined && action === undefined)
        throw invalidRequest('One of "challengeId", "userId" and "action" is required.')
      const challenge = [...store.challenges.values()].findLast(
        each =>
          each.expiresAt > clock.now() &&
          (challengeId === undefined || each.challengeId === challengeId) &&
          (userId === undefined || each.userId === userId) &&
          (action === undefined || each.actionCode === action) &&
          (query.verificationMethod === undefined || each.method === query.verificationMethod),
      )
      // CHOOSE: naming an unknown challenge is an error, finding none is not; contract 1.6.
      if (challenge === undefined && challengeId !== undefined) throw notFound('challenge')
      return json(challenge === undefined ? {} : details(challenge))
    })

  function start(body: InferOutput<typeof NewChallenge>, origin: string): Challenge {
    const { action: actionCode, idempotencyKey = newId(), userId, scope = '' } = body
    return challenges.start({
      actionCode,
      idempotencyKey,
      userId,
      method: contactMethod(body.verificationMethod),
      contact: 'email' in body ? body.email : body.phoneNumber,
      smsChannel: 'smsChannel' in body ? body.smsChannel : undefined,
      scopes: parseScopes(scope),
      purpose: { kind: userId === undefined ? 'sign-in' : 'contact' },
      origin,
    })
  }
}

function details(challenge: Challenge) {
  const { challengeId, expiresAt, method, verifiedAt, smsChannel, contact, actionCode } = challenge
  return {
    challengeId,
    expiresAt: toSeconds(expiresAt),
    verificationMethod: verifiedAt === undefined ? undefined : method,
    smsChannel,
    [contactMethod(method).contact]: contact,
    action: actionCode,
  }
}
