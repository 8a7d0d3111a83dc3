/**
 * Small web sites on this machine, for the pages of the tests.
 *
 * Each is reached as `localhost` and as `127.0.0.1`, which to a browser are two origins.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Site {
  /** Its address, without a slash at the end. */
  readonly url: string
  /** The same site to the network, another origin to the browser. */
  readonly otherUrl: string
  close(): Promise<void>
}

/** The response of a path: a file, a text with its type, or a function of the request. */
export type Route = URL | Text | ((request: IncomingMessage, response: ServerResponse) => void)

export interface Text {
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
}

export async function serve(routes: Readonly<Record<string, Route>>): Promise<Site> {
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!
    const route = routes[path]
    if (path === '/favicon.ico') return response.writeHead(204).end()
    if (!route) return response.writeHead(404).end()
    if (typeof route === 'function') return route(request, response)
    if (route instanceof URL) {
      const type = TYPES[route.pathname.split('.').at(-1)!]
      return response.writeHead(200, { 'content-type': type }).end(readFileSync(route))
    }
    return response.writeHead(200, { 'content-type': route.type, ...route.headers }).end(route.body)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    otherUrl: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A file that the build wrote. */
export const built = (name: string): URL => new URL(`../../dist/${name}`, import.meta.url)

/** The modules that the build wrote into a folder, with that folder as their path. */
export function builtModules(...folders: readonly string[]): Readonly<Record<string, URL>> {
  const files = folders.flatMap(folder =>
    readdirSync(built(folder), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`),
  )
  return Object.fromEntries(files.filter(file => file.endsWith('.js')).map(file => [`/${file}`, built(file)]))
}

export function html(body: string, headers: Readonly<Record<string, string>> = {}): Text {
  return { type: TYPES.html!, body: `<!doctype html><html lang="en"><meta charset="utf-8">${body}`, headers }
}
