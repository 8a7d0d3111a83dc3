/**
 * QR codes over WebSocket: the messages between a browser and the emulator.
 *
 * The transport is the caller's: a real WebSocket in `node/web-sockets.ts`, anything else in a test or page.
 */

import * as v from 'valibot'
import type { Approval } from '../authsignal/approvals.js'
import { ALL_SCOPES } from '../authsignal/scopes.js'
import type { Caller } from '../authsignal/tokens.js'
import { subjectOf, tenantOf } from '../http/claimed-tenant.js'
import { ActionCode, CustomData } from '../http/fields.js'
import { MAX_BODY_BYTES, parseInput } from '../http/request.js'
import { splitAddress } from '../http/tenant-path.js'
import { asText } from '../lib/bounded-json.js'
import { toIso } from '../lib/clock.js'
import { forbidden, invalidRequest, notImplemented, unreachable } from '../lib/errors.js'
import type { FaultName } from '../lib/faults.js'
import { pathOf } from '../options.js'
import type { Service } from '../service.js'

/** A request to open a WebSocket. */
export interface ConnectionRequest {
  /** The address, `ws:` or `http:` alike. */
  readonly url: string
  /** The subprotocols the browser offers. */
  readonly protocols: readonly string[]
  /** The origin of the page, if a page sent the request. */
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
  /** The WebSocket was closed, by either end. */
  closed(): void
}

/**
 * Opens a connection.
 *
 * @throws When there is no WebSocket at this address, or pages of this origin are not allowed.
 */
export type Connect = (request: ConnectionRequest, socket: Socket) => Connection

const PATHS = ['/ws-v1-challenge', '/api-ws/ws-v1-challenge']
const PROTOCOL = 'authsignal-ws'
const TOKEN_PREFIX = 'x.authsignal.token.'
const TENANT_PREFIX = 'x.authsignal.tenant.'

// Upstream documents no close codes; 4000 to 4999 are free for applications (RFC 6455, 7.4.2).
const BAD_MESSAGE = 4400
const UNAUTHORIZED = 4401

/** How many challenges one connection observes. With more, the oldest is no longer observed. */
const MAX_CHALLENGES = 100

/** The message of a browser. */
const QrMessage = v.object({
  type: v.literal('CREATE_CHALLENGE'),
  data: v.object({
    challengeType: v.literal('QR_CODE'),
    actionCode: v.optional(ActionCode),
    custom: v.optional(asText(CustomData)),
  }),
})

export function createQrConnect(service: Service): Connect {
  const { approvals, config, tokens } = service

  /** The caller of the token in the subprotocols, `undefined` for a tenant ID; throws when there is neither. */
  async function authenticate(protocols: readonly string[]): Promise<Caller | undefined> {
    const token = protocols.find(each => each.startsWith(TOKEN_PREFIX))
    if (token !== undefined) return tokens.read(token.slice(TOKEN_PREFIX.length))
    if (protocols.includes(TENANT_PREFIX + config.tenantId)) return undefined
    throw invalidRequest('The subprotocols name no tenant.')
  }

  return ({ url, protocols, origin }, socket) => {
    const { protocol, host } = new URL(url)
    const { path } = splitAddress(url)
    if (!PATHS.includes(path)) throw notImplemented()
    if (origin !== undefined && config.allowedOrigins?.includes(origin) === false)
      throw forbidden('Pages of this origin may not call the API.')
    if (!protocols.includes(PROTOCOL)) throw invalidRequest(`The subprotocol ${PROTOCOL} is missing.`)
    if (service.faults.take(() => ({ method: 'GET', path, user: () => userOf(protocols) }), breaks))
      throw unreachable()
    const address = `${protocol.replace(/^ws/, 'http')}//${host}${pathOf(config)}`

    /** Their IDs. A reference to a challenge would keep it in memory after the emulator has deleted it. */
    const observed = new Set<string>()
    let isOpen = true

    function end(code: number, reason: string) {
      if (!isOpen) return
      closed()
      socket.close(code, reason)
    }

    function closed() {
      isOpen = false
      for (const challengeId of observed) unobserve(challengeId)
    }

    const send = (type: string, data: object) => {
      if (isOpen) socket.send(JSON.stringify({ type, data }))
    }

    const observer = (approval: Approval) => {
      const { state } = approval
      enqueue(() => report(approval, state))
    }

    function observe({ challengeId }: Approval) {
      approvals.observe(challengeId, observer)
      observed.add(challengeId)
      const [oldest] = observed
      if (observed.size > MAX_CHALLENGES && oldest !== undefined) unobserve(oldest)
    }

    function unobserve(challengeId: string) {
      approvals.unobserve(challengeId, observer)
      observed.delete(challengeId)
    }

    async function report({ challengeId, action }: Approval, state: Approval['state']) {
      const accessToken =
        state === 'approved' && action !== undefined
          ? await tokens.issue(action, ALL_SCOPES, address)
          : undefined
      send('STATE_CHANGE', { challengeId, state, accessToken })
    }

    async function handle(text: string) {
      if (!isOpen) return
      const message = parse(text)
      if (message === undefined) return end(BAD_MESSAGE, 'bad message')
      // For each message: the token may have expired since the connection was opened.
      const caller = await authenticate(protocols)
      const { actionCode, custom } = message.data
      if (caller === undefined && actionCode === undefined) return end(BAD_MESSAGE, 'bad message')
      const approval = approvals.startQr(caller, { actionCode, custom })
      const { challengeId, expiresAt } = approval
      observe(approval)
      const data = { challengeId, challengeType: 'QR_CODE', expiresAt: toIso(expiresAt), state: 'unclaimed' }
      send('CHALLENGE_CREATED', data)
    }

    /** Tasks run one after the other, so that responses are sent in the order of their messages. */
    let queue = Promise.resolve()

    function enqueue(task: () => Promise<unknown>) {
      // A task can only fail because a token is no longer valid.
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

/** A slow or lost response does not exist here. */
const breaks = (fault: FaultName) => fault !== 'latency' && fault !== 'lost-response'

/** The user of the token in the subprotocols. */
const userOf = (protocols: readonly string[]) =>
  subjectOf(protocols.find(each => each.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length))

/** The tenants that the subprotocols of a WebSocket name. They only choose the tenant, which checks them. */
export const tenantsOf = (protocols: readonly string[]): string[] =>
  protocols.flatMap(each => {
    if (each.startsWith(TENANT_PREFIX)) return [each.slice(TENANT_PREFIX.length)]
    return each.startsWith(TOKEN_PREFIX) ? (tenantOf(each.slice(TOKEN_PREFIX.length)) ?? []) : []
  })

function parse(text: string) {
  if (text.length > MAX_BODY_BYTES) return undefined
  try {
    const result = parseInput(QrMessage, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
