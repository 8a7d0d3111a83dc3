/**
 * nOTP, at the addresses of Descope's API: `/v1/auth` and `/v2/keys`.
 */

import { Hono, type MiddlewareHandler } from 'hono'
import { cors } from '../../http/cors.js'
import { json } from '../../http/response.js'
import { Jwks } from '../../http/shapes.js'
import { notImplemented } from '../../lib/errors.js'
import { unknownProject } from '../../notp/errors.js'
import type { Service } from '../../service.js'
import { loginRoutes } from './login.js'
import { notpOperation } from './request.js'
import { notpErrorResponse } from './response.js'
import { sessionRoutes } from './session.js'

const SDK_HEADERS = /^x-descope-[a-z-]+$/

export function notpRoutes(service: Service): Hono {
  return new Hono()
    .onError(notpErrorResponse)
    .use(cors(service.config, SDK_HEADERS))
    .route('/', loginRoutes(service))
    .route('/', sessionRoutes(service))
    .all('*', unknownRoute)
}

const KEYS = notpOperation({
  id: 'notpKeys',
  summary: 'The keys that verify session tokens',
  response: Jwks,
  errors: [401],
})

export function notpKeyRoutes({ config, keys }: Service): Hono {
  return new Hono()
    .onError(notpErrorResponse)
    .use(cors(config, SDK_HEADERS))
    .get('/keys/:projectId', KEYS, async c => {
      if (c.req.param('projectId') !== config.projectId) throw unknownProject()
      return json(await keys.jwks())
    })
    .all('*', unknownRoute)
}

/** Other routes of Descope's API get an error in its format. */
const unknownRoute: MiddlewareHandler = async () => {
  throw notImplemented()
}
