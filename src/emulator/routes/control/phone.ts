/**
 * `/emulator/push/*` and `/emulator/qr/*`: a simulated phone.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import type { Approval } from '../../authsignal/approvals.js'
import { newRecord, requireRoom } from '../../authsignal/authenticators.js'
import type { DeviceAuthenticator } from '../../authsignal/users.js'
import { Id, shortText } from '../../http/fields.js'
import { json } from '../../http/response.js'
import { IsoTime } from '../../http/shapes.js'
import { toIso } from '../../lib/clock.js'
import type { Service } from '../../service.js'
import { controlOperation } from './operation.js'

const PhoneEnrolment = v.object({ userId: Id, deviceName: v.optional(shortText) })
const PhoneQuery = v.object({ userId: v.optional(Id) })
const PhoneClaim = v.object({ challengeId: Id, userId: Id })
const PhoneResponse = v.object({ challengeId: Id, approved: v.boolean() })

/** A challenge as a phone shows it. */
const PhoneChallenge = v.strictObject({
  challengeId: v.string(),
  state: v.picklist(['unclaimed', 'claimed', 'approved', 'rejected']),
  userId: v.optional(v.string()),
  userAuthenticatorId: v.optional(v.string()),
  actionCode: v.string(),
  idempotencyKey: v.string(),
  userAgent: v.optional(v.string()),
  custom: v.optional(v.unknown()),
  createdAt: IsoTime,
  expiresAt: IsoTime,
})
const PhoneChallenges = v.strictObject({ challenges: v.array(PhoneChallenge) })

const ENROLL = controlOperation({
  id: 'enrollPhone',
  summary: 'Enrols a phone that gets push challenges',
  body: PhoneEnrolment,
  response: v.strictObject({ userAuthenticatorId: v.string(), userId: v.string(), deviceName: v.string() }),
})
const LIST_PUSH = controlOperation({
  id: 'listPushChallenges',
  summary: 'The push challenges that wait for a phone',
  query: PhoneQuery,
  response: PhoneChallenges,
})
const RESPOND_PUSH = controlOperation({
  id: 'respondToPushChallenge',
  summary: 'Approves or rejects a push challenge, as the phone does',
  body: PhoneResponse,
  response: PhoneChallenge,
  errors: [404, 502],
})
const LIST_QR = controlOperation({
  id: 'listQrCodeChallenges',
  summary: 'The QR codes that wait for a phone',
  query: PhoneQuery,
  response: PhoneChallenges,
})
const CLAIM_QR = controlOperation({
  id: 'claimQrCodeChallenge',
  summary: 'Scans a QR code, as the phone does',
  body: PhoneClaim,
  response: PhoneChallenge,
  errors: [404],
})
const RESPOND_QR = controlOperation({
  id: 'respondToQrCodeChallenge',
  summary: 'Approves or rejects a QR code that was scanned, as the phone does',
  body: PhoneResponse,
  response: PhoneChallenge,
  errors: [404, 502],
})

const DEFAULT_NAME = 'Emulated phone'

export function phoneRoutes({ approvals, clock, enrolments, random, users }: Service): Hono {
  return new Hono()
    .post('/push/enroll', ENROLL, c => {
      const { userId, deviceName = DEFAULT_NAME } = c.var.body
      const user = users.ensure(userId)
      requireRoom(user)
      const authenticator: DeviceAuthenticator = {
        ...newRecord(user, random.id(), clock.now()),
        verificationMethod: 'PUSH',
        device: { name: deviceName, platform: 'android' },
      }
      enrolments.confirm(user, authenticator)
      return json({ userAuthenticatorId: authenticator.userAuthenticatorId, userId, deviceName })
    })
    .get('/push/pending', LIST_PUSH, c => {
      const { userId } = c.var.query
      return json({ challenges: approvals.pending('PUSH', userId).map(details) })
    })
    .post('/push/respond', RESPOND_PUSH, async c => {
      const { challengeId, approved } = c.var.body
      const approval = approvals.find('PUSH', challengeId)
      await approvals.respond(approval, approved)
      return json(details(approval))
    })
    .get('/qr/pending', LIST_QR, c => {
      const { userId } = c.var.query
      return json({ challenges: approvals.pending('QR_CODE', userId).map(details) })
    })
    .post('/qr/claim', CLAIM_QR, c => {
      const { challengeId, userId } = c.var.body
      const approval = approvals.find('QR_CODE', challengeId)
      approvals.claim(approval, userId)
      return json(details(approval))
    })
    .post('/qr/respond', RESPOND_QR, async c => {
      const { challengeId, approved } = c.var.body
      const approval = approvals.find('QR_CODE', challengeId)
      await approvals.respond(approval, approved)
      return json(details(approval))
    })
}

/** A challenge as a phone shows it. */
function details(approval: Approval) {
  const { challengeId, state, userId, userAuthenticatorId, actionCode, idempotencyKey } = approval
  const { userAgent, custom, createdAt, expiresAt } = approval
  return {
    challengeId,
    state,
    userId,
    userAuthenticatorId,
    actionCode,
    idempotencyKey,
    userAgent,
    custom: custom === undefined ? undefined : JSON.parse(custom),
    createdAt: toIso(createdAt),
    expiresAt: toIso(expiresAt),
  }
}
