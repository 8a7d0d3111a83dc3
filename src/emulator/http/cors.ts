/**
 * CORS: the pages that may call the Client API and nOTP.
 */

import type { MiddlewareHandler } from 'hono'
import type { EmulatorConfig } from '../options.js'

const METHODS = 'GET, POST, PATCH, DELETE, OPTIONS'
const MAX_AGE_SECONDS = '600'

/** `sdkHeaders` are allowed besides those that every SDK sends. */
export function cors({ allowedOrigins }: EmulatorConfig, sdkHeaders: RegExp): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('Origin')
    const allowed = origin !== undefined && (allowedOrigins === undefined || allowedOrigins.includes(origin))
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 })
    else await next()

    c.res.headers.append('Vary', 'Origin')
    if (!allowed) return
    c.res.headers.set('Access-Control-Allow-Origin', origin)
    c.res.headers.set('Access-Control-Allow-Credentials', 'true')
    c.res.headers.set('Access-Control-Expose-Headers', 'retry-after')
    if (c.req.method !== 'OPTIONS') return
    c.res.headers.set('Access-Control-Allow-Methods', METHODS)
    c.res.headers.set(
      'Access-Control-Allow-Headers',
      allowedHeaders(sdkHeaders, c.req.header('Access-Control-Request-Headers')),
    )
    c.res.headers.set('Access-Control-Max-Age', MAX_AGE_SECONDS)
  }
}

function allowedHeaders(sdkHeaders: RegExp, requested = ''): string {
  const names = requested.split(',').map(name => name.trim().toLowerCase())
  return ['authorization', 'content-type', ...names.filter(name => sdkHeaders.test(name))].join(', ')
}
