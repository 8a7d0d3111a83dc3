/**
 * The Server API, which backends call with the secret key.
 */

import { Hono, type MiddlewareHandler } from 'hono'
import { secretKey } from '../../http/authorization.js'
import type { Service } from '../../service.js'
import { actionRoutes } from './actions.js'
import { authenticatorRoutes } from './authenticators.js'
import { challengeRoutes } from './challenges.js'
import { deviceRoutes } from './devices.js'
import { sessionRoutes } from './sessions.js'
import { userRoutes } from './users.js'
import { validateRoutes } from './validate.js'

export function serverRoutes(service: Service): Hono {
  return new Hono()
    .route('/', actionRoutes(service))
    .route('/', validateRoutes(service))
    .route('/', challengeRoutes(service))
    .route('/', userRoutes(service))
    .route('/', authenticatorRoutes(service))
    .route('/', deviceRoutes(service))
    .route('/', sessionRoutes(service))
    .use(refuseWrongSecret(service))
}

/** As in the service, a wrong secret is 401 also for a route that does not exist. */
function refuseWrongSecret(service: Service): MiddlewareHandler {
  const authenticate = secretKey(service)
  return (c, next) => {
    const isServerApi = !/^\/v1\/(client|auth)(\/|$)/.test(c.req.path)
    return isServerApi && c.req.header('Authorization') !== undefined ? authenticate(c, next) : next()
  }
}
