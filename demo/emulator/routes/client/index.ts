/**
 * The Client API: what a user's browser calls (contract 3).
 */

import { Hono } from 'hono'
import type { Service } from '../../service.js'
import { challengeRoutes } from './challenge.js'
import { cors } from './cors.js'
import { initRoutes } from './init.js'
import { jwksRoutes } from './jwks.js'
import { userAuthenticatorRoutes } from './user-authenticators.js'
import { verifyRoutes } from './verify.js'

export function clientRoutes(service: Service): Hono {
  return new Hono()
    .use(cors(service.config))
    .route('/challenge', challengeRoutes(service))
    .route('/verify', verifyRoutes(service))
    .route('/user-authenticators', userAuthenticatorRoutes(service))
    .route('/init', initRoutes(service))
    .route('/public', jwksRoutes(service))
}
