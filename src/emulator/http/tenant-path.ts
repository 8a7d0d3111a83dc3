/**
 * `/t/{tenantId}` in front of a path: it names a tenant other than the first one.
 */

const PREFIX = /^\/t\/([^/]+)(?=\/|$)/

/** What stands in front of the paths of a tenant. */
export const tenantPath = (tenantId: string) => `/t/${tenantId}`

/** The tenant that a path names, and the rest of the path. */
export function splitTenantPath(path: string): {
  readonly tenantId: string | undefined
  readonly path: string
} {
  const [prefix = '', tenantId] = PREFIX.exec(path) ?? []
  return { tenantId, path: path.slice(prefix.length) || '/' }
}

/** The same for an address. A doubled slash counts as one: SDKs append paths to a base that may end in one. */
export const splitAddress = (url: string) => splitTenantPath(new URL(url).pathname.replace(/\/{2,}/g, '/'))
