/**
 * `/emulator/tenants`: adds, lists and deletes tenants.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { originOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { IsoTime } from '../../http/shapes.js'
import { toIso } from '../../lib/clock.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { EmulatorConfig } from '../../options.js'
import { controlOperation, Done } from './operation.js'

const Tenant = v.strictObject({
  tenantId: v.string(),
  apiSecretKey: v.string(),
  projectId: v.string(),
  url: v.string(),
  baseUrl: v.string(),
  expiresAt: IsoTime,
})

const CREATE = controlOperation({
  id: 'createTenant',
  summary: 'Adds a tenant: users, messages, limits, keys and a clock of its own',
  // The options say what is wrong with them.
  body: v.looseObject({}),
  documentedBody: v.looseObject({
    tenantId: v.optional(v.string()),
    apiSecretKey: v.optional(v.string()),
    projectId: v.optional(v.string()),
    lifetimeInMinutes: v.optional(v.number()),
  }),
  response: Tenant,
})
const LIST = controlOperation({
  id: 'listTenants',
  summary: 'The tenants that were added, oldest first',
  response: v.strictObject({ tenants: v.array(Tenant) }),
})
const DELETE = controlOperation({
  id: 'deleteTenant',
  summary: 'Deletes a tenant with all that it has',
  response: Done,
  errors: [404],
})

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
    .post('/tenants', CREATE, c => json(view(create({ ...c.var.body, url: originOf(c.req.raw) }))))
    .get('/tenants', LIST, () => json({ tenants: tenants.list().map(view) }))
    .delete('/tenants/:tenantId', DELETE, c => {
      if (!tenants.delete(c.req.param('tenantId'))) throw notFound('tenant')
      return json({ ok: true })
    })
}
