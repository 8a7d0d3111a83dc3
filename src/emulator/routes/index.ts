/**
 * All routes of a tenant.
 */

import { Hono } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { recordRequests } from '../http/recording.js'
import { errorResponse, json } from '../http/response.js'
import { splitAddress } from '../http/tenant-path.js'
import { notImplemented } from '../lib/errors.js'
import type { Service } from '../service.js'
import { clientRoutes } from './client/index.js'
import { controlRoutes } from './control/index.js'
import type { TenantRegistry } from './control/tenants.js'
import { hostedUiSettingsRoutes } from './hosted-ui-settings.js'
import { indexPage } from './index-page.js'
import { magicLinkRoutes } from './magic-link-page.js'
import { notpKeyRoutes, notpRoutes } from './notp/index.js'
import { serverRoutes } from './server/index.js'

/** @param tenants The tenants that the control routes manage, if there are any to manage. */
export function createRoutes(
  service: Service,
  tenants?: TenantRegistry,
  { isShortLived = false }: { readonly isShortLived?: boolean } = {},
): Hono {
  // This router is ready at once; the usual one is faster after many requests.
  const routes = new Hono({ getPath, ...(isShortLived && { router: new TrieRouter() }) })
  return routes
    .use(recordRequests(service))
    .route('/v1/client', clientRoutes(service))
    .route('/v1/auth', notpRoutes(service))
    .route('/v2', notpKeyRoutes(service))
    .route('/v1', serverRoutes(service))
    .route('/', indexPage())
    .route('/', magicLinkRoutes(service))
    .route('/', hostedUiSettingsRoutes(service))
    .route('/emulator', controlRoutes(service, tenants))
    .get('/emulator/openapi.json', async () => {
      // Loaded on demand: few callers read it.
      const { openApiDocument } = await import('../http/openapi.js')
      return json(openApiDocument(routes, service.config.url))
    })
    .get('/challenge', () => {
      throw notImplemented('The hosted pages are served by listen(), not by the emulator itself.')
    })
    .options('*', () => new Response(null, { status: 204 }))
    .notFound(({ req }) => errorResponse(notImplemented(descriptionFor(req.path))))
    .onError(error => errorResponse(error))
}

/** SDKs whose base URL lacks the version are the most frequent cause. */
const descriptionFor = (path: string) =>
  /^\/(v\d|emulator)\//.test(path)
    ? undefined
    : 'The emulator does not have this route. Check that the base URL ends in /v1.'

/** The path that routes match. */
const getPath = (request: Request) => splitAddress(request.url).path
