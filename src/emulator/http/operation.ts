/**
 * Operations: what a route takes and returns, declared once. The schemas check each request, give the handler its types,
 * and become the OpenAPI document. Tests check each response against them.
 */

import type { Handler, MiddlewareHandler } from 'hono'
import { findTargetHandler } from 'hono/utils/handler'
import type * as v from 'valibot'
import { MAX_BODY_BYTES, readBody, readQuery } from './request.js'

type Schema<Output> = v.GenericSchema<unknown, Output>

export interface Operation<Body = unknown, Query = unknown> {
  /** Unique. A generated client has a method of this name. */
  readonly id: string
  /** What the caller gets, in one line. */
  readonly summary: string
  /** The JSON body. */
  readonly body?: Schema<Body>
  /** What the OpenAPI document shows in place of `body`, where the body itself decides which schema checks it. */
  readonly documentedBody?: v.GenericSchema
  /** The largest body, in bytes. Default: 64 KiB. */
  readonly maxBodyBytes?: number
  readonly query?: Schema<Query>
  /** The JSON body of a response with status 200. */
  readonly response: v.GenericSchema
  /** The statuses of errors, besides 400 for a body or a query that is not valid and 401 without authorization. */
  readonly errors?: readonly number[]
}

/** How a caller of the API proves who it is. Each scheme is one of the OpenAPI document. */
export type SecurityScheme = 'apiSecretKey' | 'token' | 'tenant' | 'project'

interface OperationEnv<Body, Query> {
  Variables: { body: Body; query: Query }
}

const operations = new WeakMap<Function, Operation>()
const securitySchemes = new WeakMap<Function, readonly SecurityScheme[]>()

type Read = <Output>(request: Request, schema: Schema<Output>, maxBytes: number) => Promise<Output>

/** Reads the body and the query of an operation, as `c.var.body` and `c.var.query`. It follows the authorization. */
export const operation = createOperation(readBody)

/** @param read Reads the body; its errors are in the format of the API. */
export function createOperation(read: Read) {
  return <Body = undefined, Query = undefined>(
    declared: Operation<Body, Query>,
  ): MiddlewareHandler<OperationEnv<Body, Query>> => {
    const { body, query, maxBodyBytes = MAX_BODY_BYTES } = declared
    const middleware: MiddlewareHandler<OperationEnv<Body, Query>> = async (c, next) => {
      if (query !== undefined) c.set('query', readQuery(c.req.raw, query))
      if (body !== undefined) c.set('body', await read(c.req.raw, body, maxBodyBytes))
      await next()
    }
    operations.set(middleware, declared)
    return middleware
  }
}

/** Names the schemes that a middleware accepts. */
export function secured<Middleware extends Function>(
  schemes: readonly SecurityScheme[],
  middleware: Middleware,
): Middleware {
  securitySchemes.set(middleware, schemes)
  return middleware
}

/** The operation that a handler of a route declares. */
export const operationOf = (handler: Handler): Operation | undefined =>
  operations.get(findTargetHandler(handler))

/** The schemes that a handler of a route accepts; `undefined` when it is no authorization. */
export const securityOf = (handler: Handler): readonly SecurityScheme[] | undefined =>
  securitySchemes.get(findTargetHandler(handler))
