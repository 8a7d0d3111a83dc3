/**
 * Challenges that a backend starts: `/challenge`, `/verify`, `/claim` and `/challenges`.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import type { Challenge } from '../../authsignal/challenges.js'
import { contactMethod, type OtpMethod, otpMethod } from '../../authsignal/methods.js'
import { ALL_SCOPES, DEFAULT_SCOPES, parseScopes } from '../../authsignal/scopes.js'
import { secretKey } from '../../http/authorization.js'
import {
  ActionCode,
  deviceDetails,
  Email,
  Id,
  PhoneNumber,
  SmsChannel,
  shortText,
  VerificationCode,
  VerificationMethodName,
} from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { addressOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { FailedVerification, Jwt, Seconds } from '../../http/shapes.js'
import { toSeconds } from '../../lib/clock.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const newChallenge = {
  ...deviceDetails,
  action: ActionCode,
  idempotencyKey: v.optional(Id),
  userId: v.optional(Id),
  scope: v.optional(shortText),
}
const NewChallenge = v.variant('verificationMethod', [
  v.object({
    ...newChallenge,
    verificationMethod: v.literal('SMS'),
    phoneNumber: PhoneNumber,
    smsChannel: v.optional(SmsChannel),
  }),
  v.object({ ...newChallenge, verificationMethod: v.literal('WHATSAPP'), phoneNumber: PhoneNumber }),
  v.object({ ...newChallenge, verificationMethod: v.literal('EMAIL_OTP'), email: Email }),
])
const Resend = v.object({ challengeId: Id })
/** With a `challengeId` the code of that challenge is sent again, and all other fields are ignored. */
const ChallengeBody = v.lazy(input =>
  typeof input === 'object' && input !== null && 'challengeId' in input ? Resend : NewChallenge,
)
const Verify = v.object({ challengeId: Id, ...VerificationCode.entries })
const Claim = v.object({
  challengeId: Id,
  userId: Id,
  skipVerificationCheck: v.optional(v.boolean()),
})
const ChallengeQuery = v.object({
  challengeId: v.optional(Id),
  userId: v.optional(Id),
  action: v.optional(ActionCode),
  verificationMethod: v.optional(VerificationMethodName),
})

const contacts = { phoneNumber: v.optional(v.string()), email: v.optional(v.string()) }
const START = operation({
  id: 'challenge',
  summary: 'Sends a code, or sends the code of a challenge again',
  body: ChallengeBody,
  documentedBody: v.union([NewChallenge, Resend]),
  response: v.strictObject({ challengeId: v.string(), idempotencyKey: v.string(), expiresAt: Seconds }),
  errors: [404, 429, 502],
})
const VERIFY = operation({
  id: 'verify',
  summary: 'Verifies the code of a challenge',
  body: Verify,
  response: v.union([
    v.strictObject({ isVerified: v.literal(true), verificationMethod: VerificationMethodName, ...contacts }),
    FailedVerification,
  ]),
  errors: [404, 502],
})
const CLAIM = operation({
  id: 'claimChallenge',
  summary: 'Gives a challenge to a user; the token is one of that user',
  body: Claim,
  response: v.strictObject({ token: Jwt, verificationMethod: VerificationMethodName }),
  errors: [404, 502],
})
const READ = operation({
  id: 'getChallenge',
  summary: 'The latest open challenge that matches; an empty object when no challenge does',
  query: ChallengeQuery,
  response: v.strictObject({
    challengeId: v.optional(v.string()),
    expiresAt: v.optional(Seconds),
    verificationMethod: v.optional(VerificationMethodName),
    smsChannel: v.optional(SmsChannel),
    ...contacts,
    action: v.optional(v.string()),
  }),
  errors: [404],
})

export function challengeRoutes(service: Service): Hono {
  const { actions, challenges, clock, delivery, random, tokens, users } = service
  const authenticate = secretKey(service)

  function find(challengeId: string): Challenge {
    const challenge = challenges.find(challengeId)
    if (challenge === undefined) throw notFound('challenge')
    return challenge
  }

  function requireOpen({ expiresAt }: Challenge) {
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
    requireOpen(challenge)
    methodOf(challenge)
    challenges.resend(challenge)
    return challenge
  }

  function requireClaimable(challenge: Challenge, userId: string) {
    if (challenge.userId !== undefined && challenge.userId !== userId)
      throw invalidRequest('The challenge belongs to another user.')
    requireOpen(challenge)
  }

  async function claim(challenge: Challenge, userId: string, skipVerificationCheck: boolean) {
    requireClaimable(challenge, userId)
    const isVerified = challenge.verifiedAt !== undefined
    if (!isVerified && !skipVerificationCheck) throw invalidRequest('The challenge was not verified.')
    users.ensure(userId)
    const { actionCode, idempotencyKey, method } = challenge
    const action = actions.ensure({ userId, actionCode, idempotencyKey })
    if (isVerified) await actions.permit(action)
    requireClaimable(challenge, userId)
    challenge.userId = userId
    if (isVerified) actions.complete(action, method, undefined)
    return { action, scopes: isVerified ? ALL_SCOPES : DEFAULT_SCOPES }
  }

  return new Hono()
    .post('/challenge', authenticate, START, async c => {
      const { body } = c.var
      const challenge =
        'challengeId' in body ? resend(body.challengeId) : start(body, addressOf(c.req.raw, service.config))
      await delivery.send(challenge)
      const { challengeId, idempotencyKey, expiresAt } = challenge
      return json({ challengeId, idempotencyKey, expiresAt: toSeconds(expiresAt) })
    })
    .post('/verify', authenticate, VERIFY, async c => {
      const { challengeId, verificationCode } = c.var.body
      const challenge = find(challengeId)
      const method = methodOf(challenge)
      const verdict = await challenges.verify(challenge, method, challenge.subject, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json({ isVerified: true, verificationMethod: method.name, [method.contact]: challenge.contact })
    })
    .post('/claim', authenticate, CLAIM, async c => {
      const { challengeId, userId, skipVerificationCheck = false } = c.var.body
      const challenge = find(challengeId)
      const { action, scopes } = await claim(challenge, userId, skipVerificationCheck)
      const token = await tokens.issue(action, scopes, addressOf(c.req.raw, service.config))
      return json({ token, verificationMethod: challenge.method })
    })
    .get('/challenges', authenticate, READ, c => {
      const { query } = c.var
      const { challengeId, userId, action } = query
      if (challengeId === undefined && userId === undefined && action === undefined)
        throw invalidRequest('One of "challengeId", "userId" and "action" is required.')
      const challenge = challenges
        .all()
        .findLast(
          each =>
            each.expiresAt > clock.now() &&
            (challengeId === undefined || each.challengeId === challengeId) &&
            (userId === undefined || each.userId === userId) &&
            (action === undefined || each.actionCode === action) &&
            (query.verificationMethod === undefined || each.method === query.verificationMethod),
        )
      // An unknown challenge ID is an error; an empty search result is not.
      if (challenge === undefined && challengeId !== undefined) throw notFound('challenge')
      return json(challenge === undefined ? {} : details(challenge))
    })

  function start(body: v.InferOutput<typeof NewChallenge>, address: string): Challenge {
    const { action: actionCode, idempotencyKey = random.id(), userId, scope = '' } = body
    const { userAgent, ipAddress } = body
    return challenges.start({
      actionCode,
      idempotencyKey,
      userId,
      userAgent,
      ipAddress,
      method: contactMethod(body.verificationMethod),
      contact: 'email' in body ? body.email : body.phoneNumber,
      smsChannel: 'smsChannel' in body ? body.smsChannel : undefined,
      scopes: parseScopes(scope),
      purpose: { kind: userId === undefined ? 'sign-in' : 'contact' },
      address,
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
