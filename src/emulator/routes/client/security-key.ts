/**
 * Security keys: registering one, and verifying the user with it.
 *
 * Unlike with passkeys, options and credentials are the whole body, and the token alone ties them together.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { AuthenticationResponse, RegistrationResponse } from '../../authsignal/webauthn/responses.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { NoFields } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { userAgentOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { AuthenticationOptions, RegistrationOptions, verified } from '../../http/shapes.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const METHOD = 'SECURITY_KEY'

const REGISTRATION_OPTIONS = operation({
  id: 'securityKeyRegistrationOptions',
  summary: 'Starts the registration of a security key',
  body: NoFields,
  response: RegistrationOptions,
  errors: [403],
})
const REGISTER = operation({
  id: 'registerSecurityKey',
  summary: 'Registers a security key',
  body: RegistrationResponse,
  response: v.strictObject({ ...verified, userAuthenticatorId: v.string(), userId: v.string() }),
  errors: [403, 502],
})
const AUTHENTICATION_OPTIONS = operation({
  id: 'securityKeyAuthenticationOptions',
  summary: 'Starts the use of a security key',
  body: NoFields,
  response: AuthenticationOptions,
  errors: [403],
})
const VERIFY = operation({
  id: 'verifySecurityKey',
  summary: 'Verifies the user by a security key',
  body: AuthenticationResponse,
  response: v.strictObject(verified),
  errors: [403, 502],
})

export function securityKeyRoutes(service: Service): Hono<BearerEnv> {
  const { ceremonies } = service
  return new Hono<BearerEnv>()
    .post(
      '/user-authenticators/security-key/registration-options',
      bearer(service),
      REGISTRATION_OPTIONS,
      c => {
        const attachment = 'cross-platform'
        return json(ceremonies.registrationOptions(c.var.caller, METHOD, { attachment }).options)
      },
    )
    .post('/user-authenticators/security-key', bearer(service), REGISTER, async c => {
      const response = c.var.body
      const { action } = c.var.caller
      const userAgent = userAgentOf(c.req.raw)
      const authenticator = await ceremonies.register(c.var.caller, METHOD, response, { userAgent })
      const { userAuthenticatorId, userId } = authenticator
      const verified = await verification(service, c.req.raw, action, authenticator)
      return json({ ...verified, userAuthenticatorId, userId })
    })
    .post(
      '/user-authenticators/security-key/authentication-options',
      bearer(service),
      AUTHENTICATION_OPTIONS,
      c => {
        return json(ceremonies.assertionOptions(c.var.caller, METHOD, {}).options)
      },
    )
    .post('/verify/security-key', bearer(service), VERIFY, async c => {
      const response = c.var.body
      const { action } = await ceremonies.authenticate(c.var.caller, METHOD, response, {})
      return json(await verification(service, c.req.raw, action))
    })
}
