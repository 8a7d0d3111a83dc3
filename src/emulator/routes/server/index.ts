/**
 * The Server API: what a backend calls with the secret key (contract 4).
 */

import { Hono } from 'hono'
import type { Service } from '../../service.js'
import { actionRoutes } from './actions.js'
import { authenticatorRoutes } from './authenticators.js'
import { challengeRoutes } from './challenges.js'
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
    actionRoutes,
    sessionRoutes,
  ])
    routes.route('/', part(service))
  return routes
}
