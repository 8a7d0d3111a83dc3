/**
 * Reading what a request brought: its body and query, checked by a schema before anything else happens.
 */

import * as v from 'valibot'
import { invalidRequest, tooLarge } from '../lib/errors.js'

const LARGEST_BODY = 64 * 1024

type Schema<Output> = v.GenericSchema<unknown, Output>

/** The JSON body; an empty one counts as `{}` (contract 1.3). */
export async function readBody<Output>(request: Request, schema: Schema<Output>): Promise<Output> {
  const text = decode(await readBytes(request))
  const body = text.trim() === '' ? {} : parse(text)
  // An array would pass for an object without keys.
  if (Array.isArray(body)) throw invalidRequest('The body is not a JSON object.')
  return check(schema, body)
}

/** The query parameters; of a repeated one the last counts. */
export const readQuery = <Output>(request: Request, schema: Schema<Output>): Output =>
  check(schema, Object.fromEntries(new URL(request.url).searchParams))

/** Checks one value, such as a path segment. */
export function check<Output>(schema: Schema<Output>, value: unknown): Output {
  const result = parseInput(schema, value)
  if (result.success) return result.output
  // The first key is always one the schema knows; further ones could have come with the request.
  const field = result.issues[0].path?.[0]?.key
  throw invalidRequest(
    typeof field === 'string' ? `"${field}" is missing or not valid.` : 'The request is not valid.',
  )
}

/**
 * Checks what a caller sent, as JSON that is the callee's own. A `null` that the schema does not take counts as
 * absent: some SDKs write it for each optional field that they were not given.
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

export const originOf = (request: Request) => new URL(request.url).origin

const LONGEST_USER_AGENT = 512

/** What the browser calls itself; nothing when that is longer than any browser's name. */
export function userAgentOf(request: Request): string | undefined {
  const name = request.headers.get('User-Agent') ?? undefined
  return name === undefined || name.length > LONGEST_USER_AGENT ? undefined : name
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('Content-Length')) > LARGEST_BODY) throw tooLarge()
  const bytes = await read(request).catch(() => {
    throw invalidRequest('The body could not be read.')
  })
  if (bytes.byteLength > LARGEST_BODY) throw tooLarge()
  return bytes
}

/** The bytes of the body, or a little more than are allowed. */
async function read(request: Request): Promise<Uint8Array> {
  // Not every browser lets the body of a request be read as a stream.
  if (!request.body) return new Uint8Array(await request.arrayBuffer())
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = request.body.getReader()
  const chunks = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    size += part.value.byteLength
    if (size > LARGEST_BODY) await reader.cancel()
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
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
