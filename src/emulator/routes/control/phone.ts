/**
 * `/emulator/push/*` and `/emulator/qr/*`: the user's phone, for whoever has none at hand.
 */

import { Hono } from 'hono'
import { confirm, newRecord, requireRoom } from '../../authsignal/authenticators.js'
import type { Approval, DeviceAuthenticator } from '../../authsignal/store.js'
import { PhoneAnswer, PhoneClaim, PhoneEnrolment, PhoneQuery } from '../../http/fields.js'
import { readBody, readQuery } from '../../http/request.js'
import { toIso } from '../../lib/clock.js'
import { json } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const DEFAULT_NAME = 'Emulated phone'

export function phoneRoutes({ approvals, clock, store }: Service): Hono {
  return new Hono()
    .post('/push/enroll', async c => {
      const { userId, deviceName = DEFAULT_NAME } = await readBody(c.req.raw, PhoneEnrolment)
      const user = store.ensureUser(userId)
      requireRoom(user)
      const now = clock.now()
      const authenticator: DeviceAuthenticator = {
        ...newRecord(user, now),
        verificationMethod: 'PUSH',
        device: { name: deviceName, platform: 'android' },
      }
      confirm(user, authenticator, now)
      return json({ userAuthenticatorId: authenticator.userAuthenticatorId, userId, deviceName })
    })
    .get('/push/pending', c => {
      const { userId } = readQuery(c.req.raw, PhoneQuery)
      return json({ challenges: approvals.pending('PUSH', userId).map(details) })
    })
    .post('/push/respond', async c => {
      const { challengeId, approved } = await readBody(c.req.raw, PhoneAnswer)
      const approval = approvals.find('PUSH', challengeId)
      approvals.respond(approval, approved)
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
      const { challengeId, approved } = await readBody(c.req.raw, PhoneAnswer)
      const approval = approvals.find('QR_CODE', challengeId)
      approvals.respond(approval, approved)
      return json(details(approval))
    })
}

/** What a phone shows of a challenge. */
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
