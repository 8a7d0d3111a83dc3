/**
 * CORS: the pages that may call the Client API and nOTP.
 */

import type { MiddlewareHandler } from 'hono'
import type { EmulatorConfig } from '../options.js'

const METHODS = 'GET, POST, PATCH, DELETE, OPTIONS'
const MAX_AGE_SECONDS = '600'

/** `sdkHeaders` are allowed besides those that every SDK sends. */
export function cors(config: EmulatorConfig, sdkHeaders: RegExp): MiddlewareHandler {
  return async (c, next) => {
    const headers = corsHeaders(config, c.req.header('Origin'))
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 })
    else await next()

    c.res.headers.append('Vary', 'Origin')
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    if (c.req.method !== 'OPTIONS' || headers['Access-Control-Allow-Origin'] === undefined) return
    c.res.headers.set('Access-Control-Allow-Methods', METHODS)
    c.res.headers.set(
      'Access-Control-Allow-Headers',
      allowedHeaders(sdkHeaders, c.req.header('Access-Control-Request-Headers')),
    )
    c.res.headers.set('Access-Control-Max-Age', MAX_AGE_SECONDS)
  }
}

/** The headers that allow a page to read a response; none when its origin is not allowed. */
export function corsHeaders(
  { allowedOrigins }: EmulatorConfig,
  origin: string | null | undefined,
): Record<string, string> {
  if (!origin || allowedOrigins?.includes(origin) === false) return {}
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'retry-after',
  }
}

function allowedHeaders(sdkHeaders: RegExp, requested = ''): string {
  const names = requested.split(',').map(name => name.trim().toLowerCase())
  return ['authorization', 'content-type', ...names.filter(name => sdkHeaders.test(name))].join(', ')
}
