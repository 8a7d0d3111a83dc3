/**
 * The demo's backend: its API, on the real server SDKs, and the pages.
 *
 * `routes/` has one file per group of routes. `server.ts` starts the demo.
 *
 * @module
 */
import { Authsignal } from '@authsignal/node'
import DescopeClient from '@descope/node-sdk'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { type RecordedCall, recordCalls } from '../page/record-calls.js'
import type { Descope, Env } from './context.js'
import { InputError } from './input.js'
import { type Folders, pages } from './pages.js'
import { respondWithProblem } from './problems.js'
import { enrolment } from './routes/enrolment.js'
import { notp } from './routes/notp.js'
import { signIn } from './routes/sign-in.js'
import { stepUp } from './routes/step-up.js'
import { user } from './routes/user.js'
import { webhookReceiver, webhooks } from './routes/webhooks.js'
import type { NotpProject, RealTenant } from './settings.js'

/** Where the service reports events. */
export const WEBHOOK_PATH = '/app/webhooks'

export interface BackendOptions {
  /** The address of this process: `http://localhost:4010`. */
  readonly url: string
  readonly folders: Folders
  readonly service:
    | ({ readonly kind: 'tenant' } & RealTenant)
    | {
        readonly kind: 'emulator'
        readonly tenantId: string
        readonly secretKey: string
        readonly projectId: string
        /** The names of the providers that also send the messages. */
        readonly providers: readonly string[]
        readonly fetch: (request: Request) => Response | Promise<Response>
        readonly reset: () => void | Promise<void>
      }
}

export function createBackend({ url, folders, service }: BackendOptions): Hono {
  const apiUrl = service.kind === 'emulator' ? `${url}/v1` : service.apiUrl
  const authsignal = new Authsignal({ apiSecretKey: service.secretKey, apiUrl })
  const project: NotpProject | undefined =
    service.kind === 'emulator' ? { projectId: service.projectId, baseUrl: url } : service.notp
  const descope = project && DescopeClient(project)

  const forgetService = async (userId: string) =>
    service.kind === 'emulator' ? await service.reset() : await authsignal.deleteUser({ userId })

  const api = new Hono<Env>()
    .use(recording(authsignal, descope), onlyJson, bodyLimit({ maxSize: 16 * 1024, onError: tooLarge }))
    .get('/config', c =>
      c.json({
        tenantId: service.tenantId,
        baseUrl: apiUrl,
        service: service.kind,
        notp: project,
        providers: service.kind === 'emulator' ? service.providers : [],
      }),
    )
    .route('/sign-in', signIn)
    .route('/enrolment', enrolment)
    .route('/notp', notp)
    .route('/user', user(forgetService))
    .route('/webhooks', webhooks)
    .route('/', stepUp)
    .notFound(c => c.json({ errorCode: 'not_found', message: 'The demo has no such route.' }, 404))
    .onError(respondWithProblem)

  const socket = socketOrigin(apiUrl)
  const origins =
    service.kind === 'emulator'
      ? { socket }
      : { socket, api: new URL(apiUrl).origin, notp: project && notpOrigin(project), ui: service.uiOrigin }
  const app = new Hono()
    .use(sameHost(url))
    .route('/app/api', api)
    .route(WEBHOOK_PATH, webhookReceiver(authsignal.webhook))
    .route('/', pages(folders, origins))
  if (service.kind === 'emulator') app.all('*', c => service.fetch(c.req.raw))
  return app
}

/** Where the browser SDK opens WebSockets: `wss://api-ws.example.com` for `https://api.example.com`. */
function socketOrigin(apiUrl: string): string {
  return new URL(apiUrl.replace(/^http/, 'ws').replace('api', 'api-ws')).origin
}

/** Descope has one host per region. */
function notpOrigin({ baseUrl }: NotpProject): string {
  return baseUrl ? new URL(baseUrl).origin : 'https://*.descope.com'
}

function recording(authsignal: Authsignal, descope: Descope | undefined) {
  return createMiddleware<Env>(async (c, next) => {
    const serverCalls = new Map<string, RecordedCall>()
    c.set('serverCalls', serverCalls)
    const report = (call: RecordedCall) => void serverCalls.set(call.id, call)
    c.set('authsignal', recordCalls(authsignal, 'backend', report))
    c.set('descope', descope && recordCalls(descope, 'backend', report, 'descope'))
    await next()
  })
}

/** A form on another site cannot send JSON without a CORS preflight. */
const onlyJson = createMiddleware<Env>(async (c, next) => {
  const isJson = c.req.header('content-type')?.startsWith('application/json')
  if (c.req.method === 'POST' && !isJson) throw new InputError('Send JSON.')
  await next()
})

const tooLarge = () => {
  throw new InputError('That is too long.')
}

/** The hosted UI is on one origin; a page opened by another name of this machine could not frame it. */
function sameHost(url: string) {
  const home = new URL(url)
  return createMiddleware(async (c, next) => {
    const requested = new URL(c.req.url)
    const isPage = c.req.method === 'GET' && c.req.header('sec-fetch-dest') === 'document'
    if (!isPage || requested.host === home.host || !['127.0.0.1', '[::1]'].includes(requested.hostname))
      return next()
    return c.redirect(new URL(requested.pathname + requested.search, home).href)
  })
}
