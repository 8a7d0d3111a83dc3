/**
 * The context of each route of the demo's API, and the form of the responses.
 *
 * Every response contains the server SDK calls that were made for it, so that the page can log them.
 *
 * @module
 */
import type { Authsignal } from '@authsignal/node'
import type DescopeClient from '@descope/node-sdk'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { RecordedCall } from '../page/record-calls.js'

export type Descope = ReturnType<typeof DescopeClient>

export interface Env {
  readonly Variables: {
    /** The real server SDK. Its calls are recorded in `serverCalls`. */
    readonly authsignal: Authsignal
    /** The same for nOTP; absent without a project. */
    readonly descope: Descope | undefined
    /** By the call's ID. */
    readonly serverCalls: Map<string, RecordedCall>
  }
}

export function respond(c: Context<Env>, result: object, status: ContentfulStatusCode = 200): Response {
  c.header('cache-control', 'no-store')
  return c.json({ ...result, serverCalls: [...c.get('serverCalls').values()] }, status)
}
