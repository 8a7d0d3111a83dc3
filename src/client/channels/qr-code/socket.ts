/**
 * Following a QR code over a WebSocket.
 *
 * @module
 */
import type { ChannelContext } from '../../context.js'
import { isToken } from '../../lib/token.js'
import { fail, succeed } from '../../response.js'
import type { ChallengeState, Created, QrCodeInput, QrLink, QrListener } from './types.js'

export function followBySocket(
  { baseUrl, tenantId, token, timeout }: ChannelContext,
  { action, webSocketUrl = socketUrl(baseUrl) }: QrCodeInput,
  { onState, onLost }: QrListener,
): QrLink {
  /** The codes that were requested, in the order of the requests. */
  const requested: ((created: Created) => void)[] = []
  const ids = new Set<string>()
  let isClosed = false
  const socket = open()

  function open(): WebSocket | undefined {
    const caller = token ? `x.authsignal.token.${token}` : `x.authsignal.tenant.${tenantId}`
    try {
      return new WebSocket(webSocketUrl, ['authsignal-ws', caller])
    } catch {
      return undefined // a policy, or a token that is no subprotocol
    }
  }

  function close() {
    if (isClosed) return
    isClosed = true
    socket?.close()
    for (const resolve of requested.splice(0)) resolve(fail('network_error', LOST))
  }

  function end() {
    const wasInUse = !isClosed && ids.size > 0
    close()
    if (wasInUse) onLost(fail('network_error', LOST))
  }

  socket?.addEventListener('close', end)
  // The only event in Chromium when the page's policy blocks the connection.
  socket?.addEventListener('error', end)
  socket?.addEventListener('message', ({ data: text }) => {
    const { type, data } = parse(text)
    if (isClosed || typeof data?.challengeId !== 'string') return
    const { challengeId, expiresAt, state, accessToken } = data
    if (type === 'CHALLENGE_CREATED' && typeof expiresAt === 'string') {
      ids.add(challengeId)
      requested.shift()?.(succeed({ challengeId, expiresAt }))
    }
    if (type === 'STATE_CHANGE' && ids.has(challengeId) && isState(state)) {
      onState(state, isToken(accessToken) ? accessToken : undefined)
    }
  })

  return {
    create: custom =>
      new Promise(resolve => {
        if (!socket || isClosed) return resolve(fail('network_error', LOST))
        const timer = setTimeout(close, timeout)
        requested.push(created => {
          clearTimeout(timer)
          resolve(created)
        })
        const data = { challengeType: 'QR_CODE', actionCode: action, custom }
        const send = () => socket.send(JSON.stringify({ type: 'CREATE_CHALLENGE', data }))
        if (socket.readyState === WebSocket.OPEN) send()
        else socket.addEventListener('open', send)
      }),
    close,
  }
}

/**
 * The address of the WebSocket: `wss://eu.api-ws.example.com/ws-v1-challenge` for
 * `https://eu.api.example.com/v1`.
 *
 * Only the host label `api`, as the first one or after that of a region, and the path segment `v1` change.
 * On a host without that label, a path segment `api` changes in its place, as in `@authsignal/browser`.
 */
export function socketUrl(baseUrl: string): string {
  const url = new URL(baseUrl)
  const { hostname } = url
  url.protocol = url.protocol.replace('http', 'ws')
  url.hostname = hostname.replace(/^([^.]+\.)?api(?=\.|$)/, '$1api-ws')
  url.pathname = url.pathname.replace(/(?<=\/)v1(?=\/|$)/, 'ws-v1-challenge')
  if (url.hostname === hostname) url.pathname = url.pathname.replace(/(?<=\/)api(?=\/|$)/, 'api-ws')
  return url.href
}

const STATES: readonly unknown[] = ['claimed', 'approved', 'rejected'] satisfies ChallengeState[]

const isState = (value: unknown): value is ChallengeState => STATES.includes(value)

function parse(text: unknown): { type?: unknown; data?: Record<string, unknown> } {
  try {
    return Object(JSON.parse(String(text)))
  } catch {
    return {}
  }
}

const LOST = 'The connection for the QR code was lost. Check the network and try again.'
