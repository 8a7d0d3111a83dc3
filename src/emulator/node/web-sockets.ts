/**
 * Real WebSockets for Node: the handshake, and messages to and from whoever answers them.
 *
 * What is said over them is `qr-connection.ts`.
 */

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { errorResponse } from '../lib/errors.js'
import type { Connect } from '../routes/qr-connection.js'

/** The bytes that came with the request already. */
type Head = Parameters<WebSocketServer['handleUpgrade']>[2]

export interface WebSockets {
  /** Answers the `upgrade` event of an HTTP server. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Head) => void
  /** Ends all of them. */
  close(): void
}

interface Parts {
  readonly connect: Connect
  /** Throws when the host, as the `Host` header names it, must not be answered under. */
  readonly requireHost: (host: string) => void
}

const LARGEST_MESSAGE = 64 * 1024

export function createWebSockets({ connect, requireHost }: Parts): WebSockets {
  const selected = new WeakMap<IncomingMessage, string>()
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    handleProtocols: (_, request) => selected.get(request) ?? false,
  })

  function open(request: IncomingMessage, socket: Duplex, head: Head) {
    const { host = '' } = request.headers
    requireHost(host)
    // A proxy is asked with a whole address, whose host counts for nothing.
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
      // Bytes are no text, so they are no message either.
      opened.on('message', (data, isBinary) => connection.receive(isBinary ? '' : data.toString()))
      opened.on('close', connection.closed)
      // A `close` follows, which is all there is to do.
      opened.on('error', () => {})
    })
    if (webSocket === undefined) connection.closed()
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
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
