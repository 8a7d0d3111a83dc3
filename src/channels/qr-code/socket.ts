/**
 * Following a QR code over a WebSocket.
 *
 * @module
 */
import type { ChannelContext } from '../../context.js'
import { type AuthsignalResponse, fail, succeed } from '../../response.js'
import { isToken } from '../../token.js'
import type { ChallengeState, QrCodeChallengeResponse, QrCodeInput } from '../qr-code.js'
import type { QrLink, QrListener } from './session.js'

type Created = AuthsignalResponse<QrCodeChallengeResponse>

export function followBySocket(
  { baseUrl, tenantId, token, timeout }: ChannelContext,
  { action, webSocketUrl = socketUrl(baseUrl) }: QrCodeInput,
  { onState, onLost }: QrListener,
): QrLink {
  /** The codes that were asked for, in the order of asking. */
  const asked: ((created: Created) => void)[] = []
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
    for (const answer of asked.splice(0)) answer(fail('network_error', LOST))
  }

  function end() {
    const wasInUse = !isClosed && ids.size > 0
    close()
    if (wasInUse) onLost(fail('network_error', LOST))
  }

  socket?.addEventListener('close', end)
  // Chromium tells nothing else when the page's policy blocks the connection.
  socket?.addEventListener('error', end)
  socket?.addEventListener('message', ({ data: text }) => {
    const { type, data } = parse(text)
    if (isClosed || typeof data?.challengeId !== 'string') return
    const { challengeId, expiresAt, state, accessToken } = data
    if (type === 'CHALLENGE_CREATED' && typeof expiresAt === 'string') {
      ids.add(challengeId)
      asked.shift()?.(succeed({ challengeId, expiresAt }))
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
        asked.push(created => {
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

/** As `https://api.example.com/v1` is to `wss://api-ws.example.com/ws-v1-challenge`. */
export function socketUrl(baseUrl: string): string {
  return baseUrl.replace('http', 'ws').replace('v1', 'ws-v1-challenge').replace('api', 'api-ws')
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
