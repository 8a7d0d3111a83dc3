/**
 * Serves the emulator over HTTP and WebSocket, from Node.
 */

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { isLoopback, requireLoopback } from '../http/loopback.js'
import { DEFAULT_PORT } from '../options.js'
import type { Connect } from '../routes/qr-connection.js'
import { createControlAccess } from './control-access.js'
import type { WebSockets } from './web-sockets.js'

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

  const { connect } = server

  // Both are loaded when they are needed, so that the server accepts connections as soon as it can.
  let listener: Promise<RequestListener> | undefined
  let sockets: Promise<WebSockets> | undefined

  const loadListener = async () =>
    (await import('./request-listener.js')).createRequestListener(server, access)

  async function loadSockets(connect: Connect) {
    const { createWebSockets } = await import('./web-sockets.js')
    return createWebSockets({ connect, requireHost: unsafeHost ? () => {} : requireLoopback })
  }

  const respond: RequestListener = async (incoming, outgoing) => {
    listener ??= loadListener()
    const handle = await listener
    handle(incoming, outgoing)
  }

  const servers = await bind(respond, port, host)
  const bound = portOf(servers[0]!)
  if (connect !== undefined)
    for (const each of servers)
      each.on('upgrade', async (request, socket: Duplex, head) => {
        socket.on('error', () => socket.destroy())
        sockets ??= loadSockets(connect)
        const { upgrade } = await sockets
        upgrade(request, socket, head)
      })
  // After the caller has been told that the server is ready, and most often before the first request.
  const idle = setImmediate(() => {
    listener ??= loadListener()
  })
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)}:${bound}`,
    port: bound,
    ...(access && { controlToken: access.token }),
    close: async () => {
      clearImmediate(idle)
      const opened = await sockets
      opened?.close()
      await Promise.all([listener, ...servers.map(close)])
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

/** `localhost` can resolve to either loopback address, so both are bound if the machine has both. */
async function bind(listener: RequestListener, port: number, host: string): Promise<Server[]> {
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

function start(listener: RequestListener, port: number, host: string): Promise<Server> {
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
