/**
 * QR codes over WebSocket: what a browser and the emulator say to each other (contract 3.10.2).
 *
 * Nothing here knows how a message travels; `node.ts` brings a real WebSocket, a test or page anything else.
 */

import { ALL_SCOPES } from '../authsignal/scopes.js'
import type { Approval } from '../authsignal/store.js'
import type { Caller } from '../authsignal/tokens.js'
import { QrMessage } from '../http/fields.js'
import { parseInput } from '../http/request.js'
import { toIso } from '../lib/clock.js'
import { forbidden, invalidRequest, notImplemented } from '../lib/errors.js'
import type { Service } from '../service.js'

/** How a WebSocket is asked for. */
export interface ConnectionRequest {
  /** The address, `ws:` or `http:` alike. */
  readonly url: string
  /** The subprotocols the browser offers. */
  readonly protocols: readonly string[]
  /** The origin of the page, when a page asks. */
  readonly origin?: string | undefined
}

/** The browser's end of a WebSocket. */
export interface Socket {
  send(text: string): void
  close(code: number, reason: string): void
}

/** The emulator's end of a WebSocket. */
export interface Connection {
  /** The subprotocol that was selected. */
  readonly protocol: string
  /** A message has come from the browser. */
  receive(text: string): void
  /** The WebSocket was closed, by whichever end. */
  closed(): void
}

/**
 * Opens a connection.
 *
 * @throws when there is no WebSocket at this address or not for this page.
 */
export type Connect = (request: ConnectionRequest, socket: Socket) => Connection

const PATHS = ['/ws-v1-challenge', '/api-ws/ws-v1-challenge']
const PROTOCOL = 'authsignal-ws'
const TOKEN_PREFIX = 'x.authsignal.token.'
const TENANT_PREFIX = 'x.authsignal.tenant.'

// CHOOSE: contract 3.10.2.
const BAD_MESSAGE = 4400
const UNAUTHORIZED = 4401

/** How many challenges of one connection are followed; of more the oldest is let go. */
const MAX_CHALLENGES = 100

const LARGEST_MESSAGE = 64 * 1024

export function createQrConnect(service: Service): Connect {
  const { approvals, config, store, tokens } = service

  /** The caller the subprotocols name, `undefined` for the tenant; throws when they name neither. */
  async function authenticate(protocols: readonly string[]): Promise<Caller | undefined> {
    const token = protocols.find(each => each.startsWith(TOKEN_PREFIX))
    if (token !== undefined) return tokens.read(token.slice(TOKEN_PREFIX.length))
    if (protocols.includes(TENANT_PREFIX + config.tenantId)) return undefined
    throw invalidRequest('The subprotocols name no tenant.')
  }

  return ({ url, protocols, origin }, socket) => {
    const { pathname, host } = new URL(url)
    if (!PATHS.includes(pathname.replace(/\/{2,}/g, '/'))) throw notImplemented()
    if (origin !== undefined && config.allowedOrigins?.includes(origin) === false)
      throw forbidden('Pages of this origin may not call the API.')
    if (!protocols.includes(PROTOCOL)) throw invalidRequest(`The subprotocol ${PROTOCOL} is missing.`)
    const issuer = `${new URL(url).protocol.replace(/^ws/, 'http')}//${host}`

    /** By ID only: what the emulator has forgotten must not stay in memory for a connection's sake. */
    const followed = new Set<string>()
    let isOpen = true

    function end(code: number, reason: string) {
      if (!isOpen) return
      closed()
      socket.close(code, reason)
    }

    function closed() {
      isOpen = false
      for (const challengeId of followed) unfollow(challengeId)
    }

    const send = (type: string, data: object) => {
      if (isOpen) socket.send(JSON.stringify({ type, data }))
    }

    const observer = (approval: Approval) => {
      const { state } = approval
      enqueue(() => report(approval, state))
    }

    function follow({ challengeId, observers }: Approval) {
      observers.add(observer)
      followed.add(challengeId)
      const [oldest] = followed
      if (followed.size > MAX_CHALLENGES && oldest !== undefined) unfollow(oldest)
    }

    function unfollow(challengeId: string) {
      store.approvals.get(challengeId)?.observers.delete(observer)
      followed.delete(challengeId)
    }

    async function report({ challengeId, action }: Approval, state: Approval['state']) {
      const accessToken =
        state === 'approved' && action !== undefined
          ? await tokens.issue(action, ALL_SCOPES, issuer)
          : undefined
      send('STATE_CHANGE', { challengeId, state, accessToken })
    }

    async function handle(text: string) {
      if (!isOpen) return
      const message = parse(text)
      if (message === undefined) return end(BAD_MESSAGE, 'bad message')
      // Each time, for a token may expire while the connection stays.
      const caller = await authenticate(protocols)
      const { actionCode, custom } = message.data
      if (caller === undefined && actionCode === undefined) return end(BAD_MESSAGE, 'bad message')
      const approval = approvals.startQr(caller, { actionCode, custom })
      const { challengeId, expiresAt } = approval
      follow(approval)
      const data = { challengeId, challengeType: 'QR_CODE', expiresAt: toIso(expiresAt), state: 'unclaimed' }
      send('CHALLENGE_CREATED', data)
    }

    /** What there is to do, one after the other, so that answers leave in the order of what they answer. */
    let queue = Promise.resolve()

    function enqueue(task: () => Promise<unknown>) {
      // Whatever else can go wrong was ruled out before.
      queue = queue.then(task).then(
        () => {},
        () => end(UNAUTHORIZED, 'unauthorized'),
      )
    }

    enqueue(() => authenticate(protocols))
    return {
      protocol: PROTOCOL,
      receive: text => enqueue(() => handle(text)),
      closed,
    }
  }
}

function parse(text: string) {
  if (text.length > LARGEST_MESSAGE) return undefined
  try {
    const result = parseInput(QrMessage, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
