#!/usr/bin/env node
/**
 * The command line of the emulator: `authsignal-emulator`.
 */

import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createEmulator } from '../emulator.js'
import { DEFAULT_PORT, DEFAULTS, type NotpTokenDelivery, version } from '../options.js'
import { listen } from './listen.js'

const HELP = `Usage: authsignal-emulator [options]

The Authsignal API and Descope's nOTP on this machine, with an inbox in place of phones.

  --port <number>      the port, 0 for any that is free (default ${DEFAULT_PORT})
  --host <address>     the address (default: loopback)
  --unsafe-host        let --host be an address that other machines can reach
  --tenant-id <id>     the tenant ID of browsers (default ${DEFAULTS.tenantId})
  --secret-key <key>   the secret key of backends (default ${DEFAULTS.apiSecretKey})
  --project-id <id>    the project ID of nOTP (default ${DEFAULTS.projectId})
  --notp-token-delivery <body|cookies>
                       where nOTP returns tokens (default ${DEFAULTS.notpTokenDelivery})
  --json               print the ready line as JSON
  --help, --version
`

/** The process that the command line runs in. */
export interface Io {
  print(text: string): void
  complain(text: string): void
  /** Aborted to stop the emulator. */
  readonly signal: AbortSignal
}

/** Runs the emulator until the signal is aborted; resolves with the exit code. */
export async function main(argv: readonly string[], { print, complain, signal }: Io): Promise<number> {
  try {
    const options = parse(argv)
    if (options.help) print(HELP)
    else if (options.version) print(`${version}\n`)
    else await run(options, print, signal)
    return 0
  } catch (error) {
    complain(`authsignal-emulator: ${firstSentence(error)}\n`)
    return 1
  }
}

type Options = ReturnType<typeof parse>

function parse(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      host: { type: 'string' },
      'unsafe-host': { type: 'boolean' },
      'tenant-id': { type: 'string' },
      'secret-key': { type: 'string' },
      'project-id': { type: 'string' },
      'notp-token-delivery': { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  })
  return values
}

async function run(options: Options, print: Io['print'], signal: AbortSignal) {
  if (!/^\d{1,5}$/.test(options.port)) throw new TypeError('"port" must be a whole number from 0 to 65535')
  const emulator = createEmulator({
    tenantId: options['tenant-id'],
    apiSecretKey: options['secret-key'],
    projectId: options['project-id'],
    // The emulator checks the value.
    notpTokenDelivery: options['notp-token-delivery'] as NotpTokenDelivery | undefined,
  })
  const port = Number(options.port)
  const { url, close } = await listen(emulator, {
    port,
    host: options.host,
    unsafeHost: options['unsafe-host'],
  })
  const { tenantId, apiSecretKey, projectId } = emulator.config
  const baseUrl = `${url}/v1`
  print(
    options.json
      ? `${JSON.stringify({ url, baseUrl, tenantId, apiSecretKey, projectId })}\n`
      : `Ready: base URL ${baseUrl}, tenant ID ${tenantId}, secret key ${apiSecretKey}, inbox ${url}/emulator/messages\n`,
  )
  await new Promise<void>(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
  await close()
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0]!
}

const isCommand =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)

if (isCommand) {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
  process.exitCode = await main(process.argv.slice(2), {
    print: text => process.stdout.write(text),
    complain: text => process.stderr.write(text),
    signal: stopping.signal,
  })
}
