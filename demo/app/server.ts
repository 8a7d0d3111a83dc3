/**
 * `npm run demo`: emulator, hosted UI, backend and page in one process, on one port.
 *
 * @module
 */
import {
  createEmulator,
  createMessageProvider,
  listen,
  type MessageProviders,
} from 'authsignal-channels/emulator'
import { createBackend, WEBHOOK_PATH } from './backend.js'
import { readSettings, type Settings, StartError } from './settings.js'

try {
  await start(readSettings(process.argv.slice(2), process.env))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function start({ port, tenant, providers }: Settings): Promise<void> {
  // The address is known only when the port is open.
  let address = ''
  const emulator = createEmulator({
    webhooks: [{ url: `http://localhost${WEBHOOK_PATH}` }],
    fetch: (_, init) => fetch(address + WEBHOOK_PATH, init),
    providers: await providersOf(providers),
  })

  // The backend needs its own address, which is known only when the port is open.
  let handle = (_request: Request): Response | Promise<Response> => new Response(null, { status: 503 })
  const server = {
    fetch: (request: Request) => handle(request),
    connect: tenant ? undefined : emulator.connect,
  }
  const { url } = await listen(server, { port }).catch(error => {
    throw portProblem(port, error)
  })

  const backend = createBackend({
    url,
    folders: { page: new URL('./page/', import.meta.url), sdk: new URL('../', import.meta.url) },
    service: tenant
      ? { kind: 'tenant', ...tenant }
      : {
          kind: 'emulator',
          tenantId: emulator.config.tenantId,
          secretKey: emulator.config.apiSecretKey,
          projectId: emulator.config.projectId,
          providers: Object.values(providers),
          fetch: emulator.fetch,
          reset: emulator.reset,
        },
  })
  handle = request => backend.fetch(request)
  address = url

  console.log(`
  The demo is ready: ${url}

  Try first   Open it and press "Send the payment". The code arrives on the phone beside it.
  Then        Pick another scenario on the left. The log below shows each SDK call and its response.
  Script tag  ${url}/script-tag.html
  Service     ${tenant ? `${tenant.apiUrl}, tenant ${tenant.tenantId}; codes go to real phones` : `emulated at ${url}/v1; ${messageNote(providers)}`}

  Ctrl+C stops it.
`)
}

async function providersOf(names: Settings['providers']): Promise<MessageProviders> {
  const providers: Record<string, MessageProviders[keyof MessageProviders]> = {}
  for (const [channel, name] of Object.entries(names) as [keyof MessageProviders, string][])
    providers[channel] = await createMessageProvider(channel, name, process.env).catch(error => {
      throw error instanceof TypeError ? new StartError(`--${channel} ${name}: ${error.message}`) : error
    })
  return providers
}

function messageNote(names: Settings['providers']): string {
  const sentBy = Object.values(names)
  return sentBy.length === 0
    ? 'no message leaves this machine'
    : `messages also go out by ${sentBy.join(', ')}`
}

function portProblem(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const another = `pick another one: npm run demo -- --port ${port < 1024 ? 4010 : port + 1}`
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is in use; ${another}`)
  if (code === 'EACCES') return new StartError(`Port ${port} may not be used by you; ${another}`)
  return error
}
