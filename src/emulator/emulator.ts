/**
 * One emulator: its state and its routes behind a single `fetch`.
 */

import { Hono } from 'hono'
import type { Clock } from './lib/clock.js'
import { errorResponse, notImplemented } from './lib/errors.js'
import type { Messages } from './lib/inbox.js'
import { type EmulatorConfig, type EmulatorOptions, resolveOptions } from './options.js'
import { clientRoutes } from './routes/client/index.js'
import { controlRoutes } from './routes/control/index.js'
import { magicLinkRoutes } from './routes/magic-link.js'
import { notpKeyRoutes, notpRoutes } from './routes/notp/index.js'
import { type Connect, createQrConnect } from './routes/qr-connection.js'
import { serverRoutes } from './routes/server/index.js'
import { createService, type Service } from './service.js'

export interface Emulator {
  /**
   * Answers a request like the real service. Works wherever the global `fetch` does, so it can be the `fetch`
   * option of the SDK; it needs no `this`.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Opens a WebSocket like the real service; `listen` does so for whoever asks for one. */
  readonly connect: Connect
  /** What the emulator sent to phones and mailboxes. */
  readonly messages: Messages
  /** The time the emulator lives in. */
  readonly clock: Clock
  /** Forgets users, actions, challenges, sessions, messages, limits and outcomes; the clock is real again. */
  reset(): void
  /** The options, complete with defaults. */
  readonly config: EmulatorConfig
}

/**
 * The whole service on one machine, in memory.
 *
 * @throws {TypeError} When an option is not valid; the message names it in quotes.
 *
 * @example
 * const emulator = createEmulator()
 * const { tenantId, baseUrl } = emulator.config
 * const authsignal = new Authsignal({ tenantId, baseUrl, fetch: emulator.fetch })
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const config = resolveOptions(options)
  const service = createService(config)
  const routes = createRoutes(service)

  return {
    async fetch(input, init) {
      const request = toRequest(input, init, config.url)
      request.signal.throwIfAborted()
      service.sweep()
      return unlessAborted(routes.fetch(request), request.signal)
    },
    connect: createQrConnect(service),
    messages: service.inbox.messages,
    clock: service.clock,
    reset: service.reset,
    config,
  }
}

/** Every address the emulator answers at. */
export function createRoutes(service: Service): Hono {
  return new Hono({ getPath })
    .route('/v1/client', clientRoutes(service))
    .route('/v1/auth', notpRoutes(service))
    .route('/v2', notpKeyRoutes(service))
    .route('/v1', serverRoutes(service))
    .route('/magic-link', magicLinkRoutes(service))
    .route('/emulator', controlRoutes(service))
    .get('/challenge', () => {
      throw notImplemented('The hosted pages are served by listen(), not by the emulator itself.')
    })
    .options('*', () => new Response(null, { status: 204 }))
    .notFound(() => errorResponse(notImplemented()))
    .onError(error => errorResponse(error))
}

function toRequest(input: string | URL | Request, init: RequestInit | undefined, base: string): Request {
  if (typeof input !== 'string' && !(input instanceof URL)) return init ? new Request(input, init) : input
  return new Request(new URL(input, base), init)
}

/** The path as it is matched. SDKs join addresses by hand, so a doubled slash counts as one (contract 1.1). */
const getPath = (request: Request) => new URL(request.url).pathname.replace(/\/{2,}/g, '/')

/** Rejects as soon as the caller gives up, like the global `fetch`. */
function unlessAborted(answer: Response | Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
    Promise.resolve(answer)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
  })
}
