/**
 * What a request claims before anything is checked: its tenant, by tenant ID, secret key or project ID, and its user.
 *
 * A claim only chooses the tenant, or a fault. Whether the request is allowed is checked by the routes of that tenant.
 */

import { decodeJwt } from 'jose/jwt/decode'
import * as v from 'valibot'
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
export const tenantOf = (token: string): string | undefined => claimsOf(token)?.other?.tenantId

/** The user in a client token. */
export const subjectOf = (token = ''): string | undefined => claimsOf(token)?.sub

const Claims = v.object({
  sub: v.optional(v.string()),
  other: v.optional(v.object({ tenantId: v.optional(v.string()) })),
})

function claimsOf(token: string) {
  try {
    return v.parse(Claims, decodeJwt(token))
  } catch {
    return undefined
  }
}
