/**
 * Push: the phone's side, whose app holds a key for the user (contract 3.11).
 */

import { Hono } from 'hono'
import { confirm, newRecord, remove, requireMayAdd, verifiedOf } from '../../authsignal/authenticators.js'
import { currentPeriods, isPublicKey, isSignedBy } from '../../authsignal/devices.js'
import type { DeviceAuthenticator } from '../../authsignal/store.js'
import { bearer, tenant } from '../../http/authorization.js'
import { DeviceAnswer, DeviceEnrolment, DeviceQuery, DeviceRemoval } from '../../http/fields.js'
import { readBody, readQuery } from '../../http/request.js'
import { toIso, toSeconds } from '../../lib/clock.js'
import { invalidCredential, invalidRequest, json, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function pushDeviceRoutes(service: Service): Hono {
  const { actions, approvals, clock, store } = service

  function ownerOf(publicKey: string) {
    for (const user of store.users.values()) {
      const device = verifiedOf(user, 'PUSH').find(each => each.device.publicKey === publicKey)
      if (device !== undefined) return { user, device }
    }
    throw notFound('device')
  }

  /** The owner of a key that has signed one of the texts; nothing was forgotten while that was checked. */
  async function signer(publicKey: string, signature: string, texts: readonly string[]) {
    ownerOf(publicKey)
    const checks = await Promise.all(texts.map(text => isSignedBy(publicKey, signature, text)))
    if (!checks.includes(true)) throw invalidCredential('The signature is not one of this device.')
    return ownerOf(publicKey)
  }

  return new Hono()
    .post('/', bearer(service), async c => {
      const { publicKey, deviceName, devicePlatform } = await readBody(c.req.raw, DeviceEnrolment)
      const { user, action, scopes } = c.var.caller
      requireMayAdd(user, scopes)
      if (!(await isPublicKey(publicKey))) throw invalidRequest('"publicKey" is missing or not valid.')
      const isTaken = [...store.users.values()].some(each =>
        verifiedOf(each, 'PUSH').some(({ device }) => device.publicKey === publicKey),
      )
      if (isTaken) throw invalidCredential('The device could not be registered.')
      // Again, for much can have happened while the key was read.
      requireMayAdd(user, scopes)
      const device = { name: deviceName, platform: devicePlatform, publicKey }
      const now = clock.now()
      const authenticator: DeviceAuthenticator = {
        ...newRecord(user, now),
        verificationMethod: 'PUSH',
        device,
      }
      confirm(user, authenticator, now)
      actions.complete(action, 'PUSH', authenticator.userAuthenticatorId)
      return json(details(authenticator))
    })
    .get('/', tenant(service), c =>
      json(details(ownerOf(readQuery(c.req.raw, DeviceQuery).publicKey).device)),
    )
    .post('/remove', tenant(service), async c => {
      const { publicKey, signature } = await readBody(c.req.raw, DeviceRemoval)
      const { user, device } = await signer(publicKey, signature, currentPeriods(clock))
      remove(user, device)
      return json({ success: true })
    })
    .get('/challenge', tenant(service), c => {
      const { user, device } = ownerOf(readQuery(c.req.raw, DeviceQuery).publicKey)
      const { userAuthenticatorId: own } = device
      const pending = approvals
        .pending('PUSH', user.userId)
        .find(({ userAuthenticatorId = own }) => userAuthenticatorId === own)
      if (pending === undefined) return json({})
      const { challengeId, userId, actionCode, idempotencyKey, userAgent, expiresAt } = pending
      return json({
        challengeId,
        userId,
        actionCode,
        idempotencyKey,
        userAgent,
        expiresAt: toSeconds(expiresAt),
      })
    })
    .post('/challenge', tenant(service), async c => {
      const { challengeId, publicKey, signature, approved } = await readBody(c.req.raw, DeviceAnswer)
      const { user, device } = await signer(publicKey, signature, [challengeId])
      const approval = approvals.find('PUSH', challengeId)
      const { userId, userAuthenticatorId = device.userAuthenticatorId } = approval
      if (userId !== user.userId || userAuthenticatorId !== device.userAuthenticatorId)
        throw notFound('challenge')
      approvals.respond(approval, approved, device)
      return json({ isVerified: approved })
    })
}

function details({ userAuthenticatorId, userId, verifiedAt, lastVerifiedAt }: DeviceAuthenticator) {
  return {
    userAuthenticatorId,
    userId,
    ...(verifiedAt !== undefined && { verifiedAt: toIso(verifiedAt) }),
    ...(lastVerifiedAt !== undefined && { lastVerifiedAt: toIso(lastVerifiedAt) }),
  }
}
