/**
 * WebSockets for Node: the handshake, and passing messages on.
 *
 * The messages themselves are handled in `routes/qr-connection.ts`.
 */

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { MAX_BODY_BYTES } from '../http/request.js'
import { errorResponse } from '../http/response.js'
import type { Connect } from '../routes/qr-connection.js'

/** The first bytes after the request. */
type Head = Parameters<WebSocketServer['handleUpgrade']>[2]

export interface WebSockets {
  /** Handles the `upgrade` event of an HTTP server, whose socket has an observer of errors. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Head) => void
  /** Ends all connections. */
  close(): void
}

interface Parts {
  readonly connect: Connect
  /** Throws when the host of the `Host` header is not allowed. */
  readonly requireHost: (host: string) => void
}

export function createWebSockets({ connect, requireHost }: Parts): WebSockets {
  const selected = new WeakMap<IncomingMessage, string>()
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BODY_BYTES,
    handleProtocols: (_, request) => selected.get(request) ?? false,
  })

  function open(request: IncomingMessage, socket: Duplex, head: Head) {
    const { host = '' } = request.headers
    requireHost(host)
    // A request to a proxy has an absolute address in its first line. Its host is ignored.
    const url = new URL(`http://${host}/${request.url?.replace(/^(\w+:\/\/[^/]*)?\/*/, '')}`)
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(each => each.trim())
    let webSocket: WebSocket | undefined
    const connection = connect(
      { url: url.href, protocols, origin: request.headers.origin },
      {
        send: text => webSocket?.send(text),
        close: (code, reason) => webSocket?.close(code, reason),
      },
    )
    selected.set(request, connection.protocol)
    server.handleUpgrade(request, socket, head, opened => {
      webSocket = opened
      // A binary message is not valid.
      opened.on('message', (data, isBinary) => connection.receive(isBinary ? '' : data.toString()))
      opened.on('close', connection.closed)
      // A `close` event follows.
      opened.on('error', () => {})
    })
    if (webSocket === undefined) connection.closed()
  }

  return {
    upgrade(request, socket, head) {
      try {
        open(request, socket, head)
      } catch (error) {
        void refuse(socket, error)
      }
    },
    close() {
      for (const each of server.clients) each.terminate()
    },
  }
}

async function refuse(socket: Duplex, error: unknown) {
  const response = errorResponse(error)
  const body = await response.text()
  const headers = {
    ...Object.fromEntries(response.headers),
    connection: 'close',
    'content-length': body.length,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${response.status} Refused`, ...lines, '', body].join('\r\n'))
}
