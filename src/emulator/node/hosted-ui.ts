/**
 * Serves the files of the hosted page, with their headers.
 */

import { splitTenantPath } from '../http/tenant-path.js'
import { notImplemented } from '../lib/errors.js'

/** Reads a file of the hosted page; `undefined` when there is none with that name. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>

export const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  map: 'application/json',
}

// `frame-ancestors *` and no X-Frame-Options or COOP, because apps open the page in a frame or window.
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    'frame-ancestors *',
    "require-trusted-types-for 'script'",
  ].join('; '),
  // For frames in cross-origin isolated apps.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // The token is part of the page's address.
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

/** The response for the hosted page or one of its files; `undefined` for other requests. */
export async function hostedUi(request: Request, readFile: ReadFile): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const name = fileName(splitTenantPath(new URL(request.url).pathname).path)
  const contentType = name && CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)]
  if (name === undefined || contentType === undefined) return undefined
  const content = await readFile(name)
  if (content === undefined && name === 'challenge.html')
    throw notImplemented('The hosted pages have not been built; run the build first.')
  if (content === undefined) return undefined
  const headers = { ...HEADERS, 'Content-Type': contentType }
  return new Response(request.method === 'HEAD' ? null : content, { headers })
}

function fileName(pathname: string): string | undefined {
  if (pathname === '/challenge') return 'challenge.html'
  return /^\/hosted-ui\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/.exec(pathname)?.[1]
}
