/**
 * The authorization schemes of the Authsignal APIs, each as a middleware.
 */

import type { MiddlewareHandler } from 'hono'
import type { Caller, Tokens } from '../authsignal/tokens.js'
import { decodeBase64 } from '../lib/base64.js'
import { unauthorized } from '../lib/errors.js'
import { equalSecrets } from '../lib/secrets.js'
import type { EmulatorConfig } from '../options.js'
import type { Service } from '../service.js'
import { secured } from './operation.js'
import { note } from './recording.js'

export interface BearerEnv {
  Variables: { caller: Caller }
}

/** Client API: the token of `track` or of a completed challenge. */
export function bearer({ tokens }: Service): MiddlewareHandler<BearerEnv> {
  return secured(['token'], async (c, next) => {
    const token = credentials(c.req.raw, 'Bearer')
    if (token === undefined) throw unauthorized()
    c.set('caller', await readCaller(tokens, c.req.raw, token))
    await next()
  })
}

/** Client API without a user: the tenant ID. */
export function tenant({ config }: Service): MiddlewareHandler {
  return secured(['tenant'], async (c, next) => {
    requireTenant(c.req.raw, config)
    await next()
  })
}

export interface MaybeBearerEnv {
  /** `undefined` while no user is known. */
  Variables: { caller: Caller | undefined }
}

/** Client API: a token, or the tenant ID. */
export function bearerOrTenant(service: Service): MiddlewareHandler<MaybeBearerEnv> {
  return secured(['token', 'tenant'], async (c, next) => {
    c.set('caller', await callerOrTenant(service, c.req.raw))
    await next()
  })
}

/** The caller of a token, or `undefined` for a tenant ID; throws otherwise. */
export async function callerOrTenant(
  { tokens, config }: Service,
  request: Request,
): Promise<Caller | undefined> {
  const token = credentials(request, 'Bearer')
  if (token !== undefined) return readCaller(tokens, request, token)
  requireTenant(request, config)
  return undefined
}

async function readCaller(tokens: Tokens, request: Request, token: string): Promise<Caller> {
  const caller = await tokens.read(token)
  note(request, { authorization: 'TOKEN', userId: caller.user.userId })
  return caller
}

/** Web and mobile SDKs send the tenant ID with or without a colon, and percent-encoded or not. */
function requireTenant(request: Request, { tenantId }: EmulatorConfig): void {
  const given = decodeBase64(credentials(request, 'Basic') ?? '')
  if (given === undefined || decodePercent(given.replace(/:$/, '')) !== tenantId) throw unauthorized()
  note(request, { authorization: 'TENANT_ID' })
}

/** Server API: the secret key as the user name of Basic authentication, without a password. */
export function secretKey({ config }: Service): MiddlewareHandler {
  return secured(['apiSecretKey'], async (c, next) => {
    const given = decodeBase64(credentials(c.req.raw, 'Basic') ?? '')
    if (given === undefined || !equalSecrets(given, `${config.apiSecretKey}:`)) throw unauthorized()
    note(c.req.raw, { authorization: 'SECRET_KEY' })
    await next()
  })
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
