/**
 * Push, on the phone: registering its key, and responding to challenges with signatures of that key.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { newRecord, requireMayAdd, verifiedOf } from '../../authsignal/authenticators.js'
import { currentPeriods, isPublicKey, isSignedBy } from '../../authsignal/devices.js'
import type { DeviceAuthenticator } from '../../authsignal/users.js'
import { bearer, tenant } from '../../http/authorization.js'
import { Id, longText, shortText } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { IsoTime, Seconds, Success } from '../../http/shapes.js'
import { decodeBase64 } from '../../lib/base64.js'
import { toIso, toSeconds } from '../../lib/clock.js'
import { invalidCredential, invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const publicKey = v.pipe(longText, v.regex(/^[A-Za-z0-9+/]+=*$/))
const signature = v.pipe(v.string(), v.maxLength(256))

const DeviceEnrolment = v.object({
  publicKey,
  deviceName: shortText,
  devicePlatform: v.picklist(['ios', 'android']),
  pushToken: v.optional(longText),
})
/** In a query the key is encoded in base64 twice, because a `+` would be read as a space. */
const DeviceQuery = v.object({
  publicKey: v.pipe(
    longText,
    v.transform(text => decodeBase64(text) ?? ''),
    publicKey,
  ),
})
const DeviceRemoval = v.object({ publicKey, signature })
const DeviceResponse = v.object({ challengeId: Id, publicKey, signature, approved: v.boolean() })

const Device = v.strictObject({
  userAuthenticatorId: v.string(),
  userId: v.string(),
  verifiedAt: v.optional(IsoTime),
  lastVerifiedAt: v.optional(IsoTime),
})
const ENROL = operation({
  id: 'enrollPushDevice',
  summary: 'Registers the key of a phone',
  body: DeviceEnrolment,
  response: Device,
  errors: [403, 502],
})
const READ = operation({
  id: 'getPushDevice',
  summary: 'The registration of a key',
  query: DeviceQuery,
  response: Device,
  errors: [404],
})
const REMOVE = operation({
  id: 'removePushDevice',
  summary: 'Removes the registration of a key',
  body: DeviceRemoval,
  response: Success,
  errors: [404],
})
const PENDING = operation({
  id: 'getPushDeviceChallenge',
  summary: 'The challenge that waits for this phone; an empty object when there is none',
  query: DeviceQuery,
  response: v.strictObject({
    challengeId: v.optional(v.string()),
    userId: v.optional(v.string()),
    actionCode: v.optional(v.string()),
    idempotencyKey: v.optional(v.string()),
    userAgent: v.optional(v.string()),
    expiresAt: v.optional(Seconds),
  }),
  errors: [404],
})
const RESPOND = operation({
  id: 'respondOnPushDevice',
  summary: 'Approves or rejects a challenge',
  body: DeviceResponse,
  response: v.strictObject({ isVerified: v.boolean() }),
  errors: [404, 502],
})

export function pushDeviceRoutes(service: Service): Hono {
  const { actions, approvals, clock, enrolments, random, users } = service

  function ownerOf(publicKey: string) {
    for (const user of users.all()) {
      const device = verifiedOf(user, 'PUSH').find(each => each.device.publicKey === publicKey)
      if (device !== undefined) return { user, device }
    }
    throw notFound('device')
  }

  /** The owner of a key that has signed one of the texts. Looked up again after the check, which takes time. */
  async function signer(publicKey: string, signature: string, texts: readonly string[]) {
    ownerOf(publicKey)
    const checks = await Promise.all(texts.map(text => isSignedBy(publicKey, signature, text)))
    if (!checks.includes(true)) throw invalidCredential('The signature is not one of this device.')
    return ownerOf(publicKey)
  }

  return new Hono()
    .post('/user-authenticators/push', bearer(service), ENROL, async c => {
      const { publicKey, deviceName, devicePlatform } = c.var.body
      const { user, action, scopes } = c.var.caller
      requireMayAdd(user, scopes)
      if (!(await isPublicKey(publicKey))) throw invalidRequest('"publicKey" is missing or not valid.')
      await actions.permit(action)
      const isTaken = [...users.all()].some(each =>
        verifiedOf(each, 'PUSH').some(({ device }) => device.publicKey === publicKey),
      )
      if (isTaken) throw invalidCredential('The device could not be registered.')
      // Checked again: the user may have changed meanwhile.
      requireMayAdd(user, scopes)
      const device = { name: deviceName, platform: devicePlatform, publicKey }
      const authenticator: DeviceAuthenticator = {
        ...newRecord(user, random.id(), clock.now()),
        verificationMethod: 'PUSH',
        device,
      }
      enrolments.confirm(user, authenticator)
      actions.complete(action, 'PUSH', authenticator.userAuthenticatorId)
      return json(details(authenticator))
    })
    .get('/user-authenticators/push', tenant(service), READ, c =>
      json(details(ownerOf(c.var.query.publicKey).device)),
    )
    .post('/user-authenticators/push/remove', tenant(service), REMOVE, async c => {
      const { publicKey, signature } = c.var.body
      const { user, device } = await signer(publicKey, signature, currentPeriods(clock))
      enrolments.remove(user, device)
      return json({ success: true })
    })
    .get('/user-authenticators/push/challenge', tenant(service), PENDING, c => {
      const { user, device } = ownerOf(c.var.query.publicKey)
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
    .post('/user-authenticators/push/challenge', tenant(service), RESPOND, async c => {
      const { challengeId, publicKey, signature, approved } = c.var.body
      const { user, device } = await signer(publicKey, signature, [challengeId])
      const approval = approvals.find('PUSH', challengeId)
      const { userId, userAuthenticatorId = device.userAuthenticatorId } = approval
      if (userId !== user.userId || userAuthenticatorId !== device.userAuthenticatorId)
        throw notFound('challenge')
      await approvals.respond(approval, approved, device)
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
