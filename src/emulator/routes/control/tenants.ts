/**
 * `/emulator/tenants`: adds, lists and deletes tenants.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { originOf, readBody } from '../../http/request.js'
import { json } from '../../http/response.js'
import { toIso } from '../../lib/clock.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { EmulatorConfig } from '../../options.js'

/** What these routes need of the tenants. */
export interface TenantRegistry {
  /** Throws a `TypeError` for an option that is not valid. */
  create(options: object): { readonly config: EmulatorConfig }
  list(): { readonly config: EmulatorConfig }[]
  delete(tenantId: string): boolean
  expiresAt(tenantId: string): number
}

export function tenantRoutes(tenants: TenantRegistry): Hono {
  function view({ config }: { readonly config: EmulatorConfig }) {
    const { tenantId, apiSecretKey, projectId, url, baseUrl } = config
    return { tenantId, apiSecretKey, projectId, url, baseUrl, expiresAt: toIso(tenants.expiresAt(tenantId)) }
  }

  function create(options: object) {
    try {
      return tenants.create(options)
    } catch (error) {
      throw error instanceof TypeError ? invalidRequest(`${error.message}.`) : error
    }
  }

  return new Hono()
    .post('/tenants', async c => {
      const options = await readBody(c.req.raw, v.looseObject({}))
      return json(view(create({ ...options, url: originOf(c.req.raw) })))
    })
    .get('/tenants', () => json({ tenants: tenants.list().map(view) }))
    .delete('/tenants/:tenantId', c => {
      if (!tenants.delete(c.req.param('tenantId'))) throw notFound('tenant')
      return json({ ok: true })
    })
}
