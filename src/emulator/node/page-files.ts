/**
 * The files of the pages that the emulator serves, with the headers that every page has.
 */

/** Reads a file of a page; `undefined` when there is none with that name. */
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

/** What the policy of every page begins with. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
]

/**
 * The headers of the files of a page.
 *
 * @param policy What its `Content-Security-Policy` has besides.
 * @param others Its own headers.
 */
export const headersOf = (policy: readonly string[], others: Readonly<Record<string, string>>) => ({
  'Content-Security-Policy': [...POLICY, ...policy].join('; '),
  // The address of a page can contain a token.
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  ...others,
})

/** Whether a request is for a file; only these are. */
export const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD'

/** The response with a file; `undefined` when there is none, or it is of an unknown type. */
export async function fileResponse(
  { method }: Request,
  name: string,
  readFile: ReadFile,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> {
  const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)]
  const content = contentType && (await readFile(name))
  if (!content) return undefined
  return new Response(method === 'HEAD' ? null : content, {
    headers: { ...headers, 'Content-Type': contentType },
  })
}
