/**
 * Serves the emulator over HTTP and WebSocket, from Node.
 */

import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { BrokenConnection, isCut } from '../http/faults.js'
import { hostOf, isLoopback, isLoopbackHost } from '../http/loopback.js'
import { textOf } from '../http/recording.js'
import { errorResponse } from '../http/response.js'
import { forbidden, invalidRequest } from '../lib/errors.js'
import { DEFAULT_PORT } from '../options.js'
import type { Connect } from '../routes/qr-connection.js'
import { type ControlAccess, createControlAccess } from './control-access.js'
import { readBuiltFile } from './files.js'
import { hostedUi } from './hosted-ui.js'
import { inspectorFile, withInspector } from './inspector.js'
import { createWebSockets, type WebSockets } from './web-sockets.js'

/** Anything that responds to requests: an emulator, a Hono app, an object with a `fetch` function. */
export interface WebServer {
  fetch(request: Request): Response | Promise<Response>
  /**
   * Opens a WebSocket. An app that wraps an emulator passes on that of the emulator:
   * `listen({ fetch: app.fetch, connect: emulator.connect })`. Without it every WebSocket is refused.
   */
  readonly connect?: Connect | undefined
}

export interface ListenOptions {
  /** The port; `0` picks a free one. Default `4010`. */
  readonly port?: number | undefined
  /** The address. Default: loopback, IPv4 and IPv6. */
  readonly host?: string | undefined
  /** Lets `host` be an address that other machines can reach, and any host name be used. Default `false`. */
  readonly unsafeHost?: boolean | undefined
  /** Lets the emulator start where `NODE_ENV` is `production`. Default `false`. */
  readonly allowProduction?: boolean | undefined
}

export interface Listening {
  /** The address, like `http://localhost:4010`. */
  readonly url: string
  readonly port: number
  /**
   * With `unsafeHost`, what other machines need for the control routes: `Authorization: Bearer {controlToken}`.
   * Otherwise these serve this machine only, and there is none.
   */
  readonly controlToken?: string
  /** Stops listening and ends open connections. */
  close(): Promise<void>
}

/** How many ports to try until one is free on both loopback addresses. */
const FREE_PORT_ATTEMPTS = 10

export async function listen(server: WebServer, options: ListenOptions = {}): Promise<Listening> {
  const { port = DEFAULT_PORT, host = 'localhost', unsafeHost = false, allowProduction = false } = options
  check(server, port, host, unsafeHost)
  refuseProduction(allowProduction)
  const access = unsafeHost ? createControlAccess() : undefined

  const listener = getRequestListener(
    (request, { outgoing }) => respond(server, request, access, outgoing as ServerResponse),
    {
      errorHandler: () => errorResponse(invalidRequest('The request is not valid HTTP.')),
      overrideGlobalObjects: false,
    },
  )
  const servers = await bind(listener, port, host)
  const sockets = webSocketsOf(server, unsafeHost)
  if (sockets !== undefined) for (const each of servers) each.on('upgrade', sockets.upgrade)
  const bound = portOf(servers[0]!)
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)}:${bound}`,
    port: bound,
    ...(access && { controlToken: access.token }),
    close: async () => {
      sockets?.close()
      await Promise.all(servers.map(close))
    },
  }
}

function check(server: WebServer, port: number, host: string, unsafeHost: boolean) {
  if (typeof server?.fetch !== 'function') throw new TypeError('"server" must have a fetch method')
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new TypeError('"port" must be a whole number from 0 to 65535')
  if (typeof host !== 'string' || host === '') throw new TypeError('"host" must be an address')
  if (!unsafeHost && !isLoopback(bracketed(host)))
    throw new TypeError(
      '"host" must be a loopback address, such as 127.0.0.1: anyone who can reach the emulator can read its codes. ' +
        'Set "unsafeHost" to serve other machines nevertheless',
    )
}

/** A service that shows every code must not be what users of a real app sign in with. */
function refuseProduction(allowProduction: boolean) {
  if (process.env.NODE_ENV === 'production' && !allowProduction)
    throw new TypeError(
      'NODE_ENV is production, and the emulator is for development and tests. ' +
        'Set "allowProduction" to start it nevertheless',
    )
}

async function respond(
  server: WebServer,
  request: Request,
  access: ControlAccess | undefined,
  outgoing: ServerResponse,
): Promise<Response> {
  try {
    requireLoopback(hostOf(request), access !== undefined)
    const entry = access?.check(request, outgoing.socket?.remoteAddress)
    if (entry !== undefined) return entry
    const file =
      (await hostedUi(request, name => readBuiltFile(`hosted-ui/${name}`))) ??
      (await inspectorFile(request, readInspectorFile))
    if (file !== undefined) return file
    const response = await withInspector(request, await server.fetch(request), readInspectorFile)
    if (isCut(response)) return cut(response, outgoing)
    const text = textOf(response)
    return text === undefined ? response : send(response, text, outgoing)
  } catch (error) {
    if (error instanceof BrokenConnection) return error.sent ?? breakConnection(outgoing)
    return errorResponse(error)
  }
}

/** Sends a body that is known as a whole together with the headers: in one write, and without reading a stream. */
function send({ status, headers }: Response, text: string, outgoing: ServerResponse): Response {
  const cookies = headers.getSetCookie()
  outgoing.writeHead(status, {
    ...Object.fromEntries(headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    'content-length': Buffer.byteLength(text),
  })
  outgoing.end(text)
  return RESPONSE_ALREADY_SENT
}

/**
 * Breaks the connection before there is a response. It sends some data first: Chromium sends a request again when a
 * connection that it used before is closed without any data, POST too. So it would not see a fault that is met once.
 *
 * @see https://source.chromium.org/chromium/chromium/src/+/main:net/http/http_network_transaction.cc, ShouldResendRequest
 */
function breakConnection({ socket }: ServerResponse): Response {
  socket?.write('This is a fault.\r\n\r\n', () => socket.destroy())
  return RESPONSE_ALREADY_SENT
}

/** Breaks the connection after the first part of the body, of which more was announced. */
async function cut(response: Response, outgoing: ServerResponse): Promise<Response> {
  const { value = new Uint8Array() } = await response.body!.getReader().read()
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': '100' })
  outgoing.write(value, () => outgoing.destroy())
  return RESPONSE_ALREADY_SENT
}

/** Against DNS rebinding: any web page could reach the emulator by a host name that resolves to 127.0.0.1. */
function requireLoopback(host: string, unsafeHost: boolean) {
  if (!unsafeHost && !isLoopbackHost(host))
    throw forbidden('The emulator serves requests to a loopback host name only.')
}

/** `undefined` when the server has no WebSockets; `fetch` then refuses them. */
function webSocketsOf({ connect }: WebServer, unsafeHost: boolean): WebSockets | undefined {
  if (connect === undefined) return undefined
  const requireHost = (host: string) => requireLoopback(host, unsafeHost)
  return createWebSockets({ connect, requireHost })
}

const readInspectorFile = (name: string) => readBuiltFile(`inspector/${name}`)

type Listener = ReturnType<typeof getRequestListener>

/** `localhost` can resolve to either loopback address, so both are bound if the machine has both. */
async function bind(listener: Listener, port: number, host: string): Promise<Server[]> {
  if (host !== 'localhost') return [await start(listener, port, host)]
  for (let attempt = 1; ; attempt++) {
    const first = await start(listener, port, '127.0.0.1')
    try {
      return [first, await start(listener, portOf(first), '::1')]
    } catch (error) {
      if (!isCode(error, 'EADDRINUSE')) return [first]
      await close(first)
      if (port !== 0 || attempt === FREE_PORT_ATTEMPTS) throw error
    }
  }
}

function start(listener: Listener, port: number, host: string): Promise<Server> {
  // Longer than clients keep a connection that they do not use: otherwise one could be closed while it is used again.
  const server = createServer({ keepAliveTimeout: 60_000 }, listener)
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(isCode(error, 'EADDRINUSE') ? portInUse(port, error) : error))
    server.listen(port, host, () => resolve(server))
  })
}

const portInUse = (port: number, cause: Error) =>
  Object.assign(
    new Error(`Port ${port} is in use; choose another one, or 0 for any that is free.`, { cause }),
    {
      code: 'EADDRINUSE',
    },
  )

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code
