/**
 * The demo's backend: its API, on the real server SDK, and the pages.
 *
 * One file per group of routes is in `routes/`; what starts it all is `server.ts`.
 *
 * @module
 */
import { Authsignal } from '@authsignal/node'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { type RecordedCall, recordCalls } from '../page/record-calls.js'
import type { Env } from './context.js'
import { InputError } from './input.js'
import { type Folders, pages } from './pages.js'
import { answerProblem } from './problems.js'
import { enrolment } from './routes/enrolment.js'
import { signIn } from './routes/sign-in.js'
import { stepUp } from './routes/step-up.js'
import { user } from './routes/user.js'
import type { RealTenant } from './settings.js'

export interface BackendOptions {
  /** Where this process is reached: `http://localhost:4010`. */
  readonly url: string
  readonly folders: Folders
  readonly service:
    | ({ readonly kind: 'tenant' } & RealTenant)
    | {
        readonly kind: 'emulator'
        readonly tenantId: string
        readonly secretKey: string
        readonly fetch: (request: Request) => Response | Promise<Response>
        readonly reset: () => void | Promise<void>
      }
}

export function createBackend({ url, folders, service }: BackendOptions): Hono {
  const apiUrl = service.kind === 'emulator' ? `${url}/v1` : service.apiUrl
  const authsignal = new Authsignal({ apiSecretKey: service.secretKey, apiUrl })

  const forgetService = async (userId: string) =>
    service.kind === 'emulator' ? await service.reset() : await authsignal.deleteUser({ userId })

  const api = new Hono<Env>()
    .use(recording(authsignal), onlyJson, bodyLimit({ maxSize: 16 * 1024, onError: tooLarge }))
    .get('/config', c => c.json({ tenantId: service.tenantId, baseUrl: apiUrl, service: service.kind }))
    .route('/sign-in', signIn)
    .route('/enrolment', enrolment)
    .route('/user', user(forgetService))
    .route('/', stepUp)
    .notFound(c => c.json({ errorCode: 'not_found', errorDescription: 'The demo has no such route.' }, 404))
    .onError(answerProblem)

  const socket = socketOrigin(apiUrl)
  const origins =
    service.kind === 'emulator' ? { socket } : { socket, api: new URL(apiUrl).origin, ui: service.uiOrigin }
  const app = new Hono().use(sameHost(url)).route('/app/api', api).route('/', pages(folders, origins))
  if (service.kind === 'emulator') app.all('*', c => service.fetch(c.req.raw))
  return app
}

/** Where the browser SDK opens WebSockets: `wss://api-ws.example.com` for `https://api.example.com`. */
function socketOrigin(apiUrl: string): string {
  return new URL(apiUrl.replace(/^http/, 'ws').replace('api', 'api-ws')).origin
}

function recording(authsignal: Authsignal) {
  return createMiddleware<Env>(async (c, next) => {
    const serverCalls = new Map<string, RecordedCall>()
    c.set('serverCalls', serverCalls)
    c.set(
      'authsignal',
      recordCalls(authsignal, 'backend', call => serverCalls.set(call.id, call)),
    )
    await next()
  })
}

/** A form on another site cannot send JSON without the browser asking us first. */
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
    const asked = new URL(c.req.url)
    const isPage = c.req.method === 'GET' && c.req.header('sec-fetch-dest') === 'document'
    if (!isPage || asked.host === home.host || !['127.0.0.1', '[::1]'].includes(asked.hostname)) return next()
    return c.redirect(new URL(asked.pathname + asked.search, home).href)
  })
}
