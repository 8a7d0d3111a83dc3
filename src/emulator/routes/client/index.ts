/**
 * The Client API, which browsers and phones call.
 */

import { Hono } from 'hono'
import { cors } from '../../http/cors.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { Jwks } from '../../http/shapes.js'
import { notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { codeAndLinkRoutes } from './codes-and-links.js'
import { emailMagicLinkRoutes } from './email-magic-link.js'
import { initRoutes } from './init.js'
import { passkeyRoutes } from './passkey.js'
import { pushRoutes } from './push.js'
import { pushDeviceRoutes } from './push-device.js'
import { qrCodeRoutes } from './qr-code.js'
import { securityKeyRoutes } from './security-key.js'
import { totpRoutes } from './totp.js'
import { userAuthenticatorRoutes } from './user-authenticators.js'

const MOBILE_SDK_HEADERS = /^x-authsignal-[a-z-]+$/

const JWKS = operation({
  id: 'jwks',
  summary: 'The keys that verify tokens',
  response: Jwks,
  errors: [404],
})

export function clientRoutes(service: Service): Hono {
  const { config, keys } = service
  return new Hono()
    .use(cors(config, MOBILE_SDK_HEADERS))
    .route('/', initRoutes(service))
    .route('/', userAuthenticatorRoutes(service))
    .route('/', codeAndLinkRoutes(service))
    .route('/', emailMagicLinkRoutes(service))
    .route('/', totpRoutes(service))
    .route('/', passkeyRoutes(service))
    .route('/', securityKeyRoutes(service))
    .route('/', pushRoutes(service))
    .route('/', pushDeviceRoutes(service))
    .route('/', qrCodeRoutes(service))
    .get('/public/:tenantId/.well-known/jwks', JWKS, async c => {
      if (c.req.param('tenantId') !== config.tenantId) throw notFound('tenant')
      return json(await keys.jwks())
    })
}
