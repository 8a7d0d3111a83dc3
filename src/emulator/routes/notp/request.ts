/**
 * Reading a request of nOTP: the project ID, the refresh token and the body.
 */

import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import * as v from 'valibot'
import { credentials } from '../../http/authorization.js'
import { createOperation, secured } from '../../http/operation.js'
import { note } from '../../http/recording.js'
import { parseInput, readBody } from '../../http/request.js'
import { asApiError } from '../../lib/errors.js'
import {
  invalidArgument,
  malformed,
  missingArgument,
  missingProject,
  missingToken,
  unknownProject,
} from '../../notp/errors.js'
import type { NotpSession } from '../../notp/sessions.js'
import type { Service } from '../../service.js'
import { REFRESH_COOKIE } from './response.js'

/** Requires the project ID, with or without tokens after it. */
export function project({ config }: Service): MiddlewareHandler {
  return secured(['project'], async (c, next) => {
    const [projectId] = bearerParts(c.req.raw)
    if (projectId === undefined) throw missingProject()
    if (projectId !== config.projectId) throw unknownProject()
    note(c.req.raw, { authorization: 'PROJECT_ID' })
    await next()
  })
}

/** The session of the refresh token in the request; throws when there is none. */
export async function callerSession({ config, notp }: Service, c: Context): Promise<NotpSession> {
  const [, fromBearer] = bearerParts(c.req.raw)
  const fromCookie = config.notpTokenDelivery === 'cookies' ? getCookie(c, REFRESH_COOKIE) : undefined
  const refreshJwt = fromBearer || fromCookie
  if (!refreshJwt) throw missingToken()
  const session = await notp.sessions.read(refreshJwt)
  note(c.req.raw, { authorization: 'TOKEN', userId: session.userId })
  return session
}

/** Like `operation`, with the errors of this API. */
export const notpOperation = createOperation(readNotpBody)

async function readNotpBody<Output>(
  request: Request,
  schema: v.GenericSchema<unknown, Output>,
): Promise<Output> {
  const body = await readBody(request, v.looseObject({})).catch(error => {
    const { status, description } = asApiError(error)
    throw malformed(description, status)
  })
  const result = parseInput(schema, body)
  if (result.success) return result.output
  // The first key is one of the schema; the keys below it can be from the request and are not repeated.
  const [{ path, received }] = result.issues
  const field = String(path?.[0]?.key ?? 'body')
  throw received === 'undefined' ? missingArgument(field) : invalidArgument(`"${field}" is not valid.`)
}

/** The parts of the bearer: project ID, refresh token, and a management key, which is not used here. */
function bearerParts(request: Request): readonly (string | undefined)[] {
  const bearer = credentials(request, 'Bearer')
  return bearer ? bearer.split(':') : []
}
