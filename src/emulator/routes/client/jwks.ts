/**
 * `GET /public/{tenantId}/.well-known/jwks`: the key that tokens are signed with (contract 3.11).
 */

import { Hono } from 'hono'
import { json, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function jwksRoutes({ config, keys }: Service): Hono {
  return new Hono().get('/:tenantId/.well-known/jwks', async c => {
    if (c.req.param('tenantId') !== config.tenantId) throw notFound('tenant')
    return json(await keys.jwks())
  })
}
