/**
 * The options of a client, and what they default to.
 *
 * A wrong option is a mistake in the calling program: it throws here, when the client is made, and
 * names the option.
 *
 * @module
 */
import { LONGEST_TIMER } from './lib/timing.js'

/** The regions, and what their host names begin with. */
const REGIONS = {
  us: '',
  au: 'au.',
  eu: 'eu.',
  ca: 'ca.',
} as const

/**
 * Options of every client.
 *
 * @example
 * const options: ClientOptions = { tenantId: 'acme', region: 'eu', timeout: 5000, onTokenExpired: track }
 */
export interface ClientOptions {
  /** Your tenant's ID, from the Authsignal portal. The emulator's is `demo-tenant`. */
  tenantId: string
  /**
   * Where the API is, with its version: `https://eu.api.authsignal.com/v1`, or the emulator's
   * `http://localhost:4010/v1`. Default: the API of `region`.
   */
  baseUrl?: string | undefined
  /** The region of your tenant, instead of `baseUrl`. Default `"us"`. */
  region?: keyof typeof REGIONS | undefined
  /**
   * How long one call may take in all, in milliseconds: response and body, and a retry with a
   * new token. Default `10_000`.
   */
  timeout?: number | undefined
  /** Used instead of the global `fetch`: in tests, or to run against an emulator in the same process. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /**
   * Called once for each token that turns out to be expired. When it returns a new token, or calls
   * `setToken` with one, the call that met the expired token is made once more with it.
   */
  onTokenExpired?: (() => unknown) | undefined
  /** Domain of the device cookie. Default: the page's host name without a leading `www.`. */
  cookieDomain?: string | undefined
  /** Name of the device cookie. Default `"__as_aid"`. */
  cookieName?: string | undefined
  /** Writes each failure to the console. Default `false`. */
  enableLogging?: boolean | undefined
}

/** @inline */
export type MaybePromise<T> = T | Promise<T>

/** The options with their defaults. */
export type Settings = Readonly<ClientOptions> & {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly timeout: number
  readonly cookieName: string
  readonly enableLogging: boolean
}

export function readOptions(options: ClientOptions): Settings {
  const { tenantId, baseUrl, region = 'us', cookieName = '__as_aid', enableLogging = false } = options ?? {}

  assert(matches(tenantId, /^[^\s\p{C}]+$/u), '"tenantId" must be a string without spaces')
  assert(matches(cookieName, /^\P{C}+$/u), '"cookieName" must be a string without control characters')
  assert(!baseUrl || !options.region, '"region" and "baseUrl" exclude each other')
  assert(Object.hasOwn(REGIONS, region), `"region" must be one of ${Object.keys(REGIONS)}`)
  for (const name of ['fetch', 'onTokenExpired'] as const) {
    const value = options[name]
    assert(value === undefined || typeof value === 'function', `"${name}" must be a function`)
  }

  return {
    ...options,
    baseUrl: parseBaseUrl(baseUrl ?? `https://${REGIONS[region]}api.authsignal.com/v1`, '"baseUrl"'),
    timeout: Math.min(milliseconds(options.timeout, '"timeout"', 10_000), LONGEST_TIMER),
    cookieName,
    enableLogging,
  }
}

/**
 * Refuses a mistake of the calling program. The `message` begins with the option in quotes.
 *
 * Every method that returns a promise rejects with the `TypeError`, and is `async` for that. What returns no
 * promise throws it: constructors, `createClient`, `setToken`, `notp(settings)`, and `launch` in redirect mode.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new TypeError(message)
}

export function assertText(value: unknown, label: string): asserts value is string {
  assert(typeof value === 'string', `${label} must be a string`)
}

/** Each field is an option that can be sent: not a circle, and no BigInt. */
export function assertJson(fields: object = {}): void {
  for (const [name, value] of Object.entries(fields)) {
    try {
      JSON.stringify(value)
    } catch {
      assert(false, `"${name}" must be valid as JSON`)
    }
  }
}

/** A time in milliseconds, positive and finite: any other would make a timer fire without a pause. */
export function milliseconds(value: number | undefined, label: string, fallback?: number): number {
  const time = value ?? fallback!
  assert(Number.isFinite(time) && time > 0, `${label} must be a positive number of milliseconds`)
  return time
}

/** Whether this is a string of that form. */
export function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

/** Whether this is a string that is not blank. */
export function isText(value: unknown): value is string {
  return matches(value, /\S/)
}

/** An address that paths are appended to: without a slash at the end. */
export function parseBaseUrl(value: string, label: string): string {
  const { href } = parseUrl(value, label)
  assert(!/[?#\s\p{C}]/u.test(value), `${label} must have no query, fragment or spaces`)
  return href.replace(/\/+$/, '')
}

/** The only addresses this client ever goes to: `http:` and `https:`, without credentials. */
export function parseUrl(value: string, label: string): URL {
  let url: URL | undefined
  try {
    url = new URL(value)
  } catch {}
  assert(
    url && /^https?:$/.test(url.protocol) && !url.username && !url.password,
    `${label} must be an http or https URL without credentials`,
  )
  return url
}
