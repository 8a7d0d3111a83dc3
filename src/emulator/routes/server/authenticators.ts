/**
 * `/users/{userId}/authenticators`: listing, enrolling and removing a user's authenticators.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { isEnrolled, makeDefault, newContact, newRecord, preferred } from '../../authsignal/authenticators.js'
import { readTotp } from '../../authsignal/totp.js'
import type { Totp } from '../../authsignal/totp-state.js'
import type { AppAuthenticator, Authenticator, User } from '../../authsignal/users.js'
import { secretKey } from '../../http/authorization.js'
import { Email, Id, longText, PhoneNumber } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { check } from '../../http/request.js'
import { json } from '../../http/response.js'
import { ServerAuthenticator, Success } from '../../http/shapes.js'
import { serverAuthenticator } from '../../http/views.js'
import { notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const OtpUri = v.pipe(
  longText,
  v.transform(readTotp),
  v.custom<Totp>(totp => totp !== undefined),
)

const VerifiedEnrolment = v.variant('verificationMethod', [
  v.object({
    verificationMethod: v.picklist(['SMS', 'WHATSAPP']),
    phoneNumber: PhoneNumber,
    isDefault: v.optional(v.boolean()),
  }),
  v.object({
    verificationMethod: v.picklist(['EMAIL_OTP', 'EMAIL_MAGIC_LINK']),
    email: Email,
    isDefault: v.optional(v.boolean()),
  }),
  v.object({
    verificationMethod: v.literal('AUTHENTICATOR_APP'),
    otpUri: OtpUri,
    isDefault: v.optional(v.boolean()),
  }),
])

const LIST = operation({
  id: 'getAuthenticators',
  summary: 'The authenticators of a user',
  response: v.array(ServerAuthenticator),
})
const ENROL = operation({
  id: 'enrollVerifiedAuthenticator',
  summary: 'Enrols an authenticator that the backend has verified itself',
  body: VerifiedEnrolment,
  response: v.strictObject({
    authenticator: ServerAuthenticator,
    recoveryCodes: v.optional(v.array(v.string())),
  }),
})
const REMOVE = operation({
  id: 'deleteAuthenticator',
  summary: 'Removes an authenticator',
  response: Success,
  errors: [404],
})

export function authenticatorRoutes(service: Service): Hono {
  const { clock, config, enrolments, random, users } = service
  const authenticate = secretKey(service)

  /** Enrols a verified authenticator. One of the same method gets the new contact or secret instead. */
  function enrol(user: User, body: v.InferOutput<typeof VerifiedEnrolment>): Authenticator {
    const now = clock.now()
    if (body.verificationMethod === 'AUTHENTICATOR_APP') {
      const { verificationMethod, otpUri: totp } = body
      const known = preferred(user, verificationMethod)
      const app: AppAuthenticator = known ?? {
        ...newRecord(user, random.id(), now),
        verificationMethod,
        totp,
      }
      enrolments.replaceSecret(user, app, totp)
      return app
    }
    const { verificationMethod } = body
    const contact = 'email' in body ? body.email : body.phoneNumber
    const authenticator =
      preferred(user, verificationMethod) ?? newContact(user, verificationMethod, contact, random.id(), now)
    enrolments.confirmContact(user, authenticator, contact)
    return authenticator
  }

  return new Hono()
    .get('/users/:userId/authenticators', authenticate, LIST, c => {
      const { authenticators = [] } = users.find(c.req.param('userId')) ?? {}
      return json(authenticators.map(serverAuthenticator))
    })
    .post('/users/:userId/authenticators', authenticate, ENROL, c => {
      const userId = check(Id, c.req.param('userId'))
      const { body } = c.var
      const { isDefault = false } = body
      const user = users.ensure(userId)
      const isFirst = !isEnrolled(user)
      const authenticator = enrol(user, body)
      if (isDefault) makeDefault(user, authenticator)
      // They are not stored: the APIs have no call that takes one.
      const recoveryCodes = isFirst && config.recoveryCodes ? random.recoveryCodes() : undefined
      return json({ authenticator: serverAuthenticator(authenticator), recoveryCodes })
    })
    .delete('/users/:userId/authenticators/:userAuthenticatorId', authenticate, REMOVE, c => {
      const { userId, userAuthenticatorId } = c.req.param()
      const user = users.find(userId)
      const unwanted = user?.authenticators.find(each => each.userAuthenticatorId === userAuthenticatorId)
      if (user === undefined || unwanted === undefined) throw notFound('authenticator')
      enrolments.remove(user, unwanted)
      return json({ success: true })
    })
}
