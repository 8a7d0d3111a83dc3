/**
 * Serves the inspector: its page in place of the simple page of the emulator, and its files.
 */

import { INDEX_PAGE } from '../routes/index-page.js'
import { CONTENT_TYPES, type ReadFile } from './hosted-ui.js'

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

const PAGE = 'inspector.html'

/** The response for a file of the inspector; `undefined` for other requests. */
export async function inspectorFile({ method, url }: Request, readFile: ReadFile) {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const [, name] = /^\/inspector\/([\w-][\w.-]*)$/.exec(new URL(url).pathname) ?? []
  return name === undefined || name === PAGE ? undefined : serve(method, name, readFile)
}

/**
 * The inspector, if the response is the simple page of an emulator. An app that wraps an emulator can have a page of
 * its own at `/`, which stays as it is. Without a build the simple page stays, too.
 */
export async function withInspector({ method }: Request, response: Response, readFile: ReadFile) {
  return (response.headers.has(INDEX_PAGE) && (await serve(method, PAGE, readFile))) || response
}

async function serve(method: string, name: string, readFile: ReadFile): Promise<Response | undefined> {
  const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)]
  const content = contentType && (await readFile(name))
  if (!content) return undefined
  const headers = { ...HEADERS, 'Content-Type': contentType }
  return new Response(method === 'HEAD' ? null : content, { headers })
}
