/**
 * Reading the body and the query of a request, checked by a schema.
 */

import * as v from 'valibot'
import { invalidRequest, tooLarge } from '../lib/errors.js'
import { type EmulatorConfig, pathOf } from '../options.js'
import { noteRequestBody } from './recording.js'

/** The largest body of most requests and the largest message of a WebSocket, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024

type Schema<Output> = v.GenericSchema<unknown, Output>

/** The JSON body. An empty one counts as `{}`. */
export async function readBody<Output>(
  request: Request,
  schema: Schema<Output>,
  maxBytes = MAX_BODY_BYTES,
): Promise<Output> {
  const text = decode(await readBytes(request, maxBytes))
  noteRequestBody(request, text)
  const body = text.trim() === '' ? {} : parse(text)
  // The schema would take an array for an object without keys.
  if (Array.isArray(body)) throw invalidRequest('The body is not a JSON object.')
  return check(schema, body)
}

/** The query parameters. The last of repeated ones counts. */
export const readQuery = <Output>(request: Request, schema: Schema<Output>): Output =>
  check(schema, Object.fromEntries(new URL(request.url).searchParams))

/** Checks one value, such as a path segment. */
export function check<Output>(schema: Schema<Output>, value: unknown): Output {
  const result = parseInput(schema, value)
  if (result.success) return result.output
  // The first key is one of the schema; the keys below it can be from the request and are not repeated.
  const field = result.issues[0].path?.[0]?.key
  throw invalidRequest(
    typeof field === 'string' ? `"${field}" is missing or not valid.` : 'The request is not valid.',
  )
}

/**
 * Checks the JSON of a caller, which this function may change. A `null` that the schema does not accept counts as
 * absent: some SDKs send it for every optional field without a value.
 */
export function parseInput<Output>(
  schema: Schema<Output>,
  value: unknown,
): v.SafeParseResult<Schema<Output>> {
  const result = v.safeParse(schema, value)
  const nulls = (result.issues ?? []).flatMap(({ input, path }) => {
    const field = path?.at(-1)
    return input === null && field?.type === 'object' ? [field] : []
  })
  for (const { input, key } of nulls) delete input[key]
  return nulls.length === 0 ? result : parseInput(schema, value)
}

let latestOrigin = ''

/** The origin of the address. Equal ones are one string: thousands of records hold it. */
export function originOf(request: Request): string {
  const { origin } = new URL(request.url)
  if (origin !== latestOrigin) latestOrigin = origin
  return latestOrigin
}

/** The address of the tenant, as the caller of this request reaches it. */
export const addressOf = (request: Request, config: EmulatorConfig) => originOf(request) + pathOf(config)

const LONGEST_USER_AGENT = 512

/** The User-Agent of the request; `undefined` when it is longer than that of any browser. */
export function userAgentOf(request: Request): string | undefined {
  const name = request.headers.get('User-Agent') ?? undefined
  return name === undefined || name.length > LONGEST_USER_AGENT ? undefined : name
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('Content-Length')) > maxBytes) throw tooLarge(maxBytes)
  const bytes = await read(request, maxBytes).catch(() => {
    throw invalidRequest('The body could not be read.')
  })
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

/** The bytes of the body. Reading stops when it is too large. */
async function read(request: Request, maxBytes: number): Promise<Uint8Array> {
  // A body of known length needs no stream. With the DOM of happy-dom or jsdom, the adapter of Node can make none.
  // Firefox has no `Request.body`: https://bugzilla.mozilla.org/show_bug.cgi?id=1387483
  if (request.headers.has('Content-Length') || !request.body)
    return new Uint8Array(await request.arrayBuffer())
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = request.body.getReader()
  const chunks = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    size += part.value.byteLength
    if (size > maxBytes) await reader.cancel()
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw invalidRequest('The body is not UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidRequest('The body is not valid JSON.')
  }
}
