/**
 * Serves the inspector: its page in place of the simple page of the emulator, and its files.
 */

import { INDEX_PAGE } from '../routes/index-page.js'
import { fileResponse, headersOf, isRead, type ReadFile } from './page-files.js'

const HEADERS = headersOf(["frame-ancestors 'none'", "trusted-types 'none'"], {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
})

const PAGE = 'inspector.html'

/** The response for a file of the inspector; `undefined` for other requests. */
export async function inspectorFile(request: Request, readFile: ReadFile) {
  if (!isRead(request)) return undefined
  const [, name] = /^\/inspector\/([\w-][\w.-]*)$/.exec(new URL(request.url).pathname) ?? []
  return name === undefined || name === PAGE ? undefined : fileResponse(request, name, readFile, HEADERS)
}

/**
 * The inspector, if the response is the simple page of an emulator. An app that wraps an emulator can have a page of
 * its own at `/`, which stays as it is. Without a build the simple page stays, too.
 */
export async function withInspector(request: Request, response: Response, readFile: ReadFile) {
  return (
    (response.headers.has(INDEX_PAGE) && (await fileResponse(request, PAGE, readFile, HEADERS))) || response
  )
}
