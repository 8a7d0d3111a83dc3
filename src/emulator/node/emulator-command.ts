/**
 * `authsignal-channels emulator`: starts the emulator.
 */

import { parseArgs } from 'node:util'
import { createEmulator, type Emulator } from '../emulator.js'
import type { RecordedRequest } from '../lib/request-log.js'
import { DEFAULT_PORT, DEFAULTS, type NotpTokenDelivery, version } from '../options.js'
import { readSeed, type Seed } from '../seed.js'
import type { Command, Io } from './bin/run.js'
import { hostedUiOf } from './hosted-ui-flags.js'
import { listen, type WebServer } from './listen.js'
import { logLine, paint, readyText } from './ready-text.js'
import { withSeed } from './seed-file.js'
import { exportState, importState, requireWritable } from './state-file.js'
import { webhooksOf } from './webhook-flags.js'

const NAME = 'authsignal-channels emulator'

const help = (
  namesOf: (channel: 'sms' | 'whatsapp' | 'email') => readonly string[],
) => `Usage: ${NAME} [options]

The Authsignal API and Descope's nOTP on this machine, with an inbox in place of phones.

  --port <number>      the port, 0 for any that is free (default ${DEFAULT_PORT})
  --host <address>     the address (default: loopback)
  --unsafe-host        let --host be an address that other machines can reach; the control routes
                       then need a token from them, which is printed
  --allow-production   start also where NODE_ENV is production
  --tenant-id <id>     the tenant ID of browsers (default ${DEFAULTS.tenantId})
  --secret-key <key>   the secret key of backends (default ${DEFAULTS.apiSecretKey})
  --project-id <id>    the project ID of nOTP (default ${DEFAULTS.projectId})
  --notp-token-delivery <body|cookies>
                       where nOTP returns tokens (default ${DEFAULTS.notpTokenDelivery})
  --seed <file>        begin with the users, outcomes and messages in this file, YAML or JSON
  --reserved           reserved numbers and addresses always do the same, such as the code 424242
  --sms <name>         also send messages by a provider, with settings from the environment:
                       ${namesOf('sms').join(', ')}
  --whatsapp <name>    ${namesOf('whatsapp').join(', ')}
  --email <name>       ${namesOf('email').join(', ')}
  --webhook <url>      send events to this address; can be repeated
  --webhook-events <names>
                       the events for them, with commas, or all (default: changes of authenticators and actions)
  --brand <name>       the name at the top of the hosted page
  --accent <colour>    its colour, like #3b4fd8
  --theme <auto|light|dark>
                       its colour scheme (default auto: as the browser)
  --lang <language>    its language, like es (default: that of the browser)
  --methods <names>    the methods that it offers, with commas, in this order (default: all of the user)
  --random <number>    the same codes, IDs, secrets and keys at each run, for tests only
  --import <file>      begin with the state in this file
  --export <file>      write the state to this file at the end. It contains secrets
  --log                print one line per request
  --json               print one line of JSON when it is ready
  --help, --version
`

/** The flag of each option of `createEmulator` and `listen`, which name their options in quotes. */
const FLAGS: Readonly<Record<string, string>> = {
  port: '--port',
  host: '--host',
  unsafeHost: '--unsafe-host',
  allowProduction: '--allow-production',
  tenantId: '--tenant-id',
  apiSecretKey: '--secret-key',
  projectId: '--project-id',
  random: '--random',
  notpTokenDelivery: '--notp-token-delivery',
  sms: '--sms',
  whatsapp: '--whatsapp',
  email: '--email',
  webhook: '--webhook',
  webhookEvents: '--webhook-events',
  brand: '--brand',
  accent: '--accent',
  theme: '--theme',
  lang: '--lang',
  methods: '--methods',
}

/** Runs the emulator until the signal is aborted. */
export const emulator: Command = async (argv, io) => {
  const { print, complain } = io
  try {
    const options = parse(argv)
    if (options.help) print(help((await loadProviders()).namesOf))
    else if (options.version) print(`${version}\n`)
    else await run(options, io)
    return 0
  } catch (error) {
    complain(`${NAME}: ${explain(error)}\n`)
    return 1
  }
}

type Options = ReturnType<typeof parse>

function parse(argv: readonly string[]) {
  const { values } = parseArgs({
    args: withValues(argv),
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      host: { type: 'string' },
      'unsafe-host': { type: 'boolean' },
      'allow-production': { type: 'boolean' },
      'tenant-id': { type: 'string' },
      'secret-key': { type: 'string' },
      'project-id': { type: 'string' },
      'notp-token-delivery': { type: 'string' },
      seed: { type: 'string' },
      reserved: { type: 'boolean' },
      random: { type: 'string' },
      sms: { type: 'string' },
      whatsapp: { type: 'string' },
      email: { type: 'string' },
      webhook: { type: 'string', multiple: true },
      'webhook-events': { type: 'string' },
      brand: { type: 'string' },
      accent: { type: 'string' },
      theme: { type: 'string' },
      lang: { type: 'string' },
      methods: { type: 'string' },
      import: { type: 'string' },
      export: { type: 'string' },
      log: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  })
  return values
}

/** `--port -1` as `--port=-1`, so that the value is checked. `parseArgs` takes `-1` for a flag. */
function withValues(argv: readonly string[]): string[] {
  const args: string[] = []
  for (const each of argv) {
    if (/^-\d/.test(each) && args.at(-1)?.startsWith('--')) args.push(`${args.pop()}=${each}`)
    else args.push(each)
  }
  return args
}

/** Loaded when they are used: most emulators have none. */
const loadProviders = () => import('./provider-flags.js')

async function providersOf({ sms, whatsapp, email }: Options) {
  if (sms === undefined && whatsapp === undefined && email === undefined)
    return { providers: {}, webhooks: [] }
  const { providersOf } = await loadProviders()
  return providersOf({ sms, whatsapp, email }, process.env)
}

/** Whatever is not a number is refused by the check of the option. */
const numberOf = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN)

async function run(options: Options, { print, isColoured, signal, ready }: Io) {
  const port = numberOf(options.port)
  const { providers, webhooks } = await providersOf(options)
  const settings = {
    // The links in messages of a seed have no request to take their address from.
    url: port > 0 && port < 65_536 ? `http://localhost:${port}` : undefined,
    reserved: options.reserved,
    tenantId: options['tenant-id'],
    apiSecretKey: options['secret-key'],
    projectId: options['project-id'],
    random: options.random === undefined ? undefined : numberOf(options.random),
    providers,
    webhooks: [...webhooksOf(options.webhook, options['webhook-events']), ...webhooks],
    // The emulator checks the value.
    notpTokenDelivery: options['notp-token-delivery'] as NotpTokenDelivery | undefined,
  }
  const hostedUi = hostedUiOf(options)
  const create = (seed: Seed) =>
    // A flag replaces that setting of the seed, and no other.
    createEmulator({ ...settings, seed, hostedUi: hostedUi && { ...readSeed(seed).hostedUi, ...hostedUi } })
  const emulator =
    options.seed === undefined
      ? createEmulator({ ...settings, hostedUi })
      : await withSeed(options.seed, create)
  if (options.export !== undefined) await requireWritable(options.export)
  if (options.import !== undefined) await importState(emulator, options.import, options.export)
  const inColour = paint(isColoured)
  const server = options.log ? withLog(emulator, request => print(logLine(request, inColour))) : emulator
  const { url, controlToken, close } = await listen(server, {
    port,
    host: options.host,
    unsafeHost: options['unsafe-host'],
    allowProduction: options['allow-production'],
  })
  print(
    options.json
      ? readyJson(url, emulator, controlToken)
      : readyText(url, emulator.config, inColour, controlToken),
  )
  ready?.()
  await new Promise<void>(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
  await close()
  if (options.export !== undefined) await exportState(emulator, options.export)
}

/** Reports the requests of all tenants. Tenants come at any time, so each request looks for new ones. */
function withLog(emulator: Emulator, report: (request: RecordedRequest) => void): WebServer {
  const watched = new WeakSet<object>()
  function watch(tenant: Pick<Emulator, 'requests'>) {
    if (watched.has(tenant)) return
    watched.add(tenant)
    tenant.requests.observe({ request: report })
  }
  watch(emulator)
  return {
    fetch(request) {
      emulator.tenants.list().forEach(watch)
      return emulator.fetch(request)
    },
    connect: emulator.connect,
  }
}

function readyJson(url: string, { config }: Emulator, controlToken: string | undefined): string {
  const { tenantId, apiSecretKey, projectId } = config
  return `${JSON.stringify({ url, baseUrl: `${url}/v1`, tenantId, apiSecretKey, projectId, controlToken })}\n`
}

/** One line that names the flag and says what to do. */
function explain(error: unknown): string {
  const { message, code } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) }
  const [line = ''] = message.split('\n')
  if (code === 'EADDRINUSE')
    return `${line.split(';')[0]}. Stop the program that uses it, or choose another port: --port 4011, or --port 0 for any that is free.`
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${parseProblem(line)}. ${SEE_HELP}`
  if (!(error instanceof TypeError)) return line
  return `${line.replace(/"(\w+)"/g, (quoted, option: string) => FLAGS[option] ?? quoted)}. ${SEE_HELP}`
}

const SEE_HELP = `All options: ${NAME} --help`

/** What is wrong, without the advice of `parseArgs`, which is for other commands. */
function parseProblem(line: string): string {
  const [, flag] = /^Option '(?:-\w, )?(--[\w-]+).* argument (?:missing|is ambiguous)/.exec(line) ?? []
  return flag ? `${flag} needs a value` : line.split('. ')[0]!
}
