/**
 * `/users/{userId}/authenticators`: what a user has enrolled (contract 4.1 and 4.5).
 */

import { Hono } from 'hono'
import { secretKey } from '../../auth.js'
import {
  confirm,
  isEnrolled,
  makeDefault,
  newAuthenticator,
  preferred,
  remove,
} from '../../authenticators.js'
import { json, notFound } from '../../errors.js'
import { check, readBody } from '../../request.js'
import { Id, VerifiedEnrolment } from '../../schemas.js'
import { newRecoveryCodes } from '../../secrets.js'
import type { Service } from '../../service.js'
import { serverAuthenticator } from '../../views.js'

export function authenticatorRoutes(service: Service): Hono {
  const { clock, config, store } = service
  const authenticate = secretKey(service)

  return new Hono()
    .get('/users/:userId/authenticators', authenticate, c => {
      const { authenticators = [] } = store.users.get(c.req.param('userId')) ?? {}
      return json(authenticators.map(serverAuthenticator))
    })
    .post('/users/:userId/authenticators', authenticate, async c => {
      const userId = check(Id, c.req.param('userId'))
      const body = await readBody(c.req.raw, VerifiedEnrolment)
      const { verificationMethod, isDefault = false } = body
      const contact = 'email' in body ? body.email : body.phoneNumber
      const user = store.ensureUser(userId)
      const isFirst = !isEnrolled(user)
      const now = clock.now()
      const authenticator =
        preferred(user, verificationMethod) ?? newAuthenticator(user, verificationMethod, contact, now)
      confirm(user, authenticator, contact, now)
      if (isDefault) makeDefault(user, authenticator)
      const recoveryCodes = isFirst && config.recoveryCodes ? newRecoveryCodes() : undefined
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
