/**
 * Who may call: the schemes of contract 1.2, each as a middleware for the routes that need it.
 */

import type { MiddlewareHandler } from 'hono'
import { unauthorized } from './errors.js'
import { equalSecrets } from './secrets.js'
import type { Service } from './service.js'
import type { Caller } from './tokens.js'

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

/** Server: the secret key as the user of Basic authentication, with an empty password. */
export function secretKey({ config }: Service): MiddlewareHandler {
  return async (c, next) => {
    const given = decodeBase64(credentials(c.req.raw, 'Basic'))
    if (given === undefined || !equalSecrets(given, `${config.apiSecretKey}:`)) throw unauthorized()
    await next()
  }
}

function credentials(request: Request, scheme: 'Basic' | 'Bearer'): string | undefined {
  const [given, value, ...rest] = (request.headers.get('Authorization') ?? '').split(' ')
  return given?.toLowerCase() === scheme.toLowerCase() && rest.length === 0 ? value : undefined
}

/** Reads base64 or base64url, padded or not. */
function decodeBase64(text: string | undefined): string | undefined {
  try {
    const binary = atob((text ?? '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
    return new TextDecoder().decode(Uint8Array.from(binary, character => character.charCodeAt(0)))
  } catch {
    return undefined
  }
}
