/**
 * What the providers with an HTTP API share: their settings, one request, and what a status means.
 */

import { encodeBase64 } from '../lib/base64.js'
import { type Exchange, exchange, type Fetch, retryAfterOf } from '../lib/exchange.js'
import type { DeliveryProblem, ProviderResult } from './types.js'

/** The environment of the process: settings by name. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface ProviderContext {
  readonly env: Environment
  readonly fetch: Fetch
  /** For the whole request, in real time. */
  readonly timeoutMs: number
}

/** The settings of a provider, by name. Throws a `TypeError` that names all that are missing. */
export function settingsOf<const Name extends string>(
  env: Environment,
  names: readonly Name[],
): Record<Name, string> {
  const missing = names.filter(name => !env[name])
  if (missing.length > 0) throw new TypeError(`${missing.join(', ')} must be set in the environment`)
  return Object.fromEntries(names.map(name => [name, env[name]])) as Record<Name, string>
}

/** A base URL from the environment, or the usual one; without a slash at the end. */
export function baseUrlOf(env: Environment, name: string, usual: string): string {
  const url = (env[name] || usual).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new TypeError(`${name} must be an http or https address`)
  return url
}

/** One of a few values from the environment; the first is the usual one. */
export function choiceOf<const Choice extends string>(
  env: Environment,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = env[name] || choices[0]
  const choice = choices.find(each => each === value)
  if (choice === undefined) throw new TypeError(`${name} must be ${choices.join(' or ')}`)
  return choice
}

export const basic = (user: string, password: string) =>
  `Basic ${encodeBase64(new TextEncoder().encode(`${user}:${password}`))}`

export interface ProviderRequest {
  readonly url: string
  readonly authorization: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; `URLSearchParams` as a form. */
  readonly body: object
}

/** What a provider has responded, with its JSON. */
export interface ProviderResponse {
  readonly status: number
  /** `undefined` when the body is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: each provider reads the fields that it documents
  readonly json: any
}

/** How a provider reads its responses. */
export interface Reading {
  /** The ID of the message in a response with a status from 200 to 299; without one the message was not taken. */
  idOf(response: ProviderResponse): unknown
  /** What is documented about a refusal; otherwise the status decides. */
  problemOf?(response: ProviderResponse): Refusal | undefined
}

export interface Refusal {
  readonly problem?: DeliveryProblem | undefined
  readonly code?: unknown
}

/** Sends one request, and never a second one: the first may have sent a message. */
export async function post(
  { fetch, timeoutMs }: ProviderContext,
  { url, authorization, headers, body }: ProviderRequest,
  { idOf, problemOf }: Reading,
): Promise<ProviderResult> {
  const isForm = body instanceof URLSearchParams
  const result = await exchange(
    fetch,
    url,
    {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        ...headers,
        Authorization: authorization,
      },
      body: isForm ? body.toString() : JSON.stringify(body),
    },
    timeoutMs,
  )
  if ('problem' in result) return { ok: false, problem: 'temporary' }
  const response = { status: result.status, json: parse(result.body) }
  const isTaken = result.status >= 200 && result.status < 300
  const id = isTaken ? idOf(response) : undefined
  if (id !== undefined && id !== null) return { ok: true, providerMessageId: plain(id) }
  return refusal(result, problemOf?.(response))
}

function refusal(
  { status, headers }: Extract<Exchange, { status: number }>,
  { problem = meaningOf(status), code }: Refusal = {},
): ProviderResult {
  return {
    ok: false,
    problem,
    providerCode: plain(code),
    httpStatus: status,
    retryAfter: status === 429 || problem === 'rate_limited' ? retryAfterOf(headers) : undefined,
  }
}

/** What HTTP says of a status. Whatever else a provider means by it is not known. */
function meaningOf(status: number): DeliveryProblem {
  if (status === 401) return 'unauthorized'
  if (status === 429) return 'rate_limited'
  if (status === 400) return 'bad_request'
  return status >= 500 ? 'temporary' : 'unknown'
}

/** A short code or ID. Texts are left out: most providers repeat the message in them. */
function plain(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[\w.:=+/-]{1,128}$/.test(text) ? text : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
