/**
 * The OpenAPI document: the operations that the routes declare, as JSON.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */

import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import type { Hono } from 'hono'
import type * as v from 'valibot'
import { version } from '../options.js'
import { type Operation, operationOf, type SecurityScheme, securityOf } from './operation.js'
import * as shapes from './shapes.js'

/** A JSON Schema, or another object of the document. */
type Json = Readonly<Record<string, unknown>>

export interface OpenApiDocument {
  readonly openapi: string
  readonly info: Json
  readonly servers: readonly Json[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** Operations by path and method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathOperation>>>>
  readonly components: Json
}

export interface PathOperation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly security: readonly Json[]
  readonly parameters?: readonly Json[]
  readonly requestBody?: Json
  readonly responses: Readonly<Record<string, Json>>
}

/** One route that declares an operation. */
interface OperationRoute {
  readonly method: string
  /** With parameters as OpenAPI writes them, `{userId}`. */
  readonly path: string
  readonly operation: Operation
  readonly security: readonly SecurityScheme[]
}

/** The first whose prefix a path has is its tag. */
const TAGS = [
  { name: 'Client API', prefix: /^\/v1\/client\//, description: 'What browsers and phones call.' },
  { name: 'nOTP', prefix: /^\/(v1\/auth|v2)\//, description: "Descope's login by WhatsApp." },
  {
    name: 'Emulator',
    prefix: /^\/emulator\//,
    description: 'Control routes, for tests and tools on this machine.',
  },
  { name: 'Server API', prefix: /^\/v1\//, description: 'What backends call.' },
] as const

const SECURITY_SCHEMES: Readonly<Record<SecurityScheme, Json>> = {
  apiSecretKey: {
    type: 'http',
    scheme: 'basic',
    description: 'The secret key as the user name, without a password.',
  },
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The token of a track call or of a completed challenge.',
  },
  tenant: {
    type: 'http',
    scheme: 'basic',
    description: 'The tenant ID as the user name, without a password.',
  },
  project: {
    type: 'http',
    scheme: 'bearer',
    description: 'The project ID; after a colon the refresh token, where a call needs one.',
  },
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'The request is not valid.',
  401: 'The authorization is missing or not valid.',
  403: 'The token does not permit it, or the caller is not on this machine.',
  404: 'Something that the request names does not exist.',
  413: 'The body is too large.',
  429: 'The rate limit was exceeded.',
  502: 'The provider did not deliver the message.',
}

const { ClientAuthenticator, ServerAuthenticator, UserDetails, UserSummary } = shapes
const { FailedVerification, ErrorResponse, NotpErrorResponse } = shapes

/** Schemas with a name of their own in the document. */
const NAMED = {
  ClientAuthenticator,
  ServerAuthenticator,
  UserDetails,
  UserSummary,
  FailedVerification,
  ErrorResponse,
  NotpErrorResponse,
}

const CONVERSION: ConversionConfig = {
  target: 'draft-2020-12',
  // What a request may be, before it is parsed. A response is not transformed.
  typeMode: 'input',
  // A rule that JSON Schema cannot express is left out.
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
}

export function openApiDocument(routes: Hono, url: string): OpenApiDocument {
  const paths: Record<string, Record<string, PathOperation>> = {}
  for (const route of operationRoutes(routes)) {
    paths[route.path] ??= {}
    paths[route.path]![route.method] = pathOperation(route)
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'authsignal-channels emulator',
      version,
      summary: 'The operations of the Authsignal and nOTP APIs that the emulator has, and its control routes',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    tags: TAGS.map(({ name, description }) => ({ name, description })),
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, schemas: toJsonSchemaDefs(NAMED, CONVERSION) },
  }
}

/** The routes that declare an operation, with the authorization before it. */
export function operationRoutes(routes: Hono): OperationRoute[] {
  const found: OperationRoute[] = []
  for (const { method, path, handler } of routes.routes) {
    const operation = operationOf(handler)
    if (operation === undefined) continue
    const security = routes.routes
      .filter(each => each.method === method && each.path === path)
      .flatMap(each => securityOf(each.handler) ?? [])
    found.push({
      method: method.toLowerCase(),
      path: path.replace(/:(\w+)/g, '{$1}'),
      operation,
      security,
    })
  }
  return found
}

function pathOperation({ path, operation, security }: OperationRoute): PathOperation {
  const { id, summary, body, documentedBody = body, query, response } = operation
  const parameters = [...pathParameters(path), ...queryParameters(query)]
  const tag = tagOf(path)
  const content = (schema: v.GenericSchema) => ({ 'application/json': { schema: convert(schema) } })
  const error = tag === 'nOTP' ? NotpErrorResponse : ErrorResponse
  return {
    operationId: id,
    summary,
    tags: [tag],
    // One of them is enough.
    security: security.map(scheme => ({ [scheme]: [] })),
    ...(parameters.length > 0 && { parameters }),
    ...(documentedBody !== undefined && { requestBody: { content: content(documentedBody) } }),
    responses: Object.fromEntries([
      ['200', { description: 'Success.', content: content(response) }],
      ...errorStatuses(operation, security).map(status => [
        String(status),
        { description: REASONS[status], content: content(error) },
      ]),
    ]),
  }
}

/** The statuses of the errors that an operation can respond with. */
export function errorStatuses(
  { body, query, errors = [] }: Operation,
  security: readonly SecurityScheme[],
): number[] {
  const statuses = new Set(errors)
  if (body !== undefined || query !== undefined) statuses.add(400)
  if (body !== undefined) statuses.add(413)
  if (security.length > 0) statuses.add(401)
  return [...statuses].sort((a, b) => a - b)
}

const tagOf = (path: string) => TAGS.find(({ prefix }) => prefix.test(path))!.name

const pathParameters = (path: string): Json[] =>
  Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

function queryParameters(query: v.GenericSchema | undefined): Json[] {
  if (query === undefined) return []
  const { properties = {}, required = [] } = convert(query) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function convert(schema: v.GenericSchema): Json {
  const { $schema: _, $defs: __, ...converted } = toJsonSchema(schema, { ...CONVERSION, definitions: NAMED })
  return converted
}
