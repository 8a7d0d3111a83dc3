/**
 * Security keys: registering one, and verifying the user with it.
 *
 * Unlike with passkeys, options and credentials are the whole body, and the token alone ties them together.
 */

import { Hono } from 'hono'
import { AuthenticationResponse, RegistrationResponse } from '../../authsignal/webauthn/responses.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { NoFields } from '../../http/fields.js'
import { readBody, userAgentOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const METHOD = 'SECURITY_KEY'

export function securityKeyRoutes(service: Service): Hono<BearerEnv> {
  const { ceremonies } = service
  return new Hono<BearerEnv>()
    .post('/user-authenticators/security-key/registration-options', bearer(service), async c => {
      await readBody(c.req.raw, NoFields)
      const attachment = 'cross-platform'
      return json(ceremonies.registrationOptions(c.var.caller, METHOD, { attachment }).options)
    })
    .post('/user-authenticators/security-key', bearer(service), async c => {
      const response = await readBody(c.req.raw, RegistrationResponse)
      const { action } = c.var.caller
      const userAgent = userAgentOf(c.req.raw)
      const authenticator = await ceremonies.register(c.var.caller, METHOD, response, { userAgent })
      const { userAuthenticatorId, userId } = authenticator
      const verified = await verification(service, c.req.raw, action, authenticator)
      return json({ ...verified, userAuthenticatorId, userId })
    })
    .post('/user-authenticators/security-key/authentication-options', bearer(service), async c => {
      await readBody(c.req.raw, NoFields)
      return json(ceremonies.assertionOptions(c.var.caller, METHOD, {}).options)
    })
    .post('/verify/security-key', bearer(service), async c => {
      const response = await readBody(c.req.raw, AuthenticationResponse)
      const { action } = await ceremonies.authenticate(c.var.caller, METHOD, response, {})
      return json(await verification(service, c.req.raw, action))
    })
}
