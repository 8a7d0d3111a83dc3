/**
 * The service that the demo uses: the emulator in this process, or a real tenant set by the environment.
 *
 * @module
 */
import { parseArgs } from 'node:util'

export interface RealTenant {
  readonly apiUrl: string
  readonly secretKey: string
  readonly tenantId: string
  /** The origin of the tenant's hosted pages. */
  readonly uiOrigin: string
  /** Without a Descope project there is no nOTP. */
  readonly notp?: NotpProject
}

export interface NotpProject {
  readonly projectId: string
  /** The base URL of Descope's API, if it is not that of the project ID. */
  readonly baseUrl?: string
}

const CHANNELS = ['sms', 'whatsapp', 'email'] as const

export interface Settings {
  readonly port: number
  /** Absent when the emulator is the service. */
  readonly tenant?: RealTenant
  /** The names of the providers that also send the emulator's messages, by channel. */
  readonly providers: Readonly<Partial<Record<(typeof CHANNELS)[number], string>>>
}

/** A wrong setting: one sentence that says what to correct. */
export class StartError extends Error {}

export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const tenant = readTenant(env)
  const { port, ...names } = readOptions(args)
  const providers = Object.fromEntries(CHANNELS.flatMap(each => (names[each] ? [[each, names[each]]] : [])))
  return { port: readPort(port ?? env.PORT ?? '4010'), ...(tenant && { tenant }), providers }
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: [...args], options: { port: text, sms: text, whatsapp: text, email: text } })
      .values
  } catch (error) {
    throw new StartError(
      `${(error as Error).message.split('.')[0]}. The options are --port <number>, and --sms, --whatsapp and --email with the name of a provider.`,
    )
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new StartError(`The port must be a number from 0 to 65535, not "${text}".`)
  }
  return port
}

function readTenant(env: NodeJS.ProcessEnv): RealTenant | undefined {
  const {
    AUTHSIGNAL_API_URL: apiUrl,
    AUTHSIGNAL_SECRET_KEY: secretKey,
    AUTHSIGNAL_TENANT_ID: tenantId,
    AUTHSIGNAL_UI_ORIGIN: uiOrigin = 'https://mfa.authsignal.com',
    DESCOPE_PROJECT_ID: projectId,
    DESCOPE_BASE_URL: notpUrl,
  } = env
  if (!apiUrl && !secretKey && !tenantId) {
    if (!projectId && !notpUrl) return undefined
    throw new StartError(
      'DESCOPE_PROJECT_ID and DESCOPE_BASE_URL go with a real tenant; set AUTHSIGNAL_API_URL, AUTHSIGNAL_SECRET_KEY and AUTHSIGNAL_TENANT_ID, too.',
    )
  }
  if (!apiUrl || !secretKey || !tenantId) {
    throw new StartError(
      'A real tenant needs AUTHSIGNAL_API_URL, AUTHSIGNAL_SECRET_KEY and AUTHSIGNAL_TENANT_ID; set all three, or none to use the emulator.',
    )
  }
  if (notpUrl && !projectId) throw new StartError('DESCOPE_BASE_URL needs DESCOPE_PROJECT_ID.')
  const urls = {
    AUTHSIGNAL_API_URL: apiUrl,
    AUTHSIGNAL_UI_ORIGIN: uiOrigin,
    ...(notpUrl && { DESCOPE_BASE_URL: notpUrl }),
  }
  for (const [name, url] of Object.entries(urls)) {
    if (!URL.canParse(url)) throw new StartError(`${name} must be a URL, not "${url}".`)
  }
  return {
    apiUrl: apiUrl.replace(/\/+$/, ''),
    secretKey,
    tenantId,
    uiOrigin: new URL(uiOrigin).origin,
    ...(projectId && { notp: { projectId, ...(notpUrl && { baseUrl: notpUrl }) } }),
  }
}
