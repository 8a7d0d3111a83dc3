/**
 * `/emulator/push/*` and `/emulator/qr/*`: a simulated phone.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import type { Approval } from '../../authsignal/approvals.js'
import { newRecord, requireRoom } from '../../authsignal/authenticators.js'
import type { DeviceAuthenticator } from '../../authsignal/users.js'
import { Id, shortText } from '../../http/fields.js'
import { readBody, readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { toIso } from '../../lib/clock.js'
import type { Service } from '../../service.js'

const PhoneEnrolment = v.object({ userId: Id, deviceName: v.optional(shortText) })
const PhoneQuery = v.object({ userId: v.optional(Id) })
const PhoneClaim = v.object({ challengeId: Id, userId: Id })
const PhoneResponse = v.object({ challengeId: Id, approved: v.boolean() })

const DEFAULT_NAME = 'Emulated phone'

export function phoneRoutes({ approvals, clock, enrolments, random, users }: Service): Hono {
  return new Hono()
    .post('/push/enroll', async c => {
      const { userId, deviceName = DEFAULT_NAME } = await readBody(c.req.raw, PhoneEnrolment)
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
    .get('/push/pending', c => {
      const { userId } = readQuery(c.req.raw, PhoneQuery)
      return json({ challenges: approvals.pending('PUSH', userId).map(details) })
    })
    .post('/push/respond', async c => {
      const { challengeId, approved } = await readBody(c.req.raw, PhoneResponse)
      const approval = approvals.find('PUSH', challengeId)
      await approvals.respond(approval, approved)
      return json(details(approval))
    })
    .get('/qr/pending', c => {
      const { userId } = readQuery(c.req.raw, PhoneQuery)
      return json({ challenges: approvals.pending('QR_CODE', userId).map(details) })
    })
    .post('/qr/claim', async c => {
      const { challengeId, userId } = await readBody(c.req.raw, PhoneClaim)
      const approval = approvals.find('QR_CODE', challengeId)
      approvals.claim(approval, userId)
      return json(details(approval))
    })
    .post('/qr/respond', async c => {
      const { challengeId, approved } = await readBody(c.req.raw, PhoneResponse)
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
