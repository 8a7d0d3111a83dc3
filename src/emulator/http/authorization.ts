/**
 * The authorization schemes of the Authsignal APIs, each as a middleware.
 */

import type { MiddlewareHandler } from 'hono'
import type { Caller } from '../authsignal/tokens.js'
import { decodeBase64 } from '../lib/base64.js'
import { unauthorized } from '../lib/errors.js'
import { equalSecrets } from '../lib/secrets.js'
import type { EmulatorConfig } from '../options.js'
import type { Service } from '../service.js'

export interface BearerEnv {
  Variables: { caller: Caller }
}

/** Client API: the token of `track` or of a completed challenge. */
export function bearer({ tokens }: Service): MiddlewareHandler<BearerEnv> {
  return async (c, next) => {
    const token = credentials(c.req.raw, 'Bearer')
    if (token === undefined) throw unauthorized()
    c.set('caller', await tokens.read(token))
    await next()
  }
}

/** Client API without a user: the tenant ID. */
export function tenant({ config }: Service): MiddlewareHandler {
  return async (c, next) => {
    if (!isTenant(c.req.raw, config)) throw unauthorized()
    await next()
  }
}

export interface MaybeBearerEnv {
  /** `undefined` while no user is known. */
  Variables: { caller: Caller | undefined }
}

/** Client API: a token, or the tenant ID. */
export function bearerOrTenant(service: Service): MiddlewareHandler<MaybeBearerEnv> {
  return async (c, next) => {
    c.set('caller', await callerOrTenant(service, c.req.raw))
    await next()
  }
}

/** The caller of a token, or `undefined` for a tenant ID; throws otherwise. */
export async function callerOrTenant(
  { tokens, config }: Service,
  request: Request,
): Promise<Caller | undefined> {
  const token = credentials(request, 'Bearer')
  if (token !== undefined) return tokens.read(token)
  if (!isTenant(request, config)) throw unauthorized()
  return undefined
}

/** Web and mobile SDKs send the tenant ID with or without a colon, and percent-encoded or not. */
function isTenant(request: Request, { tenantId }: EmulatorConfig): boolean {
  const given = decodeBase64(credentials(request, 'Basic') ?? '')
  return given !== undefined && decodePercent(given.replace(/:$/, '')) === tenantId
}

/** Server API: the secret key as the user name of Basic authentication, without a password. */
export function secretKey({ config }: Service): MiddlewareHandler {
  return async (c, next) => {
    const given = decodeBase64(credentials(c.req.raw, 'Basic') ?? '')
    if (given === undefined || !equalSecrets(given, `${config.apiSecretKey}:`)) throw unauthorized()
    await next()
  }
}

/** The value of the `Authorization` header, if it has this scheme. */
export function credentials(request: Request, scheme: 'Basic' | 'Bearer'): string | undefined {
  const [given, value, ...rest] = (request.headers.get('Authorization') ?? '').split(' ')
  return given?.toLowerCase() === scheme.toLowerCase() && rest.length === 0 ? value : undefined
}

function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
