/**
 * Serves the files of the hosted page, with their headers.
 */

import { splitTenantPath } from '../http/tenant-path.js'
import { notImplemented } from '../lib/errors.js'
import { fileResponse, headersOf, isRead, type ReadFile } from './page-files.js'

// `frame-ancestors *` and no X-Frame-Options or COOP, because apps open the page in a frame or window.
const HEADERS = headersOf(["font-src 'self'", 'frame-ancestors *'], {
  // For frames in cross-origin isolated apps.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
})

const PAGE = 'challenge.html'

/** The response for the hosted page or one of its files; `undefined` for other requests. */
export async function hostedUi(request: Request, readFile: ReadFile): Promise<Response | undefined> {
  if (!isRead(request)) return undefined
  const name = fileName(splitTenantPath(new URL(request.url).pathname).path)
  if (name === undefined) return undefined
  const response = await fileResponse(request, name, readFile, HEADERS)
  if (response === undefined && name === PAGE)
    throw notImplemented('The hosted pages have not been built; run the build first.')
  return response
}

function fileName(pathname: string): string | undefined {
  if (pathname === '/challenge') return PAGE
  return /^\/hosted-ui\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/.exec(pathname)?.[1]
}
