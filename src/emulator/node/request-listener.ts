/**
 * Responds to the requests of an HTTP server of Node: with the pages, and what the emulator responds.
 */

import type { RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { BrokenConnection, isCut } from '../http/faults.js'
import { hostOf, requireLoopback } from '../http/loopback.js'
import { markOverHttp } from '../http/over-http.js'
import { textOf } from '../http/recording.js'
import { errorResponse } from '../http/response.js'
import { invalidRequest } from '../lib/errors.js'
import type { ControlAccess } from './control-access.js'
import { readBuiltFile } from './files.js'
import { hostedUi } from './hosted-ui.js'
import { inspectorFile, withInspector } from './inspector.js'

/** Anything that responds to requests. */
interface Responder {
  fetch(request: Request): Response | Promise<Response>
}

/** @param access Who may use the control routes from other machines; `undefined` when only this machine is served. */
export function createRequestListener(server: Responder, access: ControlAccess | undefined): RequestListener {
  return getRequestListener(
    (request, { outgoing }) => respond(server, request, access, outgoing as ServerResponse),
    {
      errorHandler: () => errorResponse(invalidRequest('The request is not valid HTTP.')),
      overrideGlobalObjects: false,
    },
  )
}

async function respond(
  server: Responder,
  request: Request,
  access: ControlAccess | undefined,
  outgoing: ServerResponse,
): Promise<Response> {
  markOverHttp(request)
  try {
    if (access === undefined) requireLoopback(hostOf(request))
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

const readInspectorFile = (name: string) => readBuiltFile(`inspector/${name}`)
