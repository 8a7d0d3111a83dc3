/**
 * nOTP at the addresses of Descope's API: `/v1/auth` and `/v2/keys` (nOTP contract 4).
 */

import { Hono, type MiddlewareHandler } from 'hono'
import { cors } from '../../http/cors.js'
import { json, notImplemented } from '../../lib/errors.js'
import { notpErrorResponse, unknownProject } from '../../notp/errors.js'
import type { Service } from '../../service.js'
import { pendingSessionRoutes } from './pending-session.js'
import { sessionRoutes } from './session.js'
import { startRoutes } from './start.js'

const SDK_HEADERS = /^x-descope-[a-z-]+$/

export function notpRoutes(service: Service): Hono {
  return new Hono()
    .onError(notpErrorResponse)
    .use(cors(service.config, SDK_HEADERS))
    .route('/notp/whatsapp', startRoutes(service))
    .route('/notp/pending-session', pendingSessionRoutes(service))
    .route('/', sessionRoutes(service))
    .all('*', elsewhere)
}

export function notpKeyRoutes({ config, keys }: Service): Hono {
  return new Hono()
    .onError(notpErrorResponse)
    .use(cors(config, SDK_HEADERS))
    .get('/keys/:projectId', async c => {
      if (c.req.param('projectId') !== config.projectId) throw unknownProject()
      return json(await keys.jwks())
    })
    .all('*', elsewhere)
}

/** The rest of that API, in its own form of error. */
const elsewhere: MiddlewareHandler = async () => {
  throw notImplemented()
}
