/**
 * One tenant: its state and its routes behind a single `fetch`.
 */

import { withFaults } from './http/faults.js'
import { isOverHttp } from './http/over-http.js'
import type { Clock } from './lib/clock.js'
import type { Faults } from './lib/faults.js'
import type { Messages } from './lib/inbox.js'
import type { Requests } from './lib/request-log.js'
import { type EmulatorConfig, type EmulatorSettings, resolveOptions } from './options.js'
import type { MessageProviders } from './providers/types.js'
import type { TenantRegistry } from './routes/control/tenants.js'
import { type Connect, createQrConnect } from './routes/qr-connection.js'
import { applySeed, readSeed, type Seed } from './seed.js'
import { createService } from './service.js'
import type { Snapshot } from './snapshot.js'
import type { WebhookSettings, Webhooks } from './webhooks/types.js'
import { readWebhooks } from './webhooks/webhooks.js'

export interface EmulatorOptions extends EmulatorSettings {
  /**
   * The initial state: users, authenticators, outcomes, messages already sent, nOTP users. `reset()` returns to it.
   * Default: empty.
   */
  readonly seed?: Seed | undefined
  /** The webhooks, besides those of the seed. `reset()` returns to them. Default: none. */
  readonly webhooks?: readonly WebhookSettings[] | undefined
  /** Takes messages out of the emulator, to real phones and mailboxes. Default: they stay in the inbox. */
  readonly providers?: MessageProviders | undefined
  /**
   * Sends webhooks. Default: the global `fetch`.
   *
   * @example
   * createEmulator({ webhooks: [{ url: 'http://backend/webhooks' }], fetch: app.request }) // without a server
   */
  readonly fetch?: ((input: string, init: RequestInit) => Response | Promise<Response>) | undefined
}

/**
 * A tenant of the service: users, messages, limits, keys and a clock of its own. An emulator is its own first tenant,
 * and `emulator.tenants.create()` adds others.
 */
export interface Tenant {
  /**
   * Responds to a request like the real service. It can replace the global `fetch`, for example as the `fetch`
   * option of the SDK. It needs no `this`.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Opens a WebSocket like the real service. `listen` calls it for each WebSocket request. */
  readonly connect: Connect
  /** The messages that the emulator sent to phones and mailboxes. */
  readonly messages: Messages
  /**
   * The latest requests with their responses, without tokens and keys. Reads of the control routes are left out.
   *
   * @example
   * const refused = emulator.requests.list({ userId: 'jane' }).filter(({ errorCode }) => errorCode)
   */
  readonly requests: Requests
  /** The emulator's clock. */
  readonly clock: Clock
  /** Faults on demand: broken connections, late, lost and wrong responses. */
  readonly faults: Faults
  /** Where events are sent to, and what was sent. */
  readonly webhooks: Webhooks
  /**
   * Deletes all users, actions, challenges, sessions, messages, limits, outcomes, faults and recorded requests, and resets
   * the clock. With a seed, it begins again with that.
   *
   * @param options.keepWebhooks Whether the webhooks and their deliveries stay. Default `false`.
   */
  reset(options?: { readonly keepWebhooks?: boolean | undefined }): void
  /**
   * Copies the whole state: users, authenticators, actions, challenges, sessions, limits, messages, outcomes, clock and
   * signing key. It contains secrets, so do not publish it.
   *
   * @example
   * const enrolled = await emulator.snapshot() // once, after the users have been set up
   * afterEach(() => emulator.restore(enrolled))
   */
  snapshot(): Promise<Snapshot>
  /**
   * Replaces the whole state by a snapshot, of this emulator or of another one.
   *
   * The clock keeps the distance to real time that the snapshot has, so what has expired since then has expired.
   *
   * @throws {TypeError} When the snapshot is not valid; the message names the path, and nothing has changed.
   *
   * @example
   * await emulator.restore(JSON.parse(await readFile('state.json', 'utf8')))
   */
  restore(snapshot: Snapshot): Promise<void>
  /** The options, complete with defaults. */
  readonly config: EmulatorConfig
}

interface Place {
  /** What stands in front of every path. Default: nothing. */
  readonly path?: string
  /** The tenants that the control routes manage. Those of a further tenant manage none. */
  readonly tenants?: TenantRegistry
}

export function createTenant(options: EmulatorOptions, { path, tenants }: Place = {}): Tenant {
  const seed = options.seed === undefined ? undefined : readSeed(options.seed)
  const config = resolveOptions(
    {
      ...options,
      reserved: options.reserved ?? seed?.reserved,
      hostedUi: options.hostedUi === undefined ? seed?.hostedUi : options.hostedUi,
    },
    path,
  )
  const service = createService(config, each => seed && applySeed(each, seed), {
    ...readOutside(options),
    webhooks: [...readWebhooks(options.webhooks), ...(seed?.webhooks ?? [])],
  })
  let routes: ReturnType<typeof load> | undefined

  /** Loaded with the first request, because a service that waits for one should have started soon. */
  async function load() {
    const { createRoutes } = await import('./routes/index.js')
    // Most tenants live for one test.
    return createRoutes(service, tenants, { isShortLived: path !== undefined })
  }

  async function respond(request: Request): Promise<Response> {
    routes ??= load()
    const { fetch } = await routes
    return withFaults(service, request, () => fetch(request))
  }

  return {
    async fetch(input, init) {
      const request = toRequest(input, init, config.url)
      const signal = isOverHttp(request) ? undefined : request.signal
      signal?.throwIfAborted()
      service.sweep()
      return signal === undefined ? respond(request) : unlessAborted(respond(request), signal)
    },
    connect: createQrConnect(service),
    messages: service.inbox.messages,
    requests: service.requestLog.requests,
    clock: service.clock,
    faults: service.faults.faults,
    webhooks: service.webhooks,
    reset: service.reset,
    snapshot: service.snapshots.save,
    restore: service.snapshots.load,
    config,
  }
}

const CHANNELS = ['sms', 'whatsapp', 'email'] as const

/** Checks the options that are functions. */
function readOutside({ fetch, providers = {} }: EmulatorOptions) {
  if (fetch !== undefined && typeof fetch !== 'function') throw new TypeError('"fetch" must be a function')
  for (const channel of CHANNELS) {
    const provider = providers?.[channel]
    if (provider !== undefined && (typeof provider.send !== 'function' || typeof provider.name !== 'string'))
      throw new TypeError(`"providers" must have a name and a send method for ${channel}`)
  }
  return { providers, fetch: fetch && (async (input: string, init: RequestInit) => fetch(input, init)) }
}

export function toRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
  base: string,
): Request {
  if (typeof input !== 'string' && !(input instanceof URL)) return init ? new Request(input, init) : input
  return new Request(new URL(input, base), init)
}

/** Rejects as soon as the signal is aborted, like the global `fetch`. */
function unlessAborted(response: Response | Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
    Promise.resolve(response)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
  })
}
