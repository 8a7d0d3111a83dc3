/**
 * The names by which a request can say which tenant it is for: tenant ID, secret key, project ID.
 *
 * They only choose the tenant. Whether the request is allowed is checked by the routes of that tenant.
 */

import { decodeJwt } from 'jose'
import { decodeBase64 } from '../lib/base64.js'
import { credentials } from './authorization.js'
import { splitAddress } from './tenant-path.js'

/** The tenant ID of a key set of the Client API, and the project ID of one of nOTP. */
const KEY_SET = /^\/v1\/client\/public\/([^/]+)\/|^\/v2\/keys\/([^/]+)/

export function claimedTenants(request: Request): string[] {
  const { path } = splitAddress(request.url)
  const [, tenantId, projectId] = KEY_SET.exec(path) ?? []
  const basic = decodeBase64(credentials(request, 'Basic') ?? '')?.replace(/:$/, '')
  const bearer = credentials(request, 'Bearer')
  const ofBearer = bearer === undefined ? [] : [tenantOf(bearer), bearer.split(':')[0]]
  return [tenantId, projectId, basic, ...ofBearer].filter(name => name !== undefined)
}

/** The tenant in a client token. */
export function tenantOf(token: string): string | undefined {
  try {
    const { other } = decodeJwt<{ other?: { tenantId?: unknown } }>(token)
    return typeof other?.tenantId === 'string' ? other.tenantId : undefined
  } catch {
    return undefined
  }
}
