/**
 * One emulator: its tenants behind a single `fetch`.
 */

import { errorResponse } from './http/response.js'
import { createTenant, type EmulatorOptions, type Tenant, toRequest } from './tenant.js'
import { createTenants, type Tenants } from './tenants.js'

export interface Emulator extends Tenant {
  /** Tenants of their own, for tests that run in parallel. */
  readonly tenants: Tenants
}

/**
 * Creates an emulator of the whole service, in memory.
 *
 * @throws {TypeError} When an option is not valid; the message names it in quotes.
 *
 * @example
 * const emulator = createEmulator()
 * const { tenantId, baseUrl } = emulator.config
 * const authsignal = new Authsignal({ tenantId, baseUrl, fetch: emulator.fetch })
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const tenants = createTenants(options, () => own)
  const own: Tenant = createTenant(options, { tenants })
  const { create, list, delete: remove } = tenants

  /** The tenant of a request, or the refusal. */
  function tenantOf(request: Request): Tenant | Response {
    try {
      return tenants.ofRequest(request) ?? own
    } catch (error) {
      return errorResponse(error)
    }
  }

  return {
    ...own,
    async fetch(input, init) {
      const request = toRequest(input, init, own.config.url)
      const tenant = tenantOf(request)
      return tenant instanceof Response ? tenant : tenant.fetch(request)
    },
    connect: (request, socket) => (tenants.ofSocket(request) ?? own).connect(request, socket),
    tenants: { create, list, delete: remove },
  }
}
