/**
 * A service that a test controls: it responds as the test says, and records the requests.
 *
 * It goes in through the client's `fetch` option, the way an app would replace the transport. What the
 * real service does is in the emulator; this one is for responses that the emulator never sends.
 */
import { Authsignal, type AuthsignalOptions } from 'authsignal-channels'

export interface Received {
  readonly method: string
  readonly url: string
  readonly authorization: string | null
  readonly body: unknown
  readonly signal: AbortSignal
  /** Kept: when Node has collected a request, an abort no longer reaches its signal. */
  readonly request: Request
}

export type Handler = (request: Received) => Response | Promise<Response>

export function service(handle: Handler) {
  const received: Received[] = []
  const fetch = async (request: Request) => {
    const text = await request.text()
    const entry = {
      method: request.method,
      url: request.url,
      authorization: request.headers.get('authorization'),
      body: text ? JSON.parse(text) : undefined,
      signal: request.signal,
      request,
    }
    received.push(entry)
    return handle(entry)
  }
  return { fetch, received }
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** A client of that service, with a token. */
export function clientOf(handle: Handler, options: Partial<AuthsignalOptions> = {}) {
  const { fetch, received } = service(handle)
  const authsignal = new Authsignal({ tenantId: 'acme', baseUrl: 'https://api.test/v1', fetch, ...options })
  authsignal.setToken('first-token')
  return { authsignal, received }
}

/** A token with these claims and without a signature: the client does not read the signature. */
export function tokenOf(claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.x`
}
