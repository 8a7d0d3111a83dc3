/**
 * The Client API: what a user's browser calls (contract 3).
 */

import { Hono } from 'hono'
import { cors } from '../../http/cors.js'
import type { Service } from '../../service.js'
import { challengeRoutes } from './challenge.js'
import { initRoutes } from './init.js'
import { jwksRoutes } from './jwks.js'
import { magicLinkRoutes } from './magic-link.js'
import { passkeyRoutes } from './passkey.js'
import { pushRoutes } from './push.js'
import { pushDeviceRoutes } from './push-device.js'
import { qrCodeRoutes } from './qr-code.js'
import { securityKeyRoutes } from './security-key.js'
import { totpRoutes } from './totp.js'
import { userAuthenticatorRoutes } from './user-authenticators.js'
import { verifyRoutes } from './verify.js'

const MOBILE_SDK_HEADERS = /^x-authsignal-[a-z-]+$/

export function clientRoutes(service: Service): Hono {
  return new Hono()
    .use(cors(service.config, MOBILE_SDK_HEADERS))
    .route('/challenge', challengeRoutes(service))
    .route('/verify', verifyRoutes(service))
    .route('/user-authenticators', userAuthenticatorRoutes(service))
    .route('/', magicLinkRoutes(service))
    .route('/', totpRoutes(service))
    .route('/', passkeyRoutes(service))
    .route('/', securityKeyRoutes(service))
    .route('/', pushRoutes(service))
    .route('/user-authenticators/push', pushDeviceRoutes(service))
    .route('/', qrCodeRoutes(service))
    .route('/init', initRoutes(service))
    .route('/public', jwksRoutes(service))
}
