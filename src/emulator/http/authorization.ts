/**
 * Who may call: the schemes of contract 1.2, each as a middleware for the routes that need it.
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

/** Client bearer: a token from `track`, or from a completed challenge. */
export function bearer({ tokens }: Service): MiddlewareHandler<BearerEnv> {
  return async (c, next) => {
    const token = credentials(c.req.raw, 'Bearer')
    if (token === undefined) throw unauthorized()
    c.set('caller', await tokens.read(token))
    await next()
  }
}

/** Client anonymous: the tenant ID, in whichever of the forms that clients send. */
export function tenant({ config }: Service): MiddlewareHandler {
  return async (c, next) => {
    if (!isTenant(c.req.raw, config)) throw unauthorized()
    await next()
  }
}

export interface MaybeBearerEnv {
  /** `undefined` stands for a user who is not known yet. */
  Variables: { caller: Caller | undefined }
}

/** Client bearer, or anonymous. */
export function bearerOrTenant(service: Service): MiddlewareHandler<MaybeBearerEnv> {
  return async (c, next) => {
    c.set('caller', await callerOrTenant(service, c.req.raw))
    await next()
  }
}

/** The caller of a token, or `undefined` for the tenant; else throws. */
export async function callerOrTenant(
  { tokens, config }: Service,
  request: Request,
): Promise<Caller | undefined> {
  const token = credentials(request, 'Bearer')
  if (token !== undefined) return tokens.read(token)
  if (!isTenant(request, config)) throw unauthorized()
  return undefined
}

function isTenant(request: Request, { tenantId }: EmulatorConfig): boolean {
  const given = decodeBase64(credentials(request, 'Basic') ?? '')
  return given !== undefined && percentDecoded(given.replace(/:$/, '')) === tenantId
}

/** Server: the secret key as the user of Basic authentication, with an empty password. */
export function secretKey({ config }: Service): MiddlewareHandler {
  return async (c, next) => {
    const given = decodeBase64(credentials(c.req.raw, 'Basic') ?? '')
    if (given === undefined || !equalSecrets(given, `${config.apiSecretKey}:`)) throw unauthorized()
    await next()
  }
}

function credentials(request: Request, scheme: 'Basic' | 'Bearer'): string | undefined {
  const [given, value, ...rest] = (request.headers.get('Authorization') ?? '').split(' ')
  return given?.toLowerCase() === scheme.toLowerCase() && rest.length === 0 ? value : undefined
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
