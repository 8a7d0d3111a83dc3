/**
 * `/users/{userId}/authenticators`: what a user has enrolled (contract 4.1 and 4.5).
 */

import { Hono } from 'hono'
import type { InferOutput } from 'valibot'
import {
  confirm,
  confirmContact,
  isEnrolled,
  makeDefault,
  newContact,
  newRecord,
  preferred,
  remove,
} from '../../authsignal/authenticators.js'
import type { AppAuthenticator, Authenticator, User } from '../../authsignal/store.js'
import { secretKey } from '../../http/authorization.js'
import { Id, VerifiedEnrolment } from '../../http/fields.js'
import { check, readBody } from '../../http/request.js'
import { serverAuthenticator } from '../../http/views.js'
import { json, notFound } from '../../lib/errors.js'
import { newRecoveryCodes, sha256 } from '../../lib/secrets.js'
import type { Service } from '../../service.js'

export function authenticatorRoutes(service: Service): Hono {
  const { clock, config, store } = service
  const authenticate = secretKey(service)

  /** Writes an enrolment down; an authenticator of the same method takes the new value (contract 4.5). */
  function enrol(user: User, body: InferOutput<typeof VerifiedEnrolment>): Authenticator {
    const now = clock.now()
    if (body.verificationMethod === 'AUTHENTICATOR_APP') {
      const { verificationMethod, otpUri: totp } = body
      const known = preferred(user, verificationMethod)
      const app: AppAuthenticator = known ?? { ...newRecord(user, now), verificationMethod, totp }
      app.totp = totp
      confirm(user, app, now)
      return app
    }
    const { verificationMethod } = body
    const contact = 'email' in body ? body.email : body.phoneNumber
    const authenticator =
      preferred(user, verificationMethod) ?? newContact(user, verificationMethod, contact, now)
    confirmContact(user, authenticator, contact, now)
    return authenticator
  }

  return new Hono()
    .get('/users/:userId/authenticators', authenticate, c => {
      const { authenticators = [] } = store.users.get(c.req.param('userId')) ?? {}
      return json(authenticators.map(serverAuthenticator))
    })
    .post('/users/:userId/authenticators', authenticate, async c => {
      const userId = check(Id, c.req.param('userId'))
      const body = await readBody(c.req.raw, VerifiedEnrolment)
      const { isDefault = false } = body
      const user = store.ensureUser(userId)
      const isFirst = !isEnrolled(user)
      const authenticator = enrol(user, body)
      if (isDefault) makeDefault(user, authenticator)
      const recoveryCodes = isFirst && config.recoveryCodes ? newRecoveryCodes() : undefined
      // As the service keeps them. No call of the contract takes one, so none is ever compared.
      if (recoveryCodes !== undefined) user.recoveryCodeHashes = await Promise.all(recoveryCodes.map(sha256))
      return json({ authenticator: serverAuthenticator(authenticator), recoveryCodes })
    })
    .delete('/users/:userId/authenticators/:userAuthenticatorId', authenticate, c => {
      const { userId, userAuthenticatorId } = c.req.param()
      const user = store.users.get(userId)
      const unwanted = user?.authenticators.find(each => each.userAuthenticatorId === userAuthenticatorId)
      if (user === undefined || unwanted === undefined) throw notFound('authenticator')
      remove(user, unwanted)
      return json({ success: true })
    })
}
