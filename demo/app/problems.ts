/**
 * Turns a failure in a route into the JSON that the page shows.
 *
 * @module
 */
import { AuthsignalError } from '@authsignal/node'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Env, respond } from './context.js'
import { InputError } from './input.js'

export function respondWithProblem(error: unknown, c: Context<Env>): Response {
  if (error instanceof InputError) {
    return respond(c, { errorCode: 'invalid_request', message: error.message }, 400)
  }
  if (error instanceof AuthsignalError) {
    // A refusal is passed on with its status; a service that fails or cannot be reached is a bad gateway.
    if (error.statusCode < 400 || error.statusCode >= 500) {
      return respond(c, { errorCode: 'server_error' }, 502)
    }
    const { errorCode, statusCode } = error
    const retryAfter = Number(error.axiosError?.response?.headers['retry-after'])
    const problem = { errorCode, ...(retryAfter > 0 && { retryAfter }) }
    return respond(c, problem, statusCode as ContentfulStatusCode)
  }
  console.error(error)
  return respond(
    c,
    { errorCode: 'server_error', message: 'The demo’s backend failed; its terminal says why.' },
    500,
  )
}
