/**
 * Tenants: each with users, messages, limits, keys and a clock of its own, behind the address of one emulator.
 */

import { claimedTenants } from './http/claimed-tenant.js'
import { splitAddress, tenantPath } from './http/tenant-path.js'
import { notFound } from './lib/errors.js'
import { createRandom } from './lib/random.js'
import { type ConnectionRequest, tenantsOf } from './routes/qr-connection.js'
import { createTenant, type EmulatorOptions, type Tenant } from './tenant.js'

export interface TenantOptions extends EmulatorOptions {
  /** The tenant ID: letters, digits, `-` and `_`, at most 64. Default: a random one. */
  readonly tenantId?: string | undefined
  /** The secret key of the Server API. Default: a random one. */
  readonly apiSecretKey?: string | undefined
  /** The project ID of nOTP. Default: a random one. */
  readonly projectId?: string | undefined
  /** After how many minutes without a request the tenant is deleted, at most 1440. Default `60`. */
  readonly lifetimeInMinutes?: number | undefined
}

export interface Tenants {
  /**
   * Adds a tenant, which shares nothing with the others. A test that has one of its own can run beside any other.
   *
   * What an option does not say is as in the options of the emulator, the seed included. The new tenant's
   * `config.url` is the emulator's `url` with `/t/{tenantId}` after it.
   *
   * @throws {TypeError} When an option is not valid, or an ID or key is in use; the message names it in quotes.
   *
   * @example
   * const tenant = emulator.tenants.create()
   * const backend = new Backend({ apiSecretKey: tenant.config.apiSecretKey, apiUrl: tenant.config.baseUrl })
   */
  create(options?: TenantOptions): Tenant
  /** The tenants that were created, oldest first, without the emulator's own. */
  list(): Tenant[]
  /** Deletes a tenant; `false` when there is none with this ID. */
  delete(tenantId: string): boolean
}

/** The tenants, and finding that of a request. */
export interface TenantDirectory extends Tenants {
  /** When a tenant is deleted, if no request comes before, in milliseconds since 1970. */
  expiresAt(tenantId: string): number
  /** The tenant of a request; `undefined` for the emulator's own. Throws `not_found` for an unknown one in the path. */
  ofRequest(request: Request): Tenant | undefined
  ofSocket(request: ConnectionRequest): Tenant | undefined
}

interface Entry {
  readonly tenant: Tenant
  readonly lifetimeMs: number
  /** In real time, so that no clock of a test deletes a tenant. */
  usedAt: number
}

/** With more, the one that was used least recently is deleted. */
const CAPACITY = 1000

const LONGEST_LIFETIME_MINUTES = 24 * 60

/** @param own The emulator's own tenant, whose names no other can have. */
export function createTenants(defaults: EmulatorOptions, own: () => Tenant): TenantDirectory {
  const random = createRandom(defaults.random)
  /** By tenant ID; the one that was used last is the last. */
  const entries = new Map<string, Entry>()
  /** The IDs of tenants by all names they have in requests: tenant ID, secret key, project ID. */
  const ids = new Map<string, string>()

  function use(entry: Entry): Tenant {
    const { tenantId } = entry.tenant.config
    entry.usedAt = Date.now()
    entries.delete(tenantId)
    entries.set(tenantId, entry)
    return entry.tenant
  }

  function remove(tenantId: string): boolean {
    const entry = entries.get(tenantId)
    if (entry === undefined) return false
    for (const name of namesOf(entry.tenant)) ids.delete(name)
    // Deliveries that are still to be sent again are deleted too.
    entry.tenant.reset()
    return entries.delete(tenantId)
  }

  function sweep() {
    const now = Date.now()
    for (const [tenantId, { usedAt, lifetimeMs }] of entries) if (usedAt + lifetimeMs <= now) remove(tenantId)
  }

  function find(name: string): Tenant | undefined {
    const entry = entries.get(ids.get(name) ?? '')
    return entry && use(entry)
  }

  /** The tenant that the address names, else the first that exists of those that the request names elsewhere. */
  function named(url: string, claimed: () => readonly string[]): Tenant | undefined {
    const { tenantId } = splitAddress(url)
    if (tenantId === undefined && entries.size === 0) return undefined
    sweep()
    if (tenantId === undefined)
      return claimed()
        .map(find)
        .find(tenant => tenant !== undefined)
    const entry = entries.get(tenantId)
    if (entry === undefined) throw notFound('tenant')
    return use(entry)
  }

  return {
    create({ lifetimeInMinutes, ...options } = {}) {
      sweep()
      const lifetimeMs = minutes(lifetimeInMinutes) * 60_000
      const { tenantId = `tenant-${random.hex(6)}` } = options
      const { apiSecretKey = random.base64Url(24), projectId = `P2${random.text(25)}` } = options
      requireId(tenantId)
      const settings = { ...defaults, ...defined(options), tenantId, apiSecretKey, projectId }
      const tenant = createTenant(settings, { path: tenantPath(tenantId) })
      for (const [option, name] of Object.entries({ tenantId, apiSecretKey, projectId }))
        if (ids.has(name) || namesOf(own()).includes(name))
          throw new TypeError(`"${option}" is in use already`)
      const [oldest] = entries.keys()
      if (entries.size >= CAPACITY && oldest !== undefined) remove(oldest)
      for (const name of namesOf(tenant)) ids.set(name, tenantId)
      return use({ tenant, lifetimeMs, usedAt: 0 })
    },
    list() {
      sweep()
      return Array.from(entries.values(), ({ tenant }) => tenant)
    },
    delete(tenantId) {
      sweep()
      return remove(tenantId)
    },
    expiresAt(tenantId) {
      const { usedAt, lifetimeMs } = entries.get(tenantId)!
      return usedAt + lifetimeMs
    },
    ofRequest: request => named(request.url, () => claimedTenants(request)),
    ofSocket: ({ url, protocols }) => named(url, () => tenantsOf(protocols)),
  }
}

const namesOf = ({ config: { tenantId, apiSecretKey, projectId } }: Tenant) => [
  tenantId,
  apiSecretKey,
  projectId,
]

const defined = (options: EmulatorOptions): EmulatorOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

function requireId(tenantId: unknown) {
  if (typeof tenantId !== 'string' || !/^[\w-]{1,64}$/.test(tenantId))
    throw new TypeError('"tenantId" must be letters, digits, - and _, at most 64')
}

function minutes(value: unknown = 60): number {
  if (typeof value === 'number' && value > 0 && value <= LONGEST_LIFETIME_MINUTES) return value
  throw new TypeError('"lifetimeInMinutes" must be a number of minutes, above 0 and at most 1440')
}
