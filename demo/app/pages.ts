/**
 * Serves the built page and the SDK's files, with the security headers of a page that takes codes.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'

export interface Folders {
  /** The built page: `dist/demo/page`. */
  readonly page: URL
  /** The SDK's files: `dist`. */
  readonly sdk: URL
}

/** Origins besides its own that the page sends requests to. */
export interface Origins {
  readonly api?: string
  /** Of nOTP's API. */
  readonly notp?: string | undefined
  /** For WebSockets. */
  readonly socket: string
  readonly ui?: string
}

export function pages(folders: Folders, origins: Origins) {
  // The script-tag page contains its script, so that it can be read as one file. Only this script may run.
  const scriptTag = readFileSync(new URL('script-tag.html', folders.page), 'utf8')
  const script = scriptTag.match(/<script>([\s\S]*?)<\/script>/)?.[1] ?? ''
  const allowed = `'sha256-${createHash('sha256').update(script).digest('base64')}'`

  const policy = contentSecurityPolicy(origins)
  const files = (
    folder: URL,
    rewriteRequestPath: (path: string) => string = path => path,
  ): MiddlewareHandler => {
    const serve = serveStatic({ root: fileURLToPath(folder), rewriteRequestPath })
    return async (c, next) => {
      const response = await serve(c, next)
      if (!(response instanceof Response)) return response
      response.headers.set(
        'content-security-policy',
        policy(c.req.path === '/script-tag.html' ? allowed : ''),
      )
      response.headers.set('x-content-type-options', 'nosniff')
      response.headers.set('referrer-policy', 'no-referrer')
      response.headers.set('cache-control', 'no-cache')
      return response
    }
  }

  return new Hono()
    .get('/favicon.ico', c => c.body(null, 204))
    .get(
      '/phone',
      files(folders.page, () => '/index.html'),
    )
    .get(
      '/dist/*',
      files(folders.sdk, path => path.slice('/dist'.length)),
    )
    .get('/*', files(folders.page))
}

function contentSecurityPolicy({ api = '', notp = '', socket, ui = '' }: Origins) {
  return (scripts: string) =>
    [
      "default-src 'none'",
      `script-src 'self' ${scripts}`,
      "style-src 'self'",
      "img-src 'self' data:",
      `connect-src 'self' ${[api, notp, socket].filter(Boolean).join(' ')}`,
      `frame-src 'self' ${ui}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
      "require-trusted-types-for 'script'",
    ]
      .map(directive => directive.trim())
      .join('; ')
}
