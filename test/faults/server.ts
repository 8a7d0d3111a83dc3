/** A server that plays the faults: `http://localhost:port/{number of the fault}/v1` is a base URL. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { FAULTS, type Play } from './faults.js'

export interface FaultServer {
  /** The base URL at which this fault happens. */
  baseUrl(fault: string): string
  /** How many POSTs a fault has met. */
  requests(fault: string): number
  /** From now on every connection breaks, those that are open too, as when a network goes away. */
  cut(): void
  close(): Promise<void>
}

export async function serveFaults(): Promise<FaultServer> {
  const counts = new Map<number, number>()
  const server = createServer((request, response) => {
    const number = Number(request.url?.split('/')[1])
    const play = FAULTS[number]!.play
    if (play.kind !== 'no CORS') allowCors(response, request.headers.origin)
    if (request.method === 'OPTIONS') {
      // Only the response itself lacks the header; without it in the preflight nothing would be sent at all.
      allowCors(response, request.headers.origin)
      response.writeHead(204).end()
      return
    }
    if (request.method === 'POST') counts.set(number, (counts.get(number) ?? 0) + 1)
    perform(play, response, request.url!)
  })
  let isCut = false
  server.on('connection', socket => isCut && socket.destroy())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const refusing = await unusedPort()

  return {
    baseUrl(fault) {
      const number = FAULTS.findIndex(({ name }) => name === fault)
      const isRefused = FAULTS[number]!.play.kind === 'refused'
      return `http://127.0.0.1:${isRefused ? refusing : port}/${number}/v1`
    },
    requests: fault => counts.get(FAULTS.findIndex(({ name }) => name === fault)) ?? 0,
    cut() {
      isCut = true
      server.closeAllConnections()
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function allowCors(response: ServerResponse, origin = '*') {
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-allow-headers', 'authorization, content-type')
  response.setHeader('access-control-allow-methods', 'GET, POST')
  response.setHeader('access-control-expose-headers', 'retry-after')
}

function perform(play: Play, response: ServerResponse, url: string) {
  switch (play.kind) {
    case 'response':
      response.writeHead(play.status, { 'content-type': 'application/json', ...play.headers }).end(play.body)
      break
    case 'no CORS':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"challengeId":"c1"}')
      break
    case 'headers, then nothing':
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      break
    case 'headers, then a body without an end':
      response.writeHead(200, { 'content-type': 'application/json' })
      Readable.from(spaces()).pipe(response)
      break
    case 'cut in mid-body':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"challengeId":', () => response.destroy())
      break
    case 'redirect to itself':
      response.writeHead(307, { location: url }).end()
      break
    case 'silence':
    case 'refused':
  }
}

/** JSON may begin with spaces, so only the length shows that this is not JSON. */
function* spaces() {
  for (;;) yield Buffer.alloc(64_000, ' ')
}

/** A port that was free a moment ago. */
async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
