/**
 * The options of a client, and what they default to.
 *
 * A wrong option is a mistake in the calling program: it throws here, when the client is made, and
 * names the option.
 *
 * @module
 */
import { LONGEST_TIMER } from './lib/timing.js'

const REGIONS = {
  us: 'https://api.authsignal.com/v1',
  au: 'https://au.api.authsignal.com/v1',
  eu: 'https://eu.api.authsignal.com/v1',
  ca: 'https://ca.api.authsignal.com/v1',
} as const

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
   * How long one call may take in all, in milliseconds: waiting, answer and body, and a retry with a
   * fresh token. Default `10_000`.
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

export interface Settings {
  readonly tenantId: string
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly timeout: number
  readonly fetch: ((request: Request) => Promise<Response>) | undefined
  readonly onTokenExpired: (() => unknown) | undefined
  readonly cookieDomain: string | undefined
  readonly cookieName: string
  readonly enableLogging: boolean
}

export function readOptions(options: ClientOptions): Settings {
  const { tenantId, baseUrl, region = 'us', cookieName = '__as_aid', enableLogging = false } = options ?? {}

  assertPlain(tenantId, '"tenantId"')
  assert(
    isText(cookieName) && !/\p{C}/u.test(cookieName),
    '"cookieName" must be a string that is not empty, without control characters',
  )
  assert(baseUrl === undefined || options.region === undefined, '"region" and "baseUrl" exclude each other')
  assert(Object.hasOwn(REGIONS, region), `"region" must be one of ${Object.keys(REGIONS).join(', ')}`)

  assertFunction(options.fetch, '"fetch"')
  assertFunction(options.onTokenExpired, '"onTokenExpired"')

  return {
    fetch: options.fetch,
    onTokenExpired: options.onTokenExpired,
    cookieDomain: options.cookieDomain,
    tenantId,
    baseUrl: parseBaseUrl(baseUrl ?? REGIONS[region], '"baseUrl"'),
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

/** An identifier: copying one often adds white space, or a character that is not seen. */
function assertPlain(value: unknown, label: string): void {
  assert(
    typeof value === 'string' && /^[^\s\p{C}]+$/u.test(value),
    `${label} must be a string that is not empty, without spaces`,
  )
}

/** Each field is an option that can be sent: not a circle, and no BigInt. */
export function assertJson(fields: object = {}): void {
  for (const [name, value] of Object.entries(fields)) {
    try {
      JSON.stringify(value)
    } catch {
      assert(false, `"${name}" must be something that JSON can hold`)
    }
  }
}

function assertFunction(value: unknown, label: string): void {
  assert(value === undefined || typeof value === 'function', `${label} must be a function`)
}

/** A time in milliseconds, positive and finite: any other would make a timer fire without a pause. */
export function milliseconds(value: number | undefined, label: string, fallback?: number): number {
  const time = value ?? fallback
  assert(
    typeof time === 'number' && time > 0 && time < Infinity,
    `${label} must be a positive, finite number of milliseconds`,
  )
  return time
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
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
    `${label} must be an http or https URL, without user name and password`,
  )
  return url
}
