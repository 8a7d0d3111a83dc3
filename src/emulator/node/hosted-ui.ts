/**
 * The hosted pages: which address means which file, and the headers it is served with.
 *
 * The pages themselves are made in `demo/hosted-ui/`; where their files are is known to `node.ts`.
 */

import { notImplemented } from '../lib/errors.js'

/** Reads a file of the hosted pages; `undefined` when there is none of that name. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>

const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  map: 'application/json',
}

// `frame-ancestors *` and no X-Frame-Options or COOP: apps show the page in a frame or a window (contract 5.4).
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
  // Cross-origin isolated apps frame it too.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // The token is in the page's address.
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

/** The page or file a request asks for; `undefined` when it asks for something else. */
export async function hostedUi(request: Request, readFile: ReadFile): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const name = fileName(new URL(request.url).pathname)
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
