/**
 * The Server API: what a backend calls with the secret key (contract 4).
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
  const routes = new Hono()
  for (const part of [
    challengeRoutes,
    validateRoutes,
    userRoutes,
    authenticatorRoutes,
    deviceRoutes,
    actionRoutes,
    sessionRoutes,
  ])
    routes.route('/', part(service))
  return routes.use(refuseWrongSecret(service))
}

/** Without a route too, as the service does: whoever mistypes the secret learns that first. */
function refuseWrongSecret(service: Service): MiddlewareHandler {
  const authenticate = secretKey(service)
  return (c, next) => {
    const isServerApi = !/^\/+v1\/+(client|auth)(\/|$)/.test(c.req.path)
    return isServerApi && c.req.header('Authorization') !== undefined ? authenticate(c, next) : next()
  }
}
