/**
 * The options of an emulator, their checks and defaults.
 */

import { type HostedUiSettings, readHostedUi } from './lib/hosted-ui-settings.js'

/** The options that are settings; a seed is state. */
export interface EmulatorSettings {
  /** The tenant ID. Default `demo-tenant`. */
  readonly tenantId?: string | undefined
  /** The secret key of the Server API. Default `demo-secret`. */
  readonly apiSecretKey?: string | undefined
  /** The project ID of nOTP. Default `P2localdemo00000000000000000`. */
  readonly projectId?: string | undefined
  /** The base of relative addresses given to `fetch`. Default `http://localhost:4010`. */
  readonly url?: string | undefined
  /** The origins whose pages may call the Client API and nOTP, like `https://app.example.com`. Default: any. */
  readonly allowedOrigins?: readonly string[] | undefined
  /** Whether the hosted UI requires consent before it enrols a number by SMS. Default `true`. */
  readonly smsOptIn?: boolean | undefined
  /** The RP ID of passkeys and security keys: their domain. Default `localhost`. */
  readonly rpId?: string | undefined
  /** The origins whose pages may use them. Default: those of `rpId`, with https; on localhost with http too. */
  readonly origins?: readonly string[] | undefined
  /** How long client tokens, challenges, codes and nOTP links live, in minutes. Default `10`. */
  readonly tokenDurationInMinutes?: number | undefined
  /** Whether the response of a user's first `enrollVerifiedAuthenticator` has recovery codes. Default `true`. */
  readonly recoveryCodes?: boolean | undefined
  /**
   * A whole number that determines all codes, IDs, secrets and keys: the same calls at the same time get the same
   * responses, byte by byte. For tests only: anyone can compute them. Default: they are random.
   */
  readonly random?: number | undefined
  /** Whether reserved phone numbers and e-mail addresses always do the same, such as the code 424242. Default `false`. */
  readonly reserved?: boolean | undefined
  /** How nOTP returns tokens: in the body of the response, or as the cookies `DS` and `DSR`. Default `body`. */
  readonly notpTokenDelivery?: NotpTokenDelivery | undefined
  /** How the hosted page looks, and what it says. Default: without a brand, in the language of the browser. */
  readonly hostedUi?: HostedUiSettings | undefined
}

export type NotpTokenDelivery = 'body' | 'cookies'

/** The options with every default filled in. */
export interface EmulatorConfig {
  readonly tenantId: string
  readonly apiSecretKey: string
  readonly projectId: string
  /** The origin; for a tenant of its own with `/t/{tenantId}` after it. */
  readonly url: string
  /** The `baseUrl` or `apiUrl` of SDKs: `url` and `/v1`. */
  readonly baseUrl: string
  /** `undefined` allows any origin. */
  readonly allowedOrigins: readonly string[] | undefined
  readonly smsOptIn: boolean
  readonly rpId: string
  /** `undefined` allows those of `rpId`. */
  readonly origins: readonly string[] | undefined
  readonly tokenDurationInMinutes: number
  readonly recoveryCodes: boolean
  /** `undefined` for random ones. */
  readonly random: number | undefined
  readonly reserved: boolean
  readonly notpTokenDelivery: NotpTokenDelivery
  readonly hostedUi: HostedUiSettings
}

/** The version of the package. A test compares it with `package.json`, which this code cannot read. */
export const version = '0.1.0'

export const DEFAULT_PORT = 4010

export const DEFAULTS = {
  tenantId: 'demo-tenant',
  apiSecretKey: 'demo-secret',
  projectId: 'P2localdemo00000000000000000',
  url: `http://localhost:${DEFAULT_PORT}`,
  smsOptIn: true,
  rpId: 'localhost',
  tokenDurationInMinutes: 10,
  recoveryCodes: true,
  reserved: false,
  notpTokenDelivery: 'body',
}

/** @param path What stands in front of every path of the tenant. */
export function resolveOptions(options: EmulatorSettings, path = ''): EmulatorConfig {
  const url = origin(options.url ?? DEFAULTS.url, '"url"') + path
  return {
    tenantId: text(options.tenantId ?? DEFAULTS.tenantId, '"tenantId"'),
    apiSecretKey: text(options.apiSecretKey ?? DEFAULTS.apiSecretKey, '"apiSecretKey"'),
    projectId: text(options.projectId ?? DEFAULTS.projectId, '"projectId"'),
    url,
    baseUrl: `${url}/v1`,
    allowedOrigins: originList(options.allowedOrigins, '"allowedOrigins"'),
    smsOptIn: flag(options.smsOptIn ?? DEFAULTS.smsOptIn, '"smsOptIn"'),
    rpId: domain(options.rpId ?? DEFAULTS.rpId, '"rpId"'),
    origins: originList(options.origins, '"origins"'),
    tokenDurationInMinutes: minutes(options.tokenDurationInMinutes ?? DEFAULTS.tokenDurationInMinutes),
    recoveryCodes: flag(options.recoveryCodes ?? DEFAULTS.recoveryCodes, '"recoveryCodes"'),
    random: wholeNumber(options.random, '"random"'),
    reserved: flag(options.reserved ?? DEFAULTS.reserved, '"reserved"'),
    notpTokenDelivery: delivery(options.notpTokenDelivery ?? DEFAULTS.notpTokenDelivery),
    hostedUi: readHostedUi(options.hostedUi),
  }
}

function text(value: unknown, label: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new TypeError(`${label} must be a string that is not empty`)
}

function flag(value: unknown, label: string): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(`${label} must be true or false`)
}

function minutes(value: unknown): number {
  if (typeof value === 'number' && value > 0 && value <= 24 * 60) return value
  throw new TypeError('"tokenDurationInMinutes" must be a number of minutes, above 0 and at most 1440')
}

function wholeNumber(value: unknown, label: string): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0))
    return value as number | undefined
  throw new TypeError(`${label} must be a whole number, 0 or above`)
}

function delivery(value: unknown): NotpTokenDelivery {
  if (value === 'body' || value === 'cookies') return value
  throw new TypeError('"notpTokenDelivery" must be body or cookies')
}

function domain(value: unknown, label: string): string {
  if (typeof value === 'string' && /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(value)) return value
  throw new TypeError(`${label} must be a domain in lower case, like example.com`)
}

function originList(values: readonly string[] | undefined, label: string) {
  if (values !== undefined && !Array.isArray(values))
    throw new TypeError(`${label} must be an array of origins`)
  return values?.map((value: unknown) => origin(value, label))
}

function origin(value: unknown, label: string): string {
  if (typeof value === 'string' && URL.canParse(value)) {
    const { protocol, origin } = new URL(value)
    if (protocol === 'http:' || protocol === 'https:') return origin
  }
  throw new TypeError(`${label} must hold an http or https address`)
}

/** What stands in front of every path of the tenant: nothing, or `/t/{tenantId}`. */
export const pathOf = ({ url }: EmulatorConfig) => new URL(url).pathname.replace(/\/$/, '')

/** How long client tokens, challenges, codes and nOTP links live, in milliseconds. */
export const lifetimeMs = ({ tokenDurationInMinutes }: EmulatorConfig) => tokenDurationInMinutes * 60_000
